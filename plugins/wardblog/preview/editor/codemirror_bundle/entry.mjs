// What the editor's page uses of CodeMirror. The parts for HTML, CSS and JavaScript stay outside.
export { Compartment, EditorSelection, EditorState, Prec } from "@codemirror/state";
export { EditorView, highlightSpecialChars, keymap, placeholder } from "@codemirror/view";
export { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
export {
  commonmarkLanguage,
  deleteMarkupBackward,
  insertNewlineContinueMarkup,
} from "@codemirror/lang-markdown";
export { HighlightStyle, Language, syntaxHighlighting } from "@codemirror/language";
export { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
export { search, searchKeymap } from "@codemirror/search";
export { tags } from "@lezer/highlight";
export { Table } from "@lezer/markdown";
