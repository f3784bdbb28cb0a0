// One field of a setting: its label, help, control and messages.

import { element } from "./api.js";

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

/** A box of colours beside the field for its number, since few people write colours as numbers. */
function withColours(field, label) {
  const picker = element("input", {
    type: "color",
    class: "colours",
    "aria-label": `${label}: choose`,
  });
  const take = () => {
    if (/^#[0-9a-f]{6}$/i.test(field.value)) picker.value = field.value;
  };
  take();
  field.classList.add("short");
  field.addEventListener("input", take);
  picker.addEventListener("input", () => {
    field.value = picker.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return element("div", { class: "row" }, field, picker);
}

/** A field; `value()` is what it holds, `said(messages)` shows what is wrong with it. */
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
  const node = element(
    "div",
    { class: "field" },
    name,
    element("span", { class: "help", id: `${id}-help`, hidden: !about }, about),
    key.kind === "colour" ? withColours(box, key.label) : box,
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
