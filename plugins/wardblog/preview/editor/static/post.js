// The page of a post: form, text, preview and messages, and what happens when somebody writes.

import { base, embedded, get, post, say, sayError } from "./api.js";
import { asking } from "./post/asking.js";
import { bold, list } from "./post/commands.js";
import { conflictView } from "./post/conflict.js";
import { postForm } from "./post/fields.js";
import { confirmed } from "./post/dialogs.js";
import { messageList } from "./post/messages.js";
import { pasting } from "./post/pasting.js";
import { previewOf } from "./post/preview.js";
import { offer } from "./post/recovered.js";
import { lastWords, syncing } from "./post/sync.js";
import { textEditor, toolbar } from "./post/text.js";

const byId = (id) => document.getElementById(id);
const given = embedded("document");
const form = embedded("form");
const states = embedded("states");
let fields = null;
let editor = null;
let sync = null;
let preview = null;
let isConflict = false;

const ask = asking({
  file: given.file, fields: () => fields, editor: () => editor, changed: () => changed(),
});
const read = () => ({ mode: given.mode, fields: fields?.values() ?? {}, text: editor.value() });
const changed = () => sync?.changed();

async function start() {
  const address = `post/${given.id}/document${given.mode === "text" ? "?as=text" : ""}`;
  if (!given.recovered.length) given.recovered = await lastWords(given.id, () => get(address));
  if (given.mode === "form") buildForm(given.fields);
  const { paste, drop } = pasting({
    note: byId("pasted"),
    insert: (words) => editor.insert(words),
    select: (from, to) => editor.select(from, to),
    edit: (command) => editor.edit(command),
    value: () => editor.value(),
    focus: () => editor.focus(),
    markPeople: (people) => editor.markPeople(people),
    addPicture: ask.addPicture,
  });
  const run = {
    bold: () => editor.edit(bold),
    link: ask.addLink,
    list: () => editor.edit(list),
    picture: () => ask.addPicture(null),
    table: ask.addTable,
  };
  editor = await textEditor(byId("text"), given.text, {
    changed,
    paste,
    drop,
    margins,
    keys: { "Mod-b": run.bold, "Mod-k": run.link, "Mod-s": () => save() },
  });
  if (given.mode === "form") byId("tools").replaceChildren(toolbar(run));
  preview = previewOf(byId("preview"), { go: goTo });
  showPreview(given);
  const messages = messageList(byId("messages"), goTo);
  const showMessages = (found, elsewhere) => {
    // What the field says of itself comes before what the check says of its last value.
    const all = labelled(
      found.filter((message) => !fields?.isBad(message.field, message.position ?? 0)),
    );
    byId("messages").hidden = false;
    messages.show(all, elsewhere);
    const own = all.filter((message) => !message.file);
    fields?.showMessages(own);
    if (own.some(({ field }) => fields?.isFurther(field))) byId("more").open = true;
    editor.showMessages(own.filter((message) => message.line && !message.field));
  };
  sync = syncing({
    id: given.id,
    file: given.file,
    digest: given.digest,
    read,
    on: {
      version(answer) {
        showMessages(answer.messages ?? [], answer.elsewhere ?? 0);
        showPreview(answer);
      },
      saved: afterSave,
      conflict: showConflict,
      state: showState,
    },
  });
  if (given.recovered.length) offerRecovered(given.recovered);
  else {
    showMessages(given.messages, given.elsewhere);
    showState("Nothing changed yet", "saved");
  }
  byId("save").addEventListener("click", save);
  byId("said-here").append(byId("said"));
  showVisibility(given.state);
  document.body.classList.add("is-ready");
  goToAddress();
}

/** Messages with the names that the form has for their fields. */
const labelled = (messages) => messages.map((message) => (
  { ...message, label: fields?.field(message.field)?.label }));

