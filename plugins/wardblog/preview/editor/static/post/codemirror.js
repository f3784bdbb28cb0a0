// CodeMirror as the text field of a post: Markdown, spelling, messages at their lines.

import {
  commonmarkLanguage, defaultKeymap, deleteMarkupBackward, EditorState, EditorView, HighlightStyle,
  highlightSpecialChars, history, historyKeymap, insertNewlineContinueMarkup, keymap, Language,
  lintGutter, lintKeymap, Prec, search, searchKeymap, setDiagnostics, syntaxHighlighting, Table, tags,
} from "../vendor/codemirror/codemirror.js";
import { answer, RIGHT, sentence, wordsIn } from "./dom.js";

// The Markdown that posts have: CommonMark and tables.
const markdown = new Language(
  commonmarkLanguage.data,
  commonmarkLanguage.parser.configure(Table),
  [],
  "markdown",
);

const look = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "700", fontFamily: "var(--serif)" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.link, color: "var(--accent)" },
  { tag: [tags.url, tags.processingInstruction, tags.labelName], color: "var(--soft)" },
  { tag: tags.quote, fontStyle: "italic" },
  { tag: [tags.monospace, tags.comment], color: "var(--soft)", fontFamily: "monospace" },
]);

const marker = (colour, sign) => ({
  content: "none",
  "&::after": { content: `"${sign}"`, color: colour, fontWeight: "700" },
});
const underline = (colour) => ({
  backgroundImage: "none",
  paddingBottom: "0",
  textDecoration: `underline wavy ${colour}`,
  textDecorationSkipInk: "none",
  textUnderlineOffset: "0.2em",
});

// The signs of messages are letters here: the pictures of the library are data: addresses, which
// the policy of the page refuses.
const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--line)",
    borderRadius: "4px" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px",
    boxShadow: "0 0 0 5px #1b1e20" },
  ".cm-scroller": { fontFamily: "var(--sans)", lineHeight: "1.6", overflow: "visible" },
  ".cm-content": { minHeight: "18rem", padding: "12px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 12px 0 6px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "inherit", border: "0" },
  ".cm-gutter-lint": { width: "1.5em" },
  ".cm-lint-marker": { width: "1.2em", height: "auto", textAlign: "center" },
  ".cm-lint-marker-error": marker("var(--stop)", "!"),
  ".cm-lint-marker-warning": marker("var(--warn)", "?"),
  ".cm-lintRange-error": underline("var(--stop)"),
  ".cm-lintRange-warning": underline("var(--warn)"),
  ".whole": { textDecorationStyle: "dotted", textDecorationThickness: "1px" },
  ".cm-lintPoint::after": { borderBottomColor: "var(--stop)" },
  ".cm-tooltip": { backgroundColor: "var(--tint)", color: "var(--ink)",
    border: "1px solid var(--line)", borderRadius: "4px", maxWidth: "30rem" },
  ".cm-diagnostic": { padding: "8px 12px", whiteSpace: "normal" },
  ".cm-diagnostic-error": { borderLeft: "5px solid var(--stop)" },
  ".cm-diagnostic-warning": { borderLeft: "5px solid var(--warn)" },
  ".cm-diagnosticAction": { display: "block", minHeight: "44px", margin: "8px 0 0",
    padding: "8px 14px", font: "1rem var(--sans)", backgroundColor: "var(--paper)",
    color: "inherit", border: "1px solid var(--line)" },
  ".cm-panels": { backgroundColor: "var(--tint)", color: "var(--ink)" },
  ".cm-panel.cm-search": { padding: "8px", font: "1rem var(--sans)" },
  ".cm-panel.cm-panel-lint": { padding: "0" },
  ".cm-panel button, .cm-panel input": { minHeight: "44px", font: "inherit",
    backgroundImage: "none", backgroundColor: "var(--paper)", color: "inherit",
    border: "1px solid var(--line)", borderRadius: "4px" },
  ".cm-panel label": { fontSize: "1rem", display: "inline-flex", alignItems: "center",
    minHeight: "44px" },
  ".cm-panel button[name=close]": { minWidth: "44px" },
  ".cm-searchMatch": { backgroundColor: "#ffd43b55", outline: "1px solid var(--line)" },
});

/** As `textEditor` in text.js. It lives in a shadow root, which takes its styles without any
 * exception from the page's policy. */
