// What is pasted or dropped into the text: formatted text as Markdown, files as pictures.

import { button, element } from "./dom.js";

/**
 * Handlers of paste and drop, which say whether they take the event. `insert(words)` puts words
 * into the text and gives the position where they begin, `select(from, to)` selects a part of it,
 * `addPicture(file)` asks about a picture, and `note` says what there is to know.
 */
export function pasting({ note, insert, select, addPicture }) {
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
    for (const person of people) {
      const from = start + offsetOf(markdown, person);
      const go = button(person.name, () => select(from, from + person.length), { class: "quiet" });
      list.append(element("li", {}, go, ` ${person.kind}: ${person.message}`));
    }
    note.append(element("p", {}, element("strong", { text: "People in what you pasted" })), list);
  }

  return { paste, drop };
}

function imageIn(data) {
  return [...(data?.files ?? [])].find((file) => /^image\/|\.hei[cf]$/i.test(file.type || file.name));
}

/** Where a person is in the Markdown, from its line and column. */
function offsetOf(markdown, { line, column }) {
  const before = markdown.split("\n").slice(0, line - 1);
  return before.reduce((sum, text) => sum + text.length + 1, column);
}
