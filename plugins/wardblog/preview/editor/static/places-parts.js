// The parts of the dialog for places, and how they are laid out.

import { element } from "./api.js";

const CHOICES = [
  ["exact", "Exactly here"],
  ["street", "This street (about 100 m)"],
  ["area", "This part of the ward (about 500 m)"],
];
const ARROWS = [
  ["ArrowLeft", "Move the pin left", "←"],
  ["ArrowUp", "Move the pin up", "↑"],
  ["ArrowDown", "Move the pin down", "↓"],
  ["ArrowRight", "Move the pin right", "→"],
];

/** The parts of the dialog, by name. */
export function parts() {
  const made = {};
  made.status = element("p", { class: "place-status", role: "status" });
  made.map = element("div", {
    id: "place-map", class: "map-live", role: "group",
    "aria-label": "Map. Arrow keys move it, Enter puts the pin in its middle.",
  });
  made.cross = element("span", { class: "place-cross", "aria-hidden": "true" });
  made.frame = element("div", { class: "map-frame" }, made.map, made.cross);
  made.figure = element("figure", { class: "place-figure" }, made.frame);
  made.middle = element("button", { type: "button" }, "Put the pin in the middle");
  made.arrows = ARROWS.map(([key, label, sign]) => {
    const button = element("button", { type: "button", "aria-label": label, title: label }, sign);
    button.dataset.key = key;
    return button;
  });
  made.credit = element("p", { class: "note place-credit" });
  made.name = element("input", { type: "text", id: "place-name", maxlength: 200,
    autocomplete: "off", "aria-describedby": "place-name-help" });
  made.radios = CHOICES.map(([value]) => element("input", {
    type: "radio", name: "place-precision", value, id: `place-${value}`,
  }));
  made.choices = element("fieldset", { class: "place-choices" },
    element("legend", {}, "How closely do residents see it?"),
    ...CHOICES.map(([, words], number) =>
      element("label", { class: "check" }, made.radios[number], words)));
  made.words = element("p", { class: "place-words" });
  made.messages = element("div", { class: "place-messages", role: "status" });
  made.figures = element("span", { class: "place-figures" });
  made.copy = element("button", { type: "button", class: "place-copy" }, "Copy");
  made.where = element("p", { class: "note place-where", hidden: true },
    made.figures, " ", made.copy);
  made.use = element("button", { type: "button", class: "main" }, "Use this place");
  made.cancel = element("button", { type: "button" }, "Cancel");
  return made;
}

/** The dialog, with the field that finds places and the other parts. */
export function layout(search, made) {
  const title = element("h2", { id: "place-title" }, "Where is it?");
  const help = "Click or tap the map, or drag the pin. The cross is the middle of the map.";
  const left = element("div", { class: "place-left" }, made.figure,
    element("p", { class: "note" }, help),
    element("div", { class: "place-moves", role: "group", "aria-label": "Pin" },
      made.middle, ...made.arrows),
    made.credit);
  const right = element("div", { class: "place-right" },
    element("label", { for: "place-name" }, "Name of the place"),
    element("span", { class: "help", id: "place-name-help" },
      "As residents know it: a street, or “The dip in the road”."),
    made.name, made.choices, made.words, made.messages, made.where);
  return element("dialog", { class: "place-dialog", "aria-labelledby": "place-title" },
    title, search.part, made.status,
    element("div", { class: "place-parts" }, left, right),
    element("div", { class: "actions place-actions" }, made.use, made.cancel));
}
