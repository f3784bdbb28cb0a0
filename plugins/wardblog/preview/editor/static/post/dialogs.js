// Small questions: a link, a table, a reason, and whether to go on.

import { button, element, freshId } from "./dom.js";

const MOST_SHOWN = 6;
const MOST_ROWS = 50;
const MOST_COLUMNS = 10;

/**
 * Asks for a link: resolves to {words, address}, or to null if the person changed their mind.
 * `others` are the posts and pages that can be chosen: {title, day, link}.
 */
export function askForLink(words, others = []) {
  const label = field("Words that are shown", words, "text");
  const address = field(
    "Web address", "", "url", "Copy it from the address bar of your browser.",
  );
  const answer = () => {
    const given = address.input.value.trim();
    if (!given) return address.input.focus();
    return { words: label.input.value.trim() || given, address: withScheme(given) };
  };
  return asked({
    title: "Link",
    parts: (finish) => [
      label.element,
      address.element,
      others.length
        ? ownPosts(others, ({ title, link }) =>
            finish({ words: label.input.value.trim() || title, address: link }))
        : null,
    ],
    yes: "Put it into the text",
    answer,
    first: (words ? address : label).input,
  });
}

/** A list of posts that can be searched; `choose(post)` is called with the one that is chosen. */
function ownPosts(others, choose) {
  const search = field("Or one of your posts and pages: search for it", "", "search");
  const count = element("p", { class: "help", role: "status" });
  const list = element("ul", { class: "choices" });
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const known = others.map((one) => ({ one, words: plain(`${one.title} ${one.day}`) }));
  const show = () => {
    const words = plain(search.input.value).split(/\s+/).filter(Boolean);
    const found = known.filter((each) => words.every((word) => each.words.includes(word)));
    const shown = found.slice(0, MOST_SHOWN).map(({ one }) => one);
    count.textContent = found.length > MOST_SHOWN
      ? `The newest ${MOST_SHOWN} of ${found.length}`
      : found.length ? `${found.length} found` : "Nothing found. Try fewer words.";
    list.replaceChildren(...shown.map((one) =>
      element("li", {}, button([one.title, one.day].filter(Boolean).join(", "), () => choose(one), {
        class: "quiet",
      }))));
  };
  search.input.addEventListener("input", show);
  search.input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    list.querySelector("button")?.focus();
  });
  show();
  return element("div", { class: "own-posts" }, search.element, count, list);
}

/** Asks how large a table is: resolves to {rows, columns}, or null. */
export function askForTable() {
  const columns = number("Columns", 2, MOST_COLUMNS);
  const rows = number("Rows below the headings", 3, MOST_ROWS);
  return asked({
    title: "Table",
    parts: () => [element("div", { class: "row" }, columns.element, rows.element)],
    yes: "Put it into the text",
    answer() {
      const wrong = [columns, rows].find(({ input }) => !input.checkValidity());
      if (wrong) return void wrong.input.reportValidity();
      return { columns: Number(columns.input.value), rows: Number(rows.input.value) };
    },
    first: columns.input,
  });
}

/** Asks why something that a check doubts is right: resolves to the reason, or null. */
export function askForReason(what) {
  const reason = field(
    "Why is it right?", "", "text",
    "Such as: the person asked me to give it. It is kept in the file of this post; the site does "
      + "not show it.",
  );
  return asked({
    title: "This is right as it is",
    parts: () => [element("p", { text: what }), reason.element],
    yes: "Keep it",
    answer: () => reason.input.value.replace(/\s+/g, " ").trim() || reason.input.focus(),
    first: reason.input,
  });
}

/** Resolves to whether the person wants what the button `yes` says. */
export async function confirmed(title, words, yes) {
  const parts = () => [element("p", { text: words })];
  return Boolean(await asked({ title, parts, yes, answer: () => true, first: null }));
}

/**
 * Shows a dialog; resolves to what `answer()` gives when the button `yes` is pressed, or to null.
 * It stays open while `answer()` gives nothing. `parts(finish)` are what it asks for.
 */
function asked({ title, parts, yes, answer, first }) {
  return new Promise((resolve) => {
    const heading = element("h2", { id: freshId(), text: title });
    let result = null;
    const finish = (given) => {
      result = given;
      dialog.close();
    };
    const form = element(
      "form",
      { method: "dialog", novalidate: true },
      heading,
      ...parts(finish),
      element("div", { class: "actions" },
        element("button", { class: "main", text: yes }),
        button("Cancel", () => dialog.close())),
    );
    const dialog = element("dialog", { "aria-labelledby": heading.id }, form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = answer();
      if (given) finish(given);
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
    // What cannot be taken back is not under the finger at once.
    (first ?? form.querySelector(".actions").lastElementChild).focus();
  });
}

function field(name, value, mode, help) {
  const input = element("input", {
    type: "text", id: freshId(), autocomplete: "off", inputmode: mode,
  });
  const hint = help ? element("p", { class: "help", id: freshId(), text: help }) : null;
  if (hint) input.setAttribute("aria-describedby", hint.id);
  input.value = value;
  const label = element("label", { for: input.id, text: name });
  return { input, element: element("div", {}, label, hint, input) };
}

function number(name, value, most) {
  const input = element("input", { type: "number", id: freshId(), min: 1, max: most, step: 1,
    required: true });
  input.value = value;
  const label = element("label", { for: input.id, text: name });
  return { input, element: element("div", { class: "part" }, label, input) };
}

/** An address that is typed without https:// is that of a website all the same. */
function withScheme(address) {
  return /^(www\.|[a-z0-9-]+(\.[a-z0-9-]+)*\.(uk|org|com|net|gov|wales|scot)(\/|$))/i.test(address)
    ? `https://${address}`
    : address;
}
