// A value with bars between its parts: taken apart, put together, and asked for part by part.

import { button, element, freshId } from "./dom.js";

const DAY = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?$/;
const OCCASION = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d)(?: - (\d\d:\d\d))?)?$/;
const ADDRESS = /^https?:\/\//i;

/** The value that these parts make; it is "" if all are empty. */
export function join(parts, texts) {
  const pieces = texts.filter((text, i) => text || !parts[i].optional);
  while (pieces.length && !pieces.at(-1)) pieces.pop();
  return pieces.join(" | ");
}

/** The texts of the parts of a value, or null if putting them together would change it. */
export function split(parts, value) {
  if (parts.length < 2) return [value];
  const pieces = value.split("|").map((piece) => piece.trim());
  const texts = parts.map(() => "");
  const fixed = parts.filter((part) => !part.optional).length;
  const rest = [];
  pieces.forEach((piece, i) => {
    if (i < fixed) texts[i] = piece;
    else rest.push(piece);
  });
  const open = parts.map((_, i) => i).filter((i) => i >= fixed);
  for (const piece of rest) {
    const known = open.findIndex((i) => isOfForm(parts[i], piece));
    const plain = open.findIndex((i) => !hasForm(parts[i]));
    const next = known >= 0 ? known : plain;
    if (next < 0) return null;
    texts[open[next]] = piece;
    open.splice(next, 1);
  }
  return join(parts, texts) === value ? texts : null;
}

const hasForm = (part) => part.kind === "choice" || part.kind === "address";

function isOfForm(part, piece) {
  if (part.kind === "address") return ADDRESS.test(piece);
  return part.kind === "choice" && part.choices.some(([written]) => written === piece);
}

/**
 * What asks for one part: {element, inputs, text(), set(text)}. `label` is its name for people;
 * `tools` are functions that choose a picture or a place.
 */
export function partControl(part, text, { label, changed, isOnly, tools }) {
  const kinds = { choice, day, moment, occasion, place, picture };
  const make = kinds[part.kind] ?? words;
  return make(part, text, { label, changed, isOnly, tools });
}

function labelled(label, input, help, ...further) {
  input.id ||= freshId();
  const hint = help ? element("p", { class: "help", id: freshId("hint"), text: help }) : null;
  if (hint) input.setAttribute("aria-describedby", hint.id);
  return element(
    "div",
    { class: "part" },
    element("label", { for: input.id, text: label }),
    hint,
    further.length ? element("div", { class: "row" }, input, ...further) : input,
  );
}

function words(part, text, { label, changed, isOnly }) {
  const isLong = part.isLong ?? false;
  const input = element(isLong ? "textarea" : "input", {
    rows: isLong ? 2 : null,
    type: isLong ? null : "text",
    inputmode: part.kind === "address" ? "url" : null,
    autocomplete: "off",
    spellcheck: part.kind === "address" ? "false" : "true",
  });
  input.value = text;
  input.addEventListener("input", () => {
    const plain = isOnly ? input.value : input.value.replace(/[|¦]/g, "/");
    replaceValue(input, plain.replace(/[\r\n]+/g, " "));
    changed();
  });
  if (isLong) noLineBreaks(input);
  return {
    element: labelled(label, input, part.help),
    inputs: [input],
    text: () => input.value.trim(),
    set: (value) => { input.value = value; },
  };
}

/** Puts another text into a field; the cursor stays where it is. */
function replaceValue(input, value) {
  if (value === input.value) return;
  const at = input.selectionStart;
  input.value = value;
  input.setSelectionRange(at, at);
}

function noLineBreaks(input) {
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  });
}

function choice(part, text, { label, changed }) {
  const options = [["", part.none ?? "Nothing"], ...part.choices];
  if (!options.some(([written]) => written === text)) options.push([text, text]);
  const select = element("select");
  for (const [value, name] of options) select.append(element("option", { value, text: name }));
  select.value = text;
  select.addEventListener("change", changed);
  return {
    element: labelled(label, select, part.help),
    inputs: [select],
    text: () => select.value,
    set: (value) => {
      if (![...select.options].some((option) => option.value === value)) {
        select.append(element("option", { value, text: value }));
      }
      select.value = value;
    },
  };
}

