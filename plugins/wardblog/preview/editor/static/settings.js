// A form of settings: made from the table of settings, kept while it is typed, saved at once.

import { element, embedded, post, Refused, say, sayError } from "./api.js";
import { makeField } from "./settings_fields.js";
import { chooseVersion, savedWords, showEarlier, showProblems } from "./settings_problems.js";

const PAUSE = 500;
const first = embedded("document");
const place = document.getElementById("form");
const problems = document.getElementById("problems");
const save = document.getElementById("save");
const state = document.getElementById("state");
const ask = document.getElementById("ask");
let form = first;
let tables = [];
let saved = "";
let done = "Nothing changed yet.";
let timer = 0;

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** What the form has, as the server takes it. */
const values = () =>
  Object.fromEntries(
    tables.map(({ table, entries }) => [
      table.name,
      entries.map((entry) => ({
        before: entry.before,
        values: Object.fromEntries(entry.fields.map((field) => [field.key.name, field.value()])),
      })),
    ]),
  );

const isChanged = () => JSON.stringify(values()) !== saved;

function mark() {
  state.textContent = isChanged() ? "Not saved yet." : done;
}

/** Say what depends on the other fields, and on the number of an entry. */
function update() {
  for (const { entries, table } of tables)
    entries.forEach((entry, number) => {
      entry.update(table);
      for (const field of entry.fields) field.counted?.(number);
    });
}

function typed() {
  mark();
  say("");
  update();
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
}

async function look() {
  try {
    const sent = { group: form.group, digest: form.digest, entries: values() };
    const answer = await post("settings/look", sent);
    if (answer.changed)
      say(`${form.file} was changed by another program. When you save, you see both versions.`);
    else show(answer.messages);
  } catch (error) {
    sayError(error);
  }
}

/** Open and focus the field that the address ends with, as in #field-dataset-0-source. */
function goToAddress() {
  const [, table, number, key] = /^#field-(\w*)-(\d+)-(\w+)$/.exec(location.hash) ?? [];
  const field = key && fieldOf({ table, number: Number(number), key });
  if (field) lead(field);
}

function lead(field) {
  const folded = field.node.closest("details");
  if (folded) folded.open = true;
  field.box.focus();
}

/** The field that a message is about; undefined if it is about the whole file. */
function fieldOf(message) {
  const found = tables.find(({ table }) => table.name === message.table);
  const entry = found?.entries[message.number] ?? found?.entries[0];
  return entry?.fields.find((field) => field.key.name === message.key);
}

function show(messages) {
  for (const { entries } of tables)
    for (const entry of entries)
      for (const field of entry.fields)
        field.said(messages.filter((one) => fieldOf(one) === field));
  showProblems(problems, messages, (one) => {
    const field = fieldOf(one);
    if (!field) {
      location.href = document.querySelector('a[href*="settings/text/"]').href;
      return;
    }
    lead(field);
  });
}

/** An entry of a table: its fields and, if the table repeats, what can be done with it. */
function makeEntry(shown, table, given) {
  const fields = table.keys.map((key) =>
    makeField(key, given.values[key.name] ?? (["list", "days"].includes(key.kind) ? [] : "")),
  );
  const called = (name) => fields.find((field) => field.key.name === name);
  const title = element("span", { class: "title" });
  const entry = {
    before: given.before,
    fields,
    update() {
      for (const field of fields) {
        if (!field.key.only_for) continue;
        const [other, needed] = field.key.only_for;
        const value = field.value();
        const isSaid = value.length && value !== field.key.usual;
        field.node.hidden = !needed.includes(called(other).box.value) && !isSaid;
      }
      title.textContent =
        called(table.title)?.value() || called(table.or_title)?.value() || `New ${table.one}`;
    },
  };
  const inner = element("div", { class: "fields" }, ...fields.map((field) => field.node));
  if (!table.repeats) {
    entry.node = inner;
  } else {
    const button = (words, onclick) =>
      element(
        "button",
        { type: "button", class: "small", onclick },
        words,
        element("span", { class: "hidden-visually" }, ` ${table.one}`),
      );
    const tools = element(
      "div",
      { class: "actions" },
      button("Move up", () => move(shown, entry, -1)),
      button("Move down", () => move(shown, entry, 1)),
      button("Remove", () => remove(shown, entry)),
    );
    entry.node = element("details", { class: "entry" }, element("summary", {}, title), inner, tools);
  }
  entry.update();
  return entry;
}

