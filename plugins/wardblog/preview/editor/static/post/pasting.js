// What is pasted or dropped into the text: formatted text as Markdown, files as pictures.

import { element } from "./dom.js";

/**
 * Handlers of paste and drop, which say whether they take the event. `insert(words)` puts words
 * into the text, `addPicture(file)` asks about a picture, and `note` says which people are named.
 */
export function pasting({ note, insert, addPicture }) {
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
      ({ markdown, people }) => {
        insert(markdown);
        showPeople(people ?? []);
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

  function showPeople(people) {
    const names = people.map((person) => (typeof person === "string" ? person : person.name));
    note.hidden = !names.length;
    note.replaceChildren();
    if (!names.length) return;
    note.append(
      element("strong", { text: "There are people in what you pasted: " }),
      `${[...new Set(names)].join(", ")}. Remove what they did not agree to see published.`,
    );
  }

  return { paste, drop };
}

function imageIn(data) {
  return [...(data?.files ?? [])].find((file) => /^image\/|\.hei[cf]$/i.test(file.type || file.name));
}
