// The guard's messages as a list that leads to the fields and lines.

import { base } from "../api.js";
import { button, element, messageText } from "./dom.js";

/** Fills `holder` (details) with the messages; `go(message)` leads to where one belongs. */
export function messageList(holder, go) {
  const title = element("summary");
  const list = element("ul");
  holder.replaceChildren(title, list);
  let shown = "";
  show([], 0);
  return { show };

  function show(messages, elsewhere) {
    const key = JSON.stringify([messages, elsewhere]);
    if (key === shown) return;
    shown = key;
    const own = messages.filter((message) => !message.file);
    const others = messages.length - own.length;
    title.textContent = summary(own, elsewhere);
    holder.classList.toggle("has-stop", own.some(({ severity }) => severity === "stop"));
    holder.classList.toggle("is-fine", !own.length && !elsewhere);
    list.replaceChildren(...messages.map((message) => messageItem(message, go)));
    if (elsewhere > others) {
      list.append(element("li", { text: `${elsewhere - others} more in other files.` }));
    }
    if (!messages.length) {
      holder.open = false;
      list.append(element("li", { text: "The checks of this post found nothing." }));
    }
  }
}

/** A message as an item of a list; `go(message)` leads to where one of this post belongs. */
export function messageItem(message, go) {
  const row = element("li", { class: message.severity });
  if (message.file) row.append(fileOf(message), ": ");
  row.append(element("span", {}, ...messageText(message)));
  const place = message.file ? "" : placeOf(message);
  if (place) row.append(button(place, () => go(message), { class: "quiet" }));
  return row;
}

function fileOf(message) {
  return message.to
    ? element("a", { href: base + message.to, text: message.where })
    : element("span", { text: message.file });
}

function placeOf(message) {
  if (message.field) return `Go to “${message.label ?? message.field}”`;
  return message.line ? "Show it in the text" : "";
}

function summary(messages, elsewhere) {
  const stops = messages.filter(({ severity }) => severity === "stop").length;
  const warnings = messages.length - stops;
  const parts = [];
  if (stops) parts.push(`${stops} to fix`);
  if (warnings) parts.push(`${warnings} to think about`);
  if (elsewhere) parts.push(`${elsewhere} in other files`);
  return parts.join(", ") || "Nothing to fix";
}