function move(shown, entry, by) {
  const at = shown.entries.indexOf(entry);
  const other = shown.entries[at + by];
  if (!other) {
    say(by < 0 ? "It is the first already." : "It is the last already.");
    return;
  }
  shown.entries[at] = other;
  shown.entries[at + by] = entry;
  const focused = document.activeElement;
  if (by < 0) other.node.before(entry.node);
  else other.node.after(entry.node);
  focused?.focus();
  say(`Now number ${at + by + 1} of ${shown.entries.length}.`);
  typed();
}

async function remove(shown, entry) {
  const name = entry.node.querySelector(".title").textContent;
  const words = [`“${name}” will be removed when you save.`];
  if (shown.table.name === "issue" && entry.before !== null) {
    try {
      const use = await post("settings/issue-use", { number: entry.before });
      words.push(...usedBy(use), `Its page ${use.address} will no longer exist.`);
    } catch (error) {
      sayError(error);
      return;
    }
  }
  if ((await question(`Remove ${shown.table.one}?`, words, ["Remove", "Keep it"])) !== "Remove") return;
  shown.entries.splice(shown.entries.indexOf(entry), 1);
  entry.node.remove();
  shown.add.hidden = false;
  shown.add.focus();
  say(`${capital(shown.table.one)} removed. Save to write it.`);
  typed();
}

function usedBy(use) {
  const words = [];
  if (use.posts) {
    const more = use.posts > use.some.length ? " and others" : "";
    words.push(
      `${use.posts} ${use.posts === 1 ? "post has" : "posts have"} it among the tags: ` +
        `${use.some.join(", ")}${more}.`,
    );
  }
  if (use.lists.length) words.push(`These lists belong to it: ${use.lists.join(", ")}.`);
  return words;
}

/** Ask something; resolves to the words on the button, or the last ones if it is closed. */
function question(title, words, buttons) {
  return new Promise((resolve) => {
    const choose = (choice) => () => {
      ask.close();
      resolve(choice);
    };
    ask.replaceChildren(
      element("h2", { id: "ask-title" }, title),
      ...words.map((one) => element("p", {}, one)),
      element(
        "div",
        { class: "actions" },
        ...buttons.map((one) => element("button", { type: "button", onclick: choose(one) }, one)),
      ),
    );
    ask.addEventListener("cancel", () => resolve(buttons.at(-1)), { once: true });
    ask.showModal();
  });
}

function makeTable(table) {
  const shown = { table, entries: [] };
  const list = element("div", { class: "entries" });
  shown.entries = table.entries.map((entry) => makeEntry(shown, table, entry));
  list.append(...shown.entries.map((entry) => entry.node));
  const heading = element("h2", {}, table.label);
  shown.node = element("section", { class: "table" }, heading);
  if (table.help) shown.node.append(element("p", {}, table.help));
  shown.node.append(list);
  if (table.repeats) {
    shown.add = element("button", { type: "button" }, `Add ${/^[aeiou]/.test(table.one) ? "an" : "a"} ${table.one}`);
    const isFull = () => table.most && shown.entries.length >= table.most;
    shown.add.hidden = Boolean(isFull());
    shown.add.addEventListener("click", () => {
      const entry = makeEntry(shown, table, { before: null, values: {} });
      shown.entries.push(entry);
      list.append(entry.node);
      entry.node.open = true;
      entry.fields[0].box.focus();
      shown.add.hidden = Boolean(isFull());
      typed();
    });
    shown.node.append(shown.add);
    if (shown.entries.length === 1) shown.entries[0].node.open = true;
  }
  return shown;
}

/** Show a form; `entries` are values to show in place of the saved ones. */
function build(given, entries = null) {
  form = given;
  tables = form.tables.map(makeTable);
  saved = JSON.stringify(values());
  if (entries) {
    tables = form.tables.map((table) =>
      makeTable({ ...table, entries: entries[table.name] ?? table.entries }),
    );
  }
  place.replaceChildren(...tables.map((shown) => shown.node));
  update();
  mark();
}

/** Where the focus is in the form: what puts it there again once the form was rebuilt. */
function keptFocus() {
  const box = document.activeElement;
  const find = (list, has) => list.findIndex(has);
  const table = find(tables, ({ entries }) => entries.some((e) => e.fields.some((f) => f.box === box)));
  if (table < 0) return () => save.focus();
  const { entries } = tables[table];
  const entry = find(entries, (e) => e.fields.some((f) => f.box === box));
  const field = find(entries[entry].fields, (f) => f.box === box);
  const { selectionStart: start, selectionEnd: end } = box;
  return () => {
    const same = tables[table].entries[entry]?.fields[field]?.box ?? save;
    same.focus({ preventScroll: same !== save });
    if (start != null && same.setSelectionRange) same.setSelectionRange(start, end);
  };
}