/** A native field for dates and times; half a date that is being typed counts as the last whole. */
function native(type, label, value, changed) {
  const input = element("input", { type, "aria-label": label });
  input.value = value;
  let last = value;
  input.addEventListener("input", changed);
  return {
    input,
    // A day such as 30 February, or half a day.
    isBad: () => input.validity.badInput,
    text: () => {
      if (!input.validity.badInput) last = input.value;
      return last;
    },
  };
}

function day(part, text, options) {
  if (text && !DAY.test(text)) return words({ ...part, kind: "words" }, text, options);
  const date = native("date", null, text, options.changed);
  return {
    element: labelled(options.label, date.input, part.help),
    inputs: [date.input],
    isBad: date.isBad,
    text: date.text,
    set: (value) => { date.input.value = value; },
  };
}

function moment(part, text, options) {
  const found = MOMENT.exec(text);
  if (text && !found) return words({ ...part, kind: "words" }, text, options);
  const date = native("date", null, found?.[1] ?? "", options.changed);
  const time = native("time", `${options.label}: time, if you like`, found?.[2] ?? "", options.changed);
  time.input.id = freshId();
  return {
    element: labelled(
      options.label, date.input, part.help,
      element("span", { class: "row" },
        element("label", { for: time.input.id, class: "at", text: "at" }), time.input),
    ),
    inputs: [date.input, time.input],
    isBad: () => date.isBad() || time.isBad(),
    text: () => (date.text() ? `${date.text()} ${time.text()}`.trim() : ""),
    set: (value) => {
      const [, newDay, newTime] = MOMENT.exec(value) ?? [];
      date.input.value = newDay ?? "";
      time.input.value = newTime ?? "";
    },
  };
}

function occasion(part, text, options) {
  const found = OCCASION.exec(text);
  const holder = element("div", { class: "occasion" });
  let control = text && !found ? inWords(text) : inFields(found ?? []);
  holder.append(control.element);
  return {
    element: holder,
    get inputs() { return control.inputs; },
    isBad: () => control.isBad?.() ?? false,
    text: () => control.text(),
    set: (value) => control.set(value),
  };

  function inWords(value) {
    return words({ ...part, kind: "words" }, value, options);
  }

  function inFields([, date = "", from = "", until = ""]) {
    const begin = native("date", null, date, options.changed);
    const start = native("time", null, from, options.changed);
    const end = native("time", null, until, options.changed);
    const repeat = button("It repeats: write when in words", () => {
      control = inWords(control.text());
      holder.replaceChildren(control.element);
      control.inputs[0].focus();
    }, { class: "quiet" });
    return {
      element: element(
        "div",
        {},
        element(
          "div",
          { class: "row when" },
          labelled("Day", begin.input, ""),
          labelled("From", start.input, ""),
          labelled("Until", end.input, ""),
        ),
        repeat,
      ),
      inputs: [begin.input, start.input, end.input],
      isBad: () => [begin, start, end].some((one) => one.isBad()),
      text: () => {
        if (!begin.text()) return "";
        const times = [start.text(), start.text() && end.text()].filter(Boolean).join(" - ");
        return `${begin.text()} ${times}`.trim();
      },
      set: () => {},
    };
  }
}

function place(part, text, options) {
  const control = words({ ...part, kind: "words" }, text, options);
  const choose = button("Choose on the map", () => options.tools.choosePlace?.(), { class: "quiet" });
  control.element.append(choose);
  return control;
}

function picture(part, text, options) {
  const control = words({ ...part, kind: "words" }, text, options);
  const small = element("img", { alt: "", class: "small", hidden: true });
  control.inputs[0].setAttribute("spellcheck", "false");
  control.inputs[0].addEventListener("change", () => showSmall(small, control.text()));
  const choose = button("Choose a picture", () => options.tools.choosePicture?.(), {
    class: "quiet",
  });
  control.element.append(small, choose);
  showSmall(small, text);
  return control;
}

/** Shows the picture with this path, if the editor knows it. */
async function showSmall(image, path) {
  try {
    const address = path ? await (await import("../pictures.js")).smallOf(path) : "";
    image.hidden = !address;
    if (address) image.src = address;
  } catch {
    image.hidden = true;
  }
}
