// A settings file, or one of the private folder, as text: kept while it is typed, checked after a pause, saved as a whole.

import { element, embedded, post, Refused, say, sayError } from "./api.js";
import { chooseVersion, savedWords, showEarlier, showProblems } from "./settings_problems.js";

const PAUSE = 500;
const document_ = embedded("document");
// The file is named by its id or as a settings file, and has routes of its own.
const { named, route } = document_;
const area = document.getElementById("text");
const save = document.getElementById("save");
const state = document.getElementById("state");
const problems = document.getElementById("problems");
let digest = document_.digest;
let saved = document_.text;
let done = "Nothing changed yet.";
let timer = 0;

function lead(message) {
  const lines = area.value.split("\n");
  const line = Math.min(Math.max((message.line || 1) - 1, 0), lines.length - 1);
  const start = lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + lines[line].length);
  const height = parseFloat(getComputedStyle(area).lineHeight) || 24;
  area.scrollTop = Math.max(0, (line - 4) * height);
}

const show = (messages) => showProblems(problems, messages, lead, { isText: true });

function mark() {
  state.textContent = area.value === saved ? done : "Not saved yet.";
}

async function look() {
  try {
    show((await post(`${route}/look`, { ...named, text: area.value })).messages);
  } catch (error) {
    sayError(error);
  }
}

function typed() {
  mark();
  say("");
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
}

function take(text, newDigest) {
  area.value = saved = text;
  digest = newDigest;
  mark();
}

async function send(more = {}) {
  clearTimeout(timer);
  save.disabled = true;
  try {
    const values = { ...named, digest, text: area.value, ...more };
    const answer = await post(`${route}/save`, values);
    done = savedWords(answer.messages);
    take(answer.text, answer.digest);
    show(answer.messages);
    document.getElementById("notice").replaceChildren();
    showEarlier(document.getElementById("notice"), answer.earlier ?? []);
    say(done);
  } catch (error) {
    if (error instanceof Refused && error.status === 409 && error.answer.theirs)
      await compare(error.answer);
    else sayError(error);
  } finally {
    save.disabled = false;
  }
}

async function compare(answer) {
  const both = element(
    "div",
    { class: "versions" },
    ...[["Yours", area.value], ["The file now", answer.theirs.text]].map(([name, text]) =>
      element("div", {}, element("h3", {}, name), element("pre", { tabindex: "0" }, text)),
    ),
  );
  const choice = await chooseVersion(
    document.getElementById("conflict"), answer, both, true,
  );
  if (choice === "mine") await send({ digest: answer.theirs.digest });
  if (choice === "theirs") {
    const now = await post(`${route}/discard`, named);
    take(now.text, now.digest);
    say("This is the file as it is now. What you had typed is in private/editor/kept.");
    look();
  }
}

area.value = document_.text;
if (document_.recovered !== null) {
  area.value = document_.recovered;
  document.getElementById("notice").append(
    element(
      "div",
      { class: "box warn" },
      element("p", {}, "This is what you had typed and not saved."),
      element(
        "p",
        {},
        element(
          "button",
          {
            type: "button",
            onclick: async (event) => {
              event.target.closest(".box").remove();
              const now = await post(`${route}/discard`, named);
              take(now.text, now.digest);
              look();
              area.focus();
            },
          },
          "Go back to the saved file",
        ),
      ),
    ),
  );
}
show(document_.messages);
mark();
// An address that ends with #line-N leads to that line.
const wanted = Number(/^#line-(\d+)$/.exec(location.hash)?.[1]);
if (wanted) lead({ line: wanted });
area.addEventListener("input", typed);
area.readOnly = false; // what was typed before now could not be kept
save.addEventListener("click", () => send());
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    send();
  }
});
addEventListener("beforeunload", (event) => {
  if (area.value !== saved) event.preventDefault();
});