/** The page of the post, or what must be fixed before the site can be shown. */
function showPreview(answer) {
  const { address = "", version = null, messages = [], elsewhere = 0 } = answer;
  const stops = messages.filter(({ severity }) => severity === "stop");
  if (!answer.is_blocked || !stops.length) preview.show(address, version);
  else {
    const more = elsewhere - stops.filter(({ file }) => file).length;
    preview.show(address, version, labelled(stops), more);
  }
}

/** #line-N in the address leads to that line of the file, and #text to the text. */
function goToAddress() {
  // On a phone the focus would put the keyboard over half of a page that nobody has seen yet.
  if (location.hash === "#text" && !matchMedia("(pointer: coarse)").matches) editor.focus();
  const number = Number(/^#line-(\d+)$/.exec(location.hash)?.[1]);
  if (!number) return;
  const line = number - (given.text_line ?? 1) + 1;
  if (given.mode === "text" || line >= 1) editor.goTo(Math.max(line, 1));
  else if (given.messages?.length) goTo(given.messages[0]);
}

function buildForm(values) {
  fields = postForm(form, values, { changed, tools: ask });
  byId("first").replaceChildren(fields.first);
  byId("about").replaceChildren(fields.about, fields.adders);
  byId("who").replaceChildren(fields.bar);
  byId("further").replaceChildren(fields.further);
  byId("more").open = fields.hasFurther;
}

function showState(words, kind) {
  const state = byId("state");
  if (state.textContent !== words) state.textContent = words;
  state.dataset.kind = kind;
  // The time of each copy is there to be looked up, not to be read out while somebody writes.
  state.setAttribute("aria-live", kind === "writing" || kind === "kept" ? "off" : "polite");
  byId("save").disabled = kind === "saved" || isConflict;
}

async function save() {
  const bad = fields?.firstBad();
  if (!bad) return sync.save();
  fields.reveal(bad);
  fields.field(bad).focusBad();
  showState(`Not saved: ${fields.field(bad).label} has a day or time that does not exist`, "refused");
  byId("save").disabled = false;
  return false;
}

/** The height of the bar where it is fixed. */
const heldBar = () =>
  (getComputedStyle(byId("bar")).position === "fixed" ? byId("bar").offsetHeight : 0);

/** How much of the window is under the buttons above the text, and under the bar. */
function margins() {
  const isHeld = getComputedStyle(byId("tools")).position === "sticky";
  const list = byId("messages").open ? byId("messages").querySelector("ul").offsetHeight : 0;
  const bar = heldBar();
  return { top: (isHeld ? byId("tools").offsetHeight : 0) + 8, bottom: (bar ? bar + list : 0) + 16 };
}

function afterSave(answer) {
  byId("conflict").hidden = true;
  isConflict = false;
  showVisibility(answer.state);
  const title = fields?.values().Title?.[0];
  if (title) {
    byId("title").textContent = title;
    document.title = `${title} – the ward blog`;
  }
}

/** Whether residents will see the post, and then the way to publish it. */
function showVisibility(name) {
  byId("badge").textContent = states[name];
  const isDraft = name === "draft" || name === "leaving";
  byId("remove").hidden = !isDraft;
  byId("not-removed").hidden = isDraft;
  byId("publish").hidden = ["draft", "broken", "live"].includes(name);
}

function goTo(message) {
  showTab("write");
  // On a phone the list covers half of the page.
  if (matchMedia("(max-width: 60rem)").matches) byId("messages").open = false;
  if (message.field && fields?.field(message.field)) {
    fields.reveal(message.field);
    fields.field(message.field).focus(message.position ?? 0);
    byId(`field-${message.field}`).scrollIntoView({ block: "center" });
  } else editor.goTo(message.line ?? 1, message.message);
}

function offerRecovered(texts) {
  offer(byId("recovered"), texts, {
    async use(recovered) {
      await sync.setAside();
      if (recovered.mode !== given.mode) {
        location.assign(`${base}post/${given.id}?as=${recovered.mode}`);
        return;
      }
      if (given.mode === "form") buildForm(recovered.fields);
      editor.set(recovered.text);
      changed();
      editor.focus();
      await sync.keep();
      await post("post/discard", { id: given.id, page: recovered.page });
    },
    async discard(recovered) {
      await post("post/discard", { id: given.id, page: recovered.page });
      say("Discarded. You see the post as it is in its file.");
      sync.check();
    },
  });
  showState("There is text that was not saved: say at the top of the page what to do", "kept");
  byId("save").disabled = true;
}

function showConflict(conflict) {
  isConflict = true;
  conflictView(byId("conflict"), conflict, async (which, text) => {
    try {
      await settle(which, conflict.theirs, text);
      isConflict = false;
      byId("conflict").hidden = true;
      editor.focus();
    } catch (error) {
      sayError(error);
    }
  });
}

/** Does what was chosen about two versions of the file. */
async function settle(which, theirs, text) {
  if (which === "later") return;
  if (which === "chosen" || theirs.mode !== given.mode) {
    const data = which === "chosen"
      ? { mode: "text", fields: {}, text }
      : which === "mine" ? read() : { mode: theirs.mode, fields: theirs.fields, text: theirs.text };
    await post("post/save", {
      id: given.id, file: given.file, page: sync.page, digest: theirs.digest, ...data,
    });
    sync.rebase(theirs.digest, true);
    location.reload();
    return;
  }
  if (which === "theirs") {
    if (given.mode === "form") buildForm(theirs.fields);
    editor.set(theirs.text);
    await post("post/discard", { id: given.id, page: sync.page });
  }
  sync.rebase(theirs.digest, which === "theirs");
  if (which === "mine") await sync.save();
  else sync.check();
}

async function askToRemove() {
  const answer = await confirmed(
    "Remove this draft?",
    "Its file moves to the folder private/editor/kept on this computer, where you can find it.",
    "Remove it",
  );
  if (!answer) return;
  // A copy or a preview that is on its way would ask for a post that is gone.
  await sync.keep().catch(() => {});
  preview.stop();
  try {
    await post("post/remove", { id: given.id, digest: sync.digest });
    sync.rebase(sync.digest, true);
    location.assign(base);
  } catch (error) {
    sayError(error);
    sync.check();
  }
}

function showTab(name) {
  for (const tab of document.querySelectorAll("[data-tab]")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.tab === name));
  }
  byId("sheet").dataset.shown = name;
  if (name === "preview") preview.toStart();
}

