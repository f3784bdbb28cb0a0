// Small helps for making the page of a post.

import { base, element } from "../api.js";

export { element };

let count = 0;

/** An id that no other element of the page has. */
export function freshId(prefix = "part") {
  count += 1;
  return `${prefix}-${count}`;
}

export function button(text, onclick, properties = {}) {
  return element("button", { type: "button", text, onclick, ...properties });
}

/** What a message says is wrong, as a sentence. */
export function sentence({ message }) {
  const first = message.slice(0, 1).toUpperCase() + message.slice(1);
  return /[.!?…]["”)]?$/.test(first) ? first : `${first}.`;
}

/** A message of the guard in words: what is wrong, and what to do; with a button to answer it. */
export function messageText(message) {
  return [
    element("strong", { text: sentence(message) }),
    message.hint ? ` ${message.hint} ` : null,
    ...(message.links ?? []).flatMap(([path, name]) => [
      element("a", { href: base + path, target: "_blank", text: name }), " ",
    ]),
    message.can_answer
      ? button(RIGHT, (event) => answer(event.target, message), { class: "quiet right" })
      : null,
  ];
}

/** Where the words that a message quotes begin and end in a line, if it has them. */
export function wordsIn(line, message) {
  for (const [, quoted] of message.matchAll(/"([^"]+)"/g)) {
    const at = line.indexOf(quoted);
    if (at >= 0) return [at, at + quoted.length];
  }
  return null;
}

/** What the button beside a message of a check says that may be wrong. */
export const RIGHT = "This is right as it is";

/** Says to the page that somebody wants to answer a check. */
export function answer(from, message) {
  from.dispatchEvent(new CustomEvent("answer-check", {
    detail: message, bubbles: true, composed: true,
  }));
}
