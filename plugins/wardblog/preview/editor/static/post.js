// The page of a post: form, text, preview and messages, and what happens when somebody writes.

import { base, embedded, post, say, sayError } from "./api.js";
import { bold, link, list, paragraph, table } from "./post/commands.js";
import { conflictView } from "./post/conflict.js";
import { postForm } from "./post/fields.js";
import { askForLink, confirmed } from "./post/dialogs.js";
import { messageList } from "./post/messages.js";
import { pasting } from "./post/pasting.js";
import { previewOf } from "./post/preview.js";
import { offer } from "./post/recovered.js";
import { syncing } from "./post/sync.js";
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

const read = () => ({ mode: given.mode, fields: fields?.values() ?? {}, text: editor.value() });
const changed = () => sync?.changed();

async function start() {
  if (given.mode === "form") buildForm(given.fields);
  const { paste, drop } = pasting({
    note: byId("pasted"),
    insert: (words) => editor.insert(words),
    select: (from, to) => editor.select(from, to),
    addPicture: (file) => addPicture(file),
  });
  const run = {
    bold: () => editor.edit(bold),
    link: addLink,
    list: () => editor.edit(list),
    picture: () => addPicture(null),
    table: () => editor.edit(table),
  };
  editor = await textEditor(byId("text"), given.text, {
    changed,
    paste,
    drop,
    keys: { "Mod-b": run.bold, "Mod-k": run.link, "Mod-s": () => save() },
  });
  if (given.mode === "form") byId("tools").replaceChildren(toolbar(run));
  preview = previewOf(byId("preview"), given.address);
  const messages = messageList(byId("messages"), goTo);
  const showMessages = (all, elsewhere) => {
    byId("messages").hidden = false;
    messages.show(all, elsewhere);
    const own = all.filter((message) => !message.file);
    fields?.showMessages(own);
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
        preview.show(answer.address ?? "", answer.version ?? answer.digest);
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
  byId("bar").prepend(byId("said"));
  showVisibility(given.state);
  document.body.classList.add("is-ready");
  goToAddress();
}

/** An address that ends with #line-N opens the post at that line of its file. */
function goToAddress() {
  const number = Number(/^#line-(\d+)$/.exec(location.hash)?.[1]);
  if (!number) return;
  const line = number - (given.text_line ?? 1) + 1;
  if (given.mode === "text" || line >= 1) editor.goTo(Math.max(line, 1));
  else if (given.messages?.length) goTo(given.messages[0]);
}

function buildForm(values) {
  fields = postForm(form, values, { changed, tools: { choosePicture, choosePlace, tellPlace } });
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
  byId("save").disabled = kind === "saved" || isConflict;
}

async function save() {
  await sync.save();
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
  byId("publish").hidden = name === "draft" || name === "broken";
}

function goTo(message) {
  showTab("write");
  // On a phone the list covers half of the page.
  if (matchMedia("(max-width: 60rem)").matches) byId("messages").open = false;
  if (message.field && fields?.field(message.field)) {
    fields.reveal(message.field);
    fields.field(message.field).focus(message.position ?? 0);
    byId(`field-${message.field}`).scrollIntoView({ block: "center" });
  } else editor.goTo(message.line ?? 1);
}

async function addLink() {
  const answer = await askForLink(editor.selection());
  editor.focus();
  if (answer) editor.insert(link(answer.words, answer.address));
}

async function addPicture(file) {
  try {
    const pictures = await import("./pictures.js");
    const chosen = await pictures.choosePicture({ file, current: null });
    editor.focus();
    if (chosen) editor.edit(paragraph(pictures.markdownOf(chosen, given.file)));
  } catch (error) {
    sayError(error);
  }
}

async function choosePicture(name, index) {
  try {
    const pictures = await import("./pictures.js");
    const [path, description = ""] = (fields.field(name).values()[index] ?? "").split(" | ");
    const current = path ? { path, description } : null;
    const chosen = await pictures.choosePicture({ file: null, current });
    if (chosen) {
      fields.field(name).setAt(index, pictures.headerOf(chosen));
      changed();
    }
    fields.field(name).focus(index);
  } catch (error) {
    sayError(error);
  }
}

/** Says in `note` what a place of the form stands for. */
async function tellPlace(note, value) {
  const told = await import("./post/place_told.js").catch(() => null);
  await told?.tellPlace(note, value, fields.values());
}

async function choosePlace(name, index) {
  try {
    const { choosePlace: choose } = await import("./places.js");
    const value = fields.field(name).values()[index] ?? "";
    const chosen = await choose({ value, fields: fields.values() });
    if (chosen) {
      fields.field(name).setAt(index, chosen.value);
      const before = fields.values().Precision?.[0] ?? "";
      if (chosen.precision !== before) fields.set("Precision", [chosen.precision].filter(Boolean));
      changed();
    }
    fields.field(name).focus(index);
  } catch (error) {
    sayError(error);
  }
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
  try {
    await post("post/remove", { id: given.id, digest: sync.digest });
    sync.rebase(sync.digest, true);
    location.assign(base);
  } catch (error) {
    sayError(error);
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
byId("remove")?.addEventListener("click", askToRemove);
byId("other-form").addEventListener("click", async (event) => {
  event.preventDefault();
  if (sync.isSaved || (await sync.save())) location.assign(event.target.href);
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s" && !event.altKey) {
    event.preventDefault();
    save();
  }
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && !sync?.isSaved) sync?.checkNow();
});
addEventListener("beforeunload", (event) => {
  if (sync?.isAtRisk) event.preventDefault();
});
start();
