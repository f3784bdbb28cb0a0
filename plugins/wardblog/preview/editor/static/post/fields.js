// The form of a post: a field for each header line, which changes only what somebody edits.

import { button, element, freshId, messageText } from "./dom.js";
import { join, partControl, split } from "./parts.js";
import { tagsField } from "./tags.js";

const PAUSE = 500; // milliseconds without typing, before a place is looked up
const NO_DAY = "This day or time does not exist: choose it again";

/**
 * The form. `form` is what fields.py made, `values` the document's `fields`; `changed()` is called
 * after each edit, and `tools` has `choosePicture(field, index)`, `choosePlace(field, index)` and
 * `tellPlace(note, value)`.
 */
export function postForm(form, values, { changed, tools }) {
  const fields = new Map();
  const first = element("div", { class: "fields" });
  const about = element("div", { class: "fields" });
  const adders = element("div", { class: "adders" });
  const bar = element("div", { class: "who" });
  const further = element("div", { class: "fields" });
  const groups = new Map();
  let isFilled = false;
  const known = form.fields.map((spec) => spec.name);
  const unknown = Object.keys(values).filter((name) => !known.includes(name));
  const specs = [...form.fields, ...unknown.map(plainSpec)];
  for (const spec of specs) {
    const given = values[spec.name] ?? [];
    if (!spec.fits && !given.length) continue;
    const make = spec.name === "Tags" ? tagsField : lineField;
    const field = make(spec, given, { changed, tools, issues: form.issues });
    fields.set(spec.name, field);
    place(spec, field, given);
  }
  return {
    first,
    about,
    adders,
    bar,
    further,
    get hasFurther() { return isFilled; },
    isFurther: (name) => specs.some((spec) => spec.name === name && spec.place === "more"),
    isBad: (name, index) => fields.get(name)?.isBad?.(index) ?? false,
    firstBad: () => [...fields].find(([, field]) => field.isBad?.())?.[0] ?? null,
    values() {
      const all = {};
      for (const [name, field] of fields) {
        const list = field.values().filter((value) => value.trim());
        if (list.length) all[name] = list;
      }
      return all;
    },
    field: (name) => fields.get(name),
    set(name, list) {
      fields.get(name)?.set(list);
      reveal(name);
    },
    reveal,
    showMessages(messages) {
      for (const [name, field] of fields) {
        field.showMessages(messages.filter((message) => message.field === name));
      }
    },
  };

  function place(spec, field, given) {
    if (spec.place === "more") {
      // The software writes the address of a new post itself.
      if (given.length && spec.name !== "Slug") isFilled = true;
      groupOf(spec).append(
        element(
          "details",
          { class: "line", open: given.length > 0 },
          element("summary", { text: spec.label }),
          field.element,
        ),
      );
      return;
    }
    ({ first, about, bar })[spec.place].append(field.element);
    if (given.length || spec.required || spec.place === "bar") return;
    field.element.hidden = true;
    const add = button(`Add ${spec.label.toLowerCase()}`, () => {
      reveal(spec.name);
      field.begin(0);
    });
    field.adder = add;
    adders.append(add);
  }

  function groupOf({ group }) {
    if (!groups.has(group)) {
      groups.set(group, element("section", {}, element("h3", { text: group })));
      further.append(groups.get(group));
    }
    return groups.get(group);
  }

  /** Makes a field visible that is behind a button, or in a closed part of the page. */
  function reveal(name) {
    const field = fields.get(name);
    if (!field) return;
    field.element.hidden = false;
    field.adder?.remove();
    for (let at = field.element.parentElement; at; at = at.parentElement) {
      if (at.localName === "details") at.open = true;
    }
  }
}

function plainSpec(name) {
  const part = { name, kind: "words", help: "", choices: [], optional: false };
  return {
    name, label: name, help: "", examples: [], repeats: true, place: "more", fits: false,
    group: "More", required: false, parts: [part],
  };
}

