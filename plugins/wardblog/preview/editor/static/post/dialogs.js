// Small questions: the words and the address of a link, and whether to go on.

import { button, element, freshId } from "./dom.js";

/** Resolves to {words, address}, or to null if the person changed their mind. */
export function askForLink(words) {
  return new Promise((resolve) => {
    const title = element("h2", { id: freshId(), text: "Link" });
    const label = field("Words that are shown", words, "text");
    const address = field(
      "Address", "", "url",
      "Copy it from the address bar of your browser. For a post of yours, its file: "
        + "2026-11-08-winter-list.md",
    );
    const insert = element("button", { class: "main", text: "Put it into the text" });
    const dialog = element(
      "dialog",
      { "aria-labelledby": title.id },
      element(
        "form",
        { method: "dialog", novalidate: true },
        title,
        label.element,
        address.element,
        element("div", { class: "actions" }, insert, button("Cancel", () => dialog.close())),
      ),
    );
    let answer = null;
    dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      const given = address.input.value.trim();
      if (!given) return address.input.focus();
      answer = { words: label.input.value.trim() || given, address: withScheme(given) };
      return dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    (words ? address : label).input.focus();
  });
}

/** Resolves to whether the person wants what the button `yes` says. */
export function confirmed(title, words, yes) {
  return new Promise((resolve) => {
    const heading = element("h2", { id: freshId(), text: title });
    let answer = false;
    const dialog = element(
      "dialog",
      { "aria-labelledby": heading.id },
      heading,
      element("p", { text: words }),
      element(
        "div",
        { class: "actions" },
        button("Cancel", () => dialog.close()),
        button(yes, () => {
          answer = true;
          dialog.close();
        }, { class: "main" }),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function field(name, value, mode, help) {
  const input = element("input", {
    type: "text", id: freshId(), autocomplete: "off", inputmode: mode,
  });
  const hint = help ? element("p", { class: "help", id: freshId(), text: help }) : null;
  if (hint) input.setAttribute("aria-describedby", hint.id);
  input.value = value;
  const label = element("label", { for: input.id, text: name });
  return { input, element: element("div", {}, label, hint, input) };
}

/** An address that is typed without https:// is that of a website all the same. */
function withScheme(address) {
  return /^(www\.|[a-z0-9-]+(\.[a-z0-9-]+)*\.(uk|org|com|net|gov|wales|scot)(\/|$))/i.test(address)
    ? `https://${address}`
    : address;
}