/** What follows an issue with another name: its old address, its posts and its lists. */
async function followers() {
  const issues = tables.find(({ table }) => table.name === "issue");
  if (!issues) return false;
  const renamed = issues.entries.filter((entry) => {
    const before = form.tables.find((t) => t.name === "issue").entries[entry.before];
    const name = entry.fields.find((field) => field.key.name === "name").value();
    return entry.before !== null && before?.values.name && name && name !== before.values.name;
  });
  const words = [];
  for (const entry of renamed) {
    const use = await post("settings/issue-use", { number: entry.before });
    words.push(`“${use.name}” is being renamed.`, ...usedBy(use));
  }
  if (!words.length) return false;
  words.push("Should they be changed too? The earlier address of its page then redirects to the new one.");
  const choice = await question("Rename the issue?", words, ["Yes, change them all", "No", "Cancel"]);
  return choice === "Cancel" ? null : choice !== "No";
}

async function send(more = {}) {
  const focusAgain = keptFocus();
  clearTimeout(timer);
  save.disabled = true;
  try {
    const follow = await followers();
    if (follow === null) return;
    const sent = { group: form.group, digest: form.digest, entries: values(), follow, ...more };
    const open = tables.map(({ entries }) => entries.map((entry) => entry.node.open));
    const answer = await post("settings/save", sent);
    document.getElementById("notice").replaceChildren();
    showEarlier(document.getElementById("notice"), answer.earlier);
    done = savedWords(answer.form.messages);
    build(answer.form);
    tables.forEach(({ entries }, n) =>
      entries.forEach((entry, m) => {
        if (entry.node.open !== undefined) entry.node.open = open[n]?.[m] ?? false;
      }),
    );
    show(answer.form.messages);
    say(done);
  } catch (error) {
    if (error instanceof Refused && error.status === 409 && error.answer.theirs)
      await compare(error.answer);
    else sayError(error);
  } finally {
    save.disabled = false;
    focusAgain();
  }
}

async function compare(answer) {
  const heads = ["Field", "Yours", "The other"];
  const head = element("tr", {}, ...heads.map((x) => element("th", { scope: "col" }, x)));
  const rows = answer.rows.map((row) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, row.field),
      element("td", {}, row.mine || "–"),
      element("td", {}, row.theirs || "–"),
    ),
  );
  const table = rows.length
    ? element("table", { class: "compare" }, element("thead", {}, head), element("tbody", {}, ...rows))
    : element("p", {}, "In these fields, both are the same.");
  const choice = await chooseVersion(
    document.getElementById("conflict"), answer, table, answer.can_replace,
  );
  if (choice === "mine") await send({ digest: answer.theirs.digest });
  if (choice === "theirs") await goBack("These are the settings as they are now. Yours are in private/editor/kept.");
}

async function goBack(words) {
  try {
    const answer = await post("settings/discard", { group: form.group });
    document.getElementById("notice").replaceChildren();
    done = "Nothing changed yet.";
    build(answer.form);
    show(answer.form.messages);
    say(words);
  } catch (error) {
    sayError(error);
  }
}

function start() {
  if (first.broken) {
    const link = document.querySelector('a[href*="settings/text/"]').href;
    place.replaceChildren(
      element(
        "div",
        { class: "box stop" },
        element("p", {}, `${first.broken.message}. ${first.broken.hint}`),
        element("p", {}, element("a", { href: link, class: "button" }, "Show the file as text")),
      ),
    );
    save.hidden = true;
    state.hidden = true;
    return;
  }
  build(first, first.recovered?.entries);
  if (first.recovered && isChanged()) {
    const back = () => goBack("These are the saved settings.");
    document.getElementById("notice").append(
      element(
        "div",
        { class: "box warn" },
        element("p", {}, "This is what you had typed and not saved."),
        element("p", {}, element("button", { type: "button", onclick: back }, "Go back to the saved settings")),
      ),
    );
  }
  show(first.messages);
  goToAddress();
  addEventListener("hashchange", goToAddress);
  place.addEventListener("input", typed);
  save.addEventListener("click", () => send());
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      send();
    }
  });
  addEventListener("beforeunload", (event) => {
    if (isChanged()) event.preventDefault();
  });
}

start();
