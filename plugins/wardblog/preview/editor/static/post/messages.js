// The guard's messages as a list that leads to the fields and lines.

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
    title.textContent = summary(messages, elsewhere);
    holder.classList.toggle("has-stop", messages.some(({ severity }) => severity === "stop"));
    holder.classList.toggle("is-fine", !messages.length && !elsewhere);
    list.replaceChildren(...messages.map(item));
    if (elsewhere) list.append(element("li", {}, elsewhereText(elsewhere)));
    if (!messages.length && !elsewhere) {
      list.append(element("li", { text: "The checks of this post found nothing." }));
    }
  }

  function item(message) {
    const words = element("span", {}, ...messageText(message));
    const row = element("li", { class: message.severity }, words);
    const place = placeOf(message);
    if (place) row.append(button(`Go to ${place}`, () => go(message), { class: "quiet" }));
    else if (message.file) row.append(` (${message.file})`);
    return row;
  }
}

function placeOf(message) {
  if (message.field) return `“${message.field}”`;
  return message.line ? `line ${message.line}` : "";
}

function summary(messages, elsewhere) {
  const stops = messages.filter(({ severity }) => severity === "stop").length;
  const warnings = messages.length - stops;
  const parts = [];
  if (stops) parts.push(`${stops} to put right`);
  if (warnings) parts.push(`${warnings} to think about`);
  if (elsewhere) parts.push(`${elsewhere} in other files`);
  return parts.join(", ") || "Nothing to put right";
}

function elsewhereText(count) {
  return count === 1
    ? "One message is about another file. The list of posts shows it."
    : `${count} messages are about other files. The list of posts shows them.`;
}