/** The field of one header line: {element, values(), set(list), focus(index), showMessages()}. */
function lineField(spec, given, { changed, tools }) {
  const helpId = freshId("help");
  const errorId = freshId("error");
  const rows = element("div", { class: "values" });
  const error = element("div", { class: "wrong", id: errorId, hidden: true });
  const isOne = spec.parts.length === 1;
  const lines = [];
  const more = spec.repeats
    ? button(`Add another ${spec.label.toLowerCase()}`, () => {
        add("");
        begin(lines.length - 1);
      }, { class: "quiet another" })
    : null;
  const box = element(
    "div",
    { class: "field", id: `field-${spec.name}` },
    isOne ? null : element("p", { class: "label", text: spec.label }),
    isOne ? null : element("p", { class: "help", id: helpId, text: spec.help }),
    rows,
    error,
    more,
  );
  for (const value of given.length ? given : [""]) add(value);
  let said = [];
  box.addEventListener("focusout", () => showMessages(said));
  return {
    element: box,
    label: spec.label,
    isBad: (index) => (index === undefined ? lines : [lines[index]]).some((line) => line?.isBad()),
    focusBad: () => lines.find((line) => line.isBad())?.focusBad(),
    values: () => lines.map((line) => line.value()),
    set(list) {
      lines.splice(0);
      rows.replaceChildren();
      for (const value of list.length ? list : [""]) add(value);
    },
    setAt(index, value) {
      lines[index]?.replace(value);
    },
    focus(index) {
      (lines[index] ?? lines[0])?.focus();
    },
    begin,
    showMessages,
  };

  /** Asks for a new value: a picture or a place in its dialog, anything else in its field. */
  function begin(index) {
    const kinds = spec.parts.map((part) => part.kind);
    if (kinds.includes("picture")) tools.choosePicture(spec.name, index);
    else if (kinds.includes("place")) tools.choosePlace(spec.name, index);
    else lines[index].focus();
  }

  function add(value) {
    const line = lineValue(spec, value, {
      changed,
      help: isOne ? null : helpId,
      tools: {
        choosePicture: () => tools.choosePicture(spec.name, lines.indexOf(line)),
        choosePlace: () => tools.choosePlace(spec.name, lines.indexOf(line)),
        tellPlace: tools.tellPlace,
      },
      remove: spec.repeats || !isOne ? () => remove(line) : null,
    });
    lines.push(line);
    rows.append(line.element);
    return line;
  }

  function remove(line) {
    lines.splice(lines.indexOf(line), 1);
    line.element.remove();
    if (!lines.length) add("");
    (more ?? lines[0]).focus();
    changed();
  }

  function showMessages(messages) {
    said = messages;
    // Half a day that is being typed is not a day either.
    const isWrong = lines.map((line) => line.isBad() && !line.element.contains(document.activeElement));
    const own = isWrong.some(Boolean) ? [{ severity: "stop", message: NO_DAY }] : [];
    error.replaceChildren(
      ...[...own, ...messages].map((message) =>
        element("p", { class: message.severity }, ...messageText(message))),
    );
    error.hidden = !own.length && !messages.length;
    lines.forEach((line, index) => {
      const about = messages.filter((message) => (message.position ?? 0) === index);
      const isStop = isWrong[index] || about.some((message) => message.severity === "stop");
      line.mark(isStop, isWrong[index] || about.length ? errorId : null);
    });
  }
}

/** What a field says about itself; an example only if its line is written as a whole. */
function help(spec) {
  const isWords = spec.parts.length === 1 && spec.parts[0].kind === "words";
  const example = isWords && spec.examples.length ? ` For example: ${spec.examples[0]}` : "";
  return spec.help + example;
}

/** One value of a line, as fields for its parts, or as a whole where it cannot be taken apart. */
function lineValue(spec, given, { changed, help: helpId, tools, remove }) {
  let original = given;
  let isEdited = false;
  let last = given;
  let parts = spec.parts;
  let controls = [];
  // What describes each input by itself, without messages.
  const owns = new Map();
  const holder = element(spec.parts.length > 1 ? "fieldset" : "div", { class: "value" });
  const isPlace = spec.parts.some((part) => part.kind === "place");
  const note = isPlace
    ? element("p", { class: "help told", id: freshId("told"), role: "status", "aria-live": "off" })
    : null;
  if (note) holder.append(note);
  let pause = 0;
  const legend = spec.parts.length > 1
    ? element("legend", { class: "hidden-visually", text: spec.label })
    : null;
  build(given);
  return {
    element: holder,
    /** A day that does not exist is not sent: the value is the last one that could be read. */
    value() {
      if (!isEdited) return original;
      if (!isBad()) last = join(parts, controls.map((control) => control.text()));
      return last;
    },
    isBad,
    focusBad: () => controls.find((control) => control.isBad?.())?.inputs
      .find((input) => input.validity.badInput)?.focus(),
    focus: () => controls[0].inputs[0].focus(),
    replace: build,
    mark,
  };

  function isBad() {
    return controls.some((control) => control.isBad?.() ?? false);
  }

  function build(value) {
    original = last = value;
    isEdited = false;
    const texts = split(spec.parts, value);
    const whole = { name: spec.label, kind: "words", help: "", choices: [], optional: false };
    parts = texts ? spec.parts : [whole];
    const isOnly = parts.length === 1;
    controls = parts.map((part, i) => partControl(described(part), (texts ?? [value])[i], {
      label: isOnly ? spec.label : part.name,
      isOnly,
      changed: () => {
        isEdited = true;
        changed();
        if (note) {
          clearTimeout(pause);
          pause = setTimeout(tell, PAUSE);
        }
      },
      tools,
    }));
    // The note stays in the page: what is put into it later is read out.
    for (const old of [...holder.children]) if (old !== note) old.remove();
    holder.prepend(...[legend, ...controls.map((control) => control.element)].filter(Boolean));
    if (remove) {
      holder.append(button("Remove", remove, {
        class: "quiet remove",
        "aria-label": `Remove this ${spec.label.toLowerCase()}`,
      }));
    }
    if (note) {
      const first = controls.map(({ inputs: [input] }) => input);
      for (const one of [...first, ...holder.querySelectorAll("button")]) {
        const own = one.getAttribute("aria-describedby");
        one.setAttribute("aria-describedby", [own, note.id].filter(Boolean).join(" "));
      }
      setTimeout(tell); // once the form has all its fields
    }
    mark(false, null);
  }

  /** Says where the place is that is written now. */
  function tell() {
    const value = isEdited ? join(parts, controls.map((control) => control.text())) : original;
    tools.tellPlace?.(note, value);
  }

  /** The only part of a line has the help of its line. */
  function described(part) {
    return spec.parts.length === 1 ? { ...part, help: help(spec) } : part;
  }

  function mark(isWrong, errorId) {
    for (const input of controls.flatMap((control) => control.inputs)) {
      if (!owns.has(input)) owns.set(input, input.getAttribute("aria-describedby"));
      const ids = [errorId, helpId, owns.get(input)].filter(Boolean).join(" ");
      if (ids) input.setAttribute("aria-describedby", ids);
      if (isWrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }
}
