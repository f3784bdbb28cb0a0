// What is on the clipboard, as Markdown: the server reads it, and none of it becomes a page.

import { post, say } from "./api.js";

// As the server has it (paste/action.py).
const MOST = 2_000_000;
// Plain text that is better for a look: bullets of word processors, and lines that a file of PDF or
// an e-mail has ended. Other plain text is pasted by the browser itself.
const BULLET = /^[ \t]*[•●▪◦‣∙·⁃][ \t]*\S/m;
const WRAPPED = /^\S.{39,}[^\s.!?:;]\r?\n[a-z]/m;
const MAIL = /^(?:>|From:|Oddi wrth:|On .{10,120} wrote:)/m;
const TRACKED = /https?:\/\/\S*(?:safelinks\.protection|[?&](?:utm_|fbclid|gclid))/;
const PICTURE = /\b(src|href)\s*=\s*(["'])data:[^"']*\2/gi;

let asPlain = false;
document.addEventListener(
  "keydown",
  (event) => {
    // Ctrl+Shift+V: the reader asked for the words as they are.
    const isPaste = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v";
    asPlain = isPaste && event.shiftKey;
  },
  true,
);

const isWorthReading = (plain) =>
  [BULLET, WRAPPED, MAIL, TRACKED].some((pattern) => pattern.test(plain));

/**
 * What a paste event has, as Markdown.
 *
 * Returns null if the browser should paste by itself; otherwise a promise of
 * `{markdown, notes, people, said}`. `people` has `{line, column, length, kind, name, message}`: line
 * from 1, column from 0 in the Markdown. It reads the event at once, and never prevents anything.
 */
export function pasted(event) {
  const wantsPlain = asPlain;
  asPlain = false;
  const data = event.clipboardData;
  if (!data || wantsPlain) return null;
  const html = data.getData("text/html").replace(PICTURE, "$1=$2data:,$2");
  const plain = data.getData("text/plain");
  if (!html.trim() && !isWorthReading(plain)) return null;
  if (html.length > MOST || plain.length > MOST) {
    say("This is too long to turn into Markdown, and is pasted as plain text. Copy a part of it.");
    return null;
  }
  return post("paste", { html, plain }).then((answer) => {
    say(answer.said);
    return answer;
  });
}