export function codeMirror(holder, text, { changed, paste, drop, keys, margins }) {
  const host = document.createElement("div");
  host.className = "codemirror";
  const root = host.attachShadow({ mode: "open" });
  const command = (run) => () => {
    run();
    return true;
  };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({ doc: text, extensions: extensions() }),
  });
  // What the checks say, and people in what was pasted: marks at ranges of the text.
  let told = [];
  let people = [];
  holder.replaceChildren(host);

  function extensions() {
    return [
      Prec.high(keymap.of(Object.entries(keys).map(([key, run]) => ({ key, run: command(run) })))),
      keymap.of([
        { key: "Enter", run: insertNewlineContinueMarkup },
        { key: "Backspace", run: deleteMarkupBackward },
        ...searchKeymap,
        ...historyKeymap,
        ...lintKeymap.filter(({ key }) => key !== "Mod-Shift-m"),
        ...defaultKeymap,
      ]),
      history(),
      search({ top: true }),
      markdown,
      syntaxHighlighting(look),
      highlightSpecialChars(),
      lintGutter(),
      theme,
      EditorView.lineWrapping,
      // The bars at the top and the bottom of the window stay free of the cursor.
      EditorView.scrollMargins.of(margins),
      EditorView.contentAttributes.of({
        "aria-label": "Text",
        autocapitalize: "sentences",
        autocorrect: "on",
        spellcheck: "true",
        writingsuggestions: "true",
      }),
      EditorView.domEventHandlers({
        paste: (event) => taken(event, paste),
        drop: (event) => taken(event, drop),
      }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        follow(update);
        changed();
      }),
    ];
  }

  /** Keeps the marks at their words; a person who is no longer in the text has none. */
  function follow({ changes, state }) {
    const moved = (mark) => (
      { ...mark, from: changes.mapPos(mark.from, 1), to: changes.mapPos(mark.to, -1) });
    const isThere = ({ from, to, person }) => state.sliceDoc(from, to) === person.words;
    told = told.map(moved).filter(({ from, to }) => from <= to);
    const all = people.map(moved);
    people = all.filter(isThere);
    for (const { person, from } of people) person.from = from;
    if (people.length === all.length) return;
    // An update may not begin another.
    queueMicrotask(() => {
      show();
      for (const { person } of all.filter((mark) => !isThere(mark))) person.gone();
    });
  }

  function show() {
    view.dispatch(setDiagnostics(view.state, [...told, ...people].map(({ person, ...mark }) => mark)));
  }

  function taken(event, handler) {
    if (!handler(event)) return false;
    event.preventDefault();
    return true;
  }

  function change({ from, to, insert, select }) {
    view.dispatch({
      changes: { from, to, insert },
      selection: select ? { anchor: select[0], head: select[1] } : { anchor: from + insert.length },
      scrollIntoView: true,
      userEvent: "input",
    });
    view.focus();
  }

  return {
    value: () => view.state.doc.toString(),
    set(value) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
    },
    edit(make) {
      const { from, to } = view.state.selection.main;
      change(make(view.state.doc.toString(), from, to));
    },
    insert(words) {
      const { from, to } = view.state.selection.main;
      change({ from, to, insert: words.replace(/\r\n?/g, "\n") });
      return from;
    },
    select(from, to) {
      const end = view.state.doc.length;
      view.focus();
      view.dispatch({
        selection: { anchor: Math.min(from, end), head: Math.min(to, end) },
        scrollIntoView: true,
      });
    },
    range() {
      const { from, to } = view.state.selection.main;
      return [from, to];
    },
    selection() {
      const { from, to } = view.state.selection.main;
      return view.state.sliceDoc(from, to);
    },
    focus: () => view.focus(),
    /** Where the cursor is in the window, while the text has the focus. */
    caret: () => (view.hasFocus ? view.coordsAtPos(view.state.selection.main.head) : null),
    goTo(number, message = "") {
      const line = view.state.doc.line(Math.max(1, Math.min(number, view.state.doc.lines)));
      const { from, to, markClass } = rangeOf(line, message);
      view.focus();
      view.dispatch({ selection: { anchor: from, head: markClass ? from : to }, scrollIntoView: true });
    },
    showMessages(messages) {
      const lines = view.state.doc.lines;
      told = messages
        .filter((message) => message.line >= 1)
        .map((message) => {
          const line = view.state.doc.line(Math.min(message.line, lines));
          const words = [sentence(message), message.hint].filter(Boolean).join(" ");
          const severity = message.severity === "stop" ? "error" : "warning";
          const actions = message.can_answer
            ? [{ name: RIGHT, apply: () => answer(host, message) }]
            : [];
          return { ...rangeOf(line, message.message), severity, message: words, actions };
        });
      show();
    },
    markPeople(list) {
      const end = view.state.doc.length;
      people = list.filter(({ from, words }) => from + words.length <= end).map((person) => ({
        person,
        from: person.from,
        to: person.from + person.words.length,
        severity: "warning",
        message: person.message,
        actions: [{ name: "Remove it", apply: () => person.takeOut() }],
      }));
      show();
    },
  };
}

/** Where a message belongs: at the words of its line that it quotes, or at the whole line. */
function rangeOf({ from, to, text }, message) {
  const words = wordsIn(text, message);
  return words
    ? { from: from + words[0], to: from + words[1] }
    : { from, to, markClass: "whole" };
}
