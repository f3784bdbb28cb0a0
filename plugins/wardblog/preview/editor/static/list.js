// The list of posts: search as you type, filters, and a new post.

import { base, element, embedded, post, sayError } from "./api.js";

const AT_ONCE = 50;
const byId = (id) => document.getElementById(id);
const states = embedded("states");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const rows = embedded("rows").map((row) => ({
  ...row,
  words: plain(`${row.title} ${row.tags.join(" ")} ${row.day} ${row.file}`),
  names: row.tags.map(plain),
}));
let shown = AT_ONCE;

function matching() {
  const words = plain(byId("search").value).split(/\s+/).filter(Boolean);
  const issue = plain(byId("by-issue").value);
  const state = byId("by-state").value;
  return rows.filter(
    (row) =>
      (!state || row.state === state) &&
      (!issue || row.names.includes(issue)) &&
      words.every((word) => row.words.includes(word)),
  );
}

function show() {
  const found = matching();
  byId("list").replaceChildren(...found.slice(0, shown).map(item));
  byId("more").hidden = found.length <= shown;
  const number = found.length.toLocaleString("en-GB");
  const count = found.length === rows.length ? `${number} in all` : `${number} found`;
  byId("count").textContent = found.length ? count : "Nothing found. Try fewer words.";
}

function item(row) {
  const [date] = row.day.split(" ");
  const about = row.kind === "page" ? "Page" : [dateWords(date), ...row.tags].filter(Boolean).join(", ");
  return element(
    "li",
    {},
    element("a", { href: `${base}post/${row.id}`, text: row.title }),
    element("span", { class: `state ${row.state}`, text: states[row.state] }),
    element("span", { class: "about", text: about }),
  );
}

function dateWords(date) {
  const moment = /^\d{4}-\d\d-\d\d$/.test(date) ? new Date(`${date}T12:00`) : null;
  return moment && !Number.isNaN(moment.valueOf()) ? day.format(moment) : date;
}

function again() {
  shown = AT_ONCE;
  show();
}

async function writeNew(event) {
  event.preventDefault();
  const title = byId("title");
  const wrong = byId("new-wrong");
  wrong.textContent = "";
  title.removeAttribute("aria-invalid");
  try {
    if (!title.value.trim()) throw new Error("Write a title first. You can change it later.");
    const data = { title: title.value.trim(), tags: byId("issue").value };
    const { id } = await post("post/new", data);
    location.assign(`${base}post/${id}#text`);
  } catch (error) {
    wrong.textContent = [error.message, error.hint].filter(Boolean).join(" ");
    title.setAttribute("aria-invalid", "true");
    title.focus();
  }
}

async function restore(event) {
  try {
    const { id: given, page } = event.target.dataset;
    const { id } = await post("post/restore", { id: given, page });
    location.assign(`${base}post/${id}`);
  } catch (error) {
    sayError(error);
  }
}

for (const one of document.querySelectorAll(".restore")) one.addEventListener("click", restore);
byId("new").addEventListener("submit", writeNew);
if (rows.length) {
  byId("search").addEventListener("input", again);
  byId("by-issue").addEventListener("change", again);
  byId("by-state").addEventListener("change", again);
  byId("more").addEventListener("click", () => {
    const first = shown;
    shown += AT_ONCE;
    show();
    byId("list").children[first]?.querySelector("a").focus();
  });
  show();
}
