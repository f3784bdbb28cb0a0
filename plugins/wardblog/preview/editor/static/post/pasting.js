// What is pasted or dropped into the text: formatted text as Markdown, files as pictures.

import { button, element } from "./dom.js";

/**
 * Handlers of paste and drop, which say whether they take the event. `insert(words)` puts words
 * into the text and gives the position where they begin, `select(from, to)` selects a part of it,
 * `edit(command)` changes it, `value()` is all of it, `focus()` comes to it, `addPicture(file)` asks about a picture, and `note` says what there is to know.
 */
export function pasting({ note, insert, select, edit, value, focus, addPicture }) {
  let convert = null;
  // The module is there before anything is pasted, since the event is over after a wait.
  import("../paste.js").then(
    (module) => { convert = module.pasted; },
    () => { convert = null; },
  );

  function paste(event) {
    const data = event.clipboardData;
    const image = imageIn(data);
    const hasText = [...(data?.types ?? [])].some((type) => type.startsWith("text/"));
    if (image && !hasText) {
      addPicture(image);
      return true;
    }
    const promise = convert?.(event);
    if (!promise) return false;
    const plain = data.getData("text/plain");
    promise.then(
      ({ markdown, notes, people }) => {
        const start = insert(markdown);
        showNotes(notes ?? [], people ?? [], markdown, start);
      },
      () => insert(plain),
    );
    return true;
  }

  function drop(event) {
    const image = imageIn(event.dataTransfer);
    if (image) addPicture(image);
    return Boolean(image);
  }

  function showNotes(notes, people, markdown, start) {
    note.hidden = !notes.length && !people.length;
    note.replaceChildren(...notes.map((words) => element("p", { text: words })));
    if (!people.length) return;
    const list = element("ul");
    for (const person of people) list.append(item(person, markdown, start, list));
    note.append(element("p", {}, element("strong", { text: "People in what you pasted" })), list);
  }

  /** What can be done about a person: look at the words, and take them out. */
  function item(person, markdown, start, list) {
    const at = offsetOf(markdown, person);
    const words = markdown.slice(at, at + person.length);
    const found = () => nearest(value(), words, start + at);
    const row = element("li", {}, `${person.name}, ${person.kind}: ${person.message}`);
    const gone = () => {
      row.remove();
      if (!list.children.length) note.hidden = true;
      focus();
    };
    const go = button(`Show ${person.name} in the text`, () => {
      const from = found();
      if (from < 0) gone();
      else select(from, from + words.length);
    }, { class: "quiet" });
    const out = button("Take it out", () => {
      const from = found();
      if (from >= 0) edit((text) => without(text, from, from + words.length));
      gone();
    }, { class: "quiet", "aria-label": `Take it out: ${person.name}` });
    row.append(element("div", {}, go, out));
    return row;
  }

  return { paste, drop };
}

/** Where words are in a text, the nearest to a position; -1 if they are in it no more. */
function nearest(text, words, at) {
  const after = text.indexOf(words, at);
  const before = text.lastIndexOf(words, at);
  if (after < 0 || before < 0) return Math.max(after, before);
  return after - at <= at - before ? after : before;
}

/** Takes words out of a text, and one of two spaces around them. */
function without(text, from, to) {
  const isBetween = text[to] === " " && (from === 0 || /\s/.test(text[from - 1]));
  return { from, to: isBetween ? to + 1 : to, insert: "" };
}

function imageIn(data) {
  return [...(data?.files ?? [])].find((file) => /^image\/|\.hei[cf]$/i.test(file.type || file.name));
}

/** Where a person is in the Markdown, from its line and column. */
function offsetOf(markdown, { line, column }) {
  const before = markdown.split("\n").slice(0, line - 1);
  return before.reduce((sum, text) => sum + text.length + 1, column);
}