for (const tab of document.querySelectorAll("[data-tab]")) {
  tab.addEventListener("click", () => showTab(tab.dataset.tab));
}
byId("remove").addEventListener("click", askToRemove);
byId("other-form").addEventListener("click", async (event) => {
  event.preventDefault();
  if (sync.isSaved || (await save())) location.assign(event.target.href);
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s" && !event.altKey) {
    event.preventDefault();
    save();
  }
});
document.addEventListener("answer-check", async ({ detail }) => {
  if (await ask.answerCheck(detail)) {
    say("Your reason is under “More lines”, “Checks”.");
    byId("messages").querySelector("summary").focus();
  }
});
byId("leave-preview").addEventListener("click", (event) => {
  event.preventDefault();
  editor.focus();
});
// Before the page goes, and also where a browser says that only with one of these.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) sync?.leave();
  else if (!sync?.isSaved) sync?.checkNow();
});
addEventListener("pagehide", () => sync?.leave());
addEventListener("beforeunload", (event) => {
  const isAtRisk = sync?.isAtRisk || fields?.firstBad();
  sync?.leave();
  if (isAtRisk) event.preventDefault();
});
addEventListener("beforeprint", () => {
  byId("title").textContent = fields?.values().Title?.[0] ?? byId("title").textContent;
});
const fit = new ResizeObserver(() => {
  const height = heldBar();
  document.documentElement.style.setProperty("--bar", `${height}px`);
  // A bar that grows over the line that is being written moves it up.
  const below = (editor?.caret?.()?.bottom ?? 0) + 8 - (innerHeight - height);
  if (below > 0 && below < height + 8) scrollBy({ top: below, behavior: "instant" });
});
fit.observe(byId("bar"));
start();
