// What is pasted or dropped into the text: formatted text as Markdown, files as pictures.

import { button, element } from "./dom.js";

/**
 * Handlers of paste and drop, which say whether they take the event. `insert(words)` puts words
 * into the text and gives the position where they begin, `select(from, to)` selects a part of it,
 * `edit(command)` changes it, `value()` is all of it, `focus()` comes to it, `markPeople(people)`
 * marks where somebody is named, `addPicture(file)` asks about a picture, and `note` says what
 * there is to know.
 */
export function pasting({ note, insert, select, edit, value, focus, markPeople, addPicture }) {
  let convert = null;
  // Those whom the text still names, with their rows in the list.
  const people = [];
  const list = element("ul");
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

  function showNotes(notes, found, markdown, start) {
    note.replaceChildren(...notes.map((words) => element("p", { text: words })));
    for (const person of found) add(person, markdown, start);
    if (people.length) {
      note.append(element("p", {}, element("strong", { text: "People in what you pasted" })), list);
    }
    note.hidden = !notes.length && !people.length;
    markPeople(people);
  }

  /** What can be done about a person: look at the words, and take them out. */
  function add({ name, kind, message, ...place }, markdown, start) {
    const at = offsetOf(markdown, place);
    const words = markdown.slice(at, at + place.length);
    const row = element("li", {}, `${name}, ${kind}: ${message}`);
    const person = { words, from: start + at, message: `${name}, ${kind}: ${message}`, gone, takeOut };
    people.push(person);
    list.append(row);
    row.append(element("div", {}, button(`Show ${name} in the text`, () => {
      const now = nearest(value(), words, person.from);
      if (now >= 0) select(now, now + words.length);
      else leave();
    }, { class: "quiet" }), button("Remove it", takeOut, {
      class: "quiet", "aria-label": `Remove it: ${name}`,
    })));

    function gone() {
      if (people.includes(person)) people.splice(people.indexOf(person), 1);
      row.remove();
      if (!people.length) note.hidden = true;
    }

    function leave() {
      gone();
      focus();
    }

    function takeOut() {
      const now = nearest(value(), words, person.from);
      if (now >= 0) edit((text) => without(text, now, now + words.length));
      leave();
    }
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
