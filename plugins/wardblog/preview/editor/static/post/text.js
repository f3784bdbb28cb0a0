// The text of a post: in CodeMirror, or in a plain text field where that does not load.

import { button, element, freshId, sentence, wordsIn } from "./dom.js";

/**
 * Puts the text into `holder`; resolves to {value(), set(text), edit(command), insert(text),
 * select(from, to), range(), selection(), focus(), goTo(line, message), showMessages(messages), markPeople(people)}.
 * A command is a function of commands.js; people are marked only in CodeMirror,
 * which keeps their `from` up to date and calls `gone()`. `handlers` are `changed()`, `paste(event)`, which says whether it takes the paste,
 * `drop(event)`, which does the same for files, and `keys`, functions by the names of keys.
 */
export async function textEditor(holder, text, handlers) {
  try {
    const { codeMirror } = await import("./codemirror.js");
    return codeMirror(holder, text, handlers);
  } catch (error) {
    console.info("The text is in a plain field.", error);
    return plainField(holder, text, handlers);
  }
}

function plainField(holder, text, { changed, paste, drop, keys }) {
  const field = element("textarea", {
    id: freshId("text"), "aria-label": "Text", rows: 18, spellcheck: "true", class: "plain",
  });
  const messages = element("p", { class: "help", id: freshId("lines") });
  field.value = text;
  field.setAttribute("aria-describedby", messages.id);
  holder.replaceChildren(field, messages);
  field.addEventListener("input", changed);
  field.addEventListener("paste", (event) => { if (paste(event)) event.preventDefault(); });
  field.addEventListener("drop", (event) => { if (drop(event)) event.preventDefault(); });
  field.addEventListener("keydown", (event) => {
    const run = (event.ctrlKey || event.metaKey) && !event.altKey && keys[`Mod-${event.key}`];
    if (!run) return;
    event.preventDefault();
    run();
  });

  function change({ from, to, insert, select }) {
    field.focus();
    field.setSelectionRange(from, to);
    // What execCommand inserts can be undone with Ctrl+Z; other changes cannot.
    if (!document.execCommand("insertText", false, insert)) field.setRangeText(insert);
    if (select) field.setSelectionRange(...select);
    changed();
  }

  return {
    value: () => field.value,
    set(value) { field.value = value; },
    edit: (command) => change(command(field.value, field.selectionStart, field.selectionEnd)),
    insert(words) {
      const { selectionStart: from, selectionEnd: to } = field;
      change({ from, to, insert: words });
      return from;
    },
    select(from, to) {
      field.focus();
      field.setSelectionRange(from, to);
    },
    range: () => [field.selectionStart, field.selectionEnd],
    selection: () => field.value.slice(field.selectionStart, field.selectionEnd),
    focus: () => field.focus(),
    goTo(line, message = "") {
      const lines = field.value.split("\n");
      const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      const [start, end] = wordsIn(lines[line - 1] ?? "", message) ?? [0, 0];
      field.focus();
      field.setSelectionRange(from + start, from + end);
    },
    showMessages(list) {
      messages.textContent = list.map((one) => `Line ${one.line}: ${sentence(one)}`).join(" ");
      if (list.some((one) => one.severity === "stop")) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    },
    markPeople() {},
  };
}

/** The buttons above the text. `run` are functions by the names in NAMES. */
export function toolbar(run) {
  const keys = { bold: "Ctrl+B", link: "Ctrl+K" };
  const names = { bold: "Bold", link: "Link", list: "List", picture: "Picture", table: "Table" };
  return element(
    "div",
    { class: "toolbar", role: "group", "aria-label": "Put into the text" },
    ...Object.entries(names).map(([name, words]) =>
      button(words, run[name], {
        title: keys[name] ?? null,
        "aria-keyshortcuts": keys[name]?.replace("Ctrl", "Control") ?? null,
      }),
    ),
  );
}
