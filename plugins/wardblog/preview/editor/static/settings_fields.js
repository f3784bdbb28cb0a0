// One field of a setting: its label, help, control and messages.

import { element, sayError } from "./api.js";

let count = 0;

/** The parts of a date that a date field can show. */
const isDay = (value) => /^\d{4}-\d\d-\d\d$/.test(value);

function options(pairs, value) {
  const known = pairs.some(([choice]) => choice === value);
  const all = known || !value ? pairs : [...pairs, [value, `${value} (as written)`]];
  return all.map(([choice, words]) =>
    element("option", { value: choice, selected: choice === value }, words),
  );
}

function control(key, value, id) {
  const common = { id, "aria-describedby": `${id}-help ${id}-wrong` };
  const required = key.required ? { "aria-required": "true" } : {};
  const input = (type, more = {}) =>
    element("input", { type, value, autocomplete: "off", ...common, ...required, ...more });
  switch (key.kind) {
    case "long-words": {
      const area = element("textarea", { rows: 2, ...common, ...required });
      area.value = value;
      return area;
    }
    case "list":
    case "days": {
      const area = element("textarea", { rows: Math.max(2, value.length + 1), ...common });
      area.value = value.join("\n");
      return area;
    }
    case "address":
      return input("url", { spellcheck: "false" });
    case "email":
      return input("email", { spellcheck: "false" });
    case "phone":
      return input("tel", { spellcheck: "false" });
    case "number":
      return input("text", { inputmode: "numeric", class: "short" });
    case "day":
      return isDay(value) || !value ? input("date") : input("text", { class: "short" });
    case "yes-no":
      return element(
        "select",
        common,
        ...options([["", "not chosen"], ["yes", "yes"], ["no", "no"]], value),
      );
    case "choice": {
      const pairs = key.usual || key.choices.some(([choice]) => !choice)
        ? key.choices
        : [["", "Choose one"], ...key.choices];
      return element("select", { ...common, ...required }, ...options(pairs, value || key.usual));
    }
    case "issue":
    case "file":
    case "picture": {
      const none = key.kind === "issue" ? "Choose an issue" : "none";
      const pairs = [["", none], ...key.options.map((name) => [name, name])];
      return element("select", { ...common, ...required }, ...options(pairs, value));
    }
    default:
      return input("text");
  }
}

/**
 * A box of colours beside the field for its number, since few people write colours as numbers.
 * While the field is empty, it shows the colour that the entry of this number gets by itself.
 */
function withColours(field, { label, colours }) {
  let own = colours[0] ?? "#000000";
  const picker = element("input", {
    type: "color",
    class: "colours",
    "aria-label": `${label}: choose`,
  });
  const take = () => {
    const isWritten = /^#[0-9a-f]{6}$/i.test(field.value);
    if (isWritten || !field.value) picker.value = field.value || own;
    note.textContent = field.value || !colours.length ? "" : `If you choose none, it gets ${own}.`;
  };
  const note = element("span", { class: "note" });
  take();
  field.classList.add("short");
  field.addEventListener("input", take);
  picker.addEventListener("input", () => {
    field.value = picker.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const counted = (number) => {
    own = colours[number % colours.length] ?? own;
    take();
  };
  return { row: element("div", { class: "row" }, field, picker, note), counted };
}

/** The chosen picture, small, and a button that opens the dialog of pictures. */
function withPicture(select, label) {
  const small = element("img", { class: "chosen", alt: "", hidden: true });
  const look = async () => {
    const path = select.value;
    try {
      const address = path ? await (await import("./pictures.js")).smallOf(path) : "";
      if (path !== select.value) return;
      small.hidden = !address;
      if (address) small.src = address;
    } catch {
      small.hidden = true;
    }
  };
  const choose = async () => {
    try {
      const { choosePicture } = await import("./pictures.js");
      const current = select.value ? { path: select.value, description: "" } : null;
      const chosen = await choosePicture({ file: null, current });
      if (!chosen) return;
      if (![...select.options].some((one) => one.value === chosen.path))
        select.append(element("option", { value: chosen.path }, chosen.path));
      select.value = chosen.path;
      select.dispatchEvent(new Event("input", { bubbles: true }));
    } catch (error) {
      sayError(error);
    }
  };
  select.addEventListener("input", look);
  look();
  const about = element("span", { class: "hidden-visually" }, ` for ${label}`);
  return element(
    "div",
    { class: "row pictured" },
    small,
    element("button", { type: "button", onclick: choose }, "Choose a picture", about),
    select,
  );
}

/**
 * A field; `value()` is what it holds, `said(messages)` shows what is wrong with it, and
 * `counted(number)`, if it has that, says the number of its entry, from 0.
 */
export function makeField(key, value) {
  const id = `field-${++count}`;
  const box = control(key, value, id);
  const wrong = element("div", { id: `${id}-wrong`, class: "wrongs" });
  const isList = key.kind === "list" || key.kind === "days";
  const isTyped = !["day", "choice", "yes-no", "issue", "file", "picture"].includes(key.kind);
  const example = isTyped && key.example ? `Example: ${key.example}` : "";
  const about = [key.help, example].filter(Boolean).join(" ");
  const name = element("label", { for: id }, key.label);
  if (key.required) name.append(element("span", { class: "needed" }, " (required)"));
  if (key.older) name.append(element("span", { class: "needed" }, " (an older place for it)"));
  const coloured = key.kind === "colour" ? withColours(box, key) : null;
  const shown = key.kind === "picture" ? withPicture(box, key.label) : coloured?.row ?? box;
  const node = element(
    "div",
    { class: "field" },
    name,
    element("span", { class: "help", id: `${id}-help`, hidden: !about }, about),
    shown,
    wrong,
  );
  // Browsers leave out spaces and line ends: what nobody touched stays as it was.
  const untouched = box.value;
  const typed = () =>
    isList ? box.value.split("\n").map((x) => x.trim()).filter(Boolean) : box.value;
  return {
    key,
    node,
    box,
    counted: coloured?.counted,
    value: () => (box.value === untouched ? value : typed()),
    said(messages) {
      wrong.replaceChildren(
        ...messages.map((one) =>
          element(
            "p",
            { class: one.severity === "stop" ? "wrong" : "doubt" },
            one.message,
            one.hint ? element("span", { class: "hint" }, one.hint) : null,
          ),
        ),
      );
      if (messages.some((one) => one.severity === "stop")) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
    },
  };
}
