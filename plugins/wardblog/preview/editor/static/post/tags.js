// The field "Tags": the councillor's issues as boxes to tick, and other words.

import { element, freshId, messageText } from "./dom.js";

const GENERAL = "general";

/** How a tag and the name of an issue are compared, as the reader does: not by case or number. */
function plain(tag) {
  return tag.normalize("NFKD").replace(/[^\p{L}\p{N}\s-]/gu, "").trim().replace(/[-\s]+/g, "-")
    .toLowerCase().replace(/s$/, "");
}

export function tagsField(spec, given, { changed, issues }) {
  let original = given;
  let isEdited = false;
  const helpId = freshId("help");
  const errorId = freshId("error");
  const boxes = [];
  const error = element("div", { class: "wrong", id: errorId, hidden: true });
  const other = element("input", {
    type: "text", id: freshId(), autocomplete: "off", "aria-describedby": helpId,
  });
  other.addEventListener("input", edited);
  const names = [...issues.map((issue) => issue.name), GENERAL];
  const list = element("div", { class: "boxes" });
  for (const name of names) {
    const box = element("input", { type: "checkbox", id: freshId() });
    box.addEventListener("change", edited);
    boxes.push({ name, box });
    list.append(element("div", {}, box, element("label", {
      for: box.id,
      text: name === GENERAL ? "General: none of these" : name,
    })));
  }
  const holder = element(
    "fieldset",
    { class: "field", id: `field-${spec.name}` },
    element("legend", { text: spec.label }),
    element("p", {
      class: "help", id: helpId,
      text: "Choose at least one. Each issue has a page of its own, and this post will be on it.",
    }),
    list,
    element("div", { class: "part" },
      element("label", { for: other.id, text: "Other tags, with commas between them" }), other),
    error,
  );
  fill();
  return {
    element: holder,
    label: spec.label,
    values: () => (isEdited ? [joined()] : original),
    set(list) {
      original = list;
      isEdited = false;
      fill();
    },
    focus: () => boxes[0].box.focus(),
    showMessages(messages) {
      error.replaceChildren(...messages.map((message) =>
        element("p", { class: message.severity }, ...messageText(message))));
      error.hidden = !messages.length;
      const isWrong = messages.some((message) => message.severity === "stop");
      for (const input of [other, ...boxes.map(({ box }) => box)]) {
        if (isWrong) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
        const described = [messages.length ? errorId : "", helpId].filter(Boolean).join(" ");
        input.setAttribute("aria-describedby", described);
      }
    },
  };

  function edited() {
    isEdited = true;
    changed();
  }

  function tags() {
    const value = original[0] ?? "";
    return value.split(value.includes(";") ? ";" : ",").map((tag) => tag.trim()).filter(Boolean);
  }

  function fill() {
    const rest = [];
    const chosen = new Set();
    for (const tag of tags()) {
      const name = names.find((each) => plain(each) === plain(tag));
      if (name) chosen.add(name);
      else rest.push(tag);
    }
    for (const { name, box } of boxes) box.checked = chosen.has(name);
    other.value = rest.join(", ");
  }

  /** The tags in the order in which they were, and new ones after them. */
  function joined() {
    const chosen = boxes.filter(({ box }) => box.checked).map(({ name }) => name);
    const others = other.value.split(",").map((tag) => tag.trim()).filter(Boolean);
    const wanted = [...chosen, ...others];
    const before = tags().filter((tag) => wanted.some((each) => plain(each) === plain(tag)));
    const added = wanted.filter((each) => !before.some((tag) => plain(each) === plain(tag)));
    const value = original[0] ?? "";
    return [...before, ...added].join(value.includes(";") ? "; " : ", ");
  }
}
