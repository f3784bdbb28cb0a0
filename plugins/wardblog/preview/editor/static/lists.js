// Adds a list of the council: shows what is in a file, and saves it with what is said about it.

import { base, base64, element, embedded, post, say, sayError, site } from "./api.js";
import { makeField } from "./settings_fields.js";

const PAUSE = 500;
const NEW = "new";
const page = embedded("document");
const found = document.getElementById("found");
const chooser = document.getElementById("file");
const drop = document.getElementById("drop");
let looked = "";
let update = "";
let fields = [];
let issueField, newIssue, fileName, keepsOld, result, actions;
let timer = 0;
let asked = 0;
let url = "";

const called = (name) => fields.find((field) => field.key.name === name);

/** What the form says about the list. */
function choices() {
  const values = Object.fromEntries(fields.map((field) => [field.key.name, field.box.value]));
  const isNew = issueField.value === NEW;
  values.issue = isNew ? "" : issueField.value;
  return {
    looked,
    values,
    new_issue: isNew ? newIssue.value.trim() : "",
    update,
    file_name: update ? "" : fileName.value.trim(),
    keeps_old: update ? keepsOld.checked : false,
  };
}

function labelled(words, help, control, wrong = null) {
  const id = control.id;
  return element(
    "div",
    { class: "field" },
    element("label", { for: id }, words),
    help ? element("span", { class: "help", id: `${id}-help` }, help) : null,
    control,
    wrong,
  );
}

/** Say at the issue that it is missing. */
function showIssue(messages) {
  const [missing] = messages.filter((one) => one.key === "issue" && one.severity === "stop");
  document.getElementById("issue-wrong").replaceChildren(
    missing ? element("p", { class: "wrong" }, missing.message, element("span", { class: "hint" }, missing.hint)) : "",
  );
  if (missing) issueField.setAttribute("aria-invalid", "true");
  else issueField.removeAttribute("aria-invalid");
}

/** The form below the result: where the list belongs, and what is said about it. */
function makeForm(values) {
  const keys = page.keys.filter((key) => key.name !== "issue" && key.name !== "name_column");
  const column = page.keys.find((key) => key.name === "name_column");
  fields = keys.map((key) => makeField(key, values[key.name] ?? ""));
  const columns = makeField(
    { ...column, kind: "choice", choices: [["", "found automatically"]], usual: "" },
    values.name_column ?? "",
  );
  fields.splice(1, 0, columns);
  issueField = element(
    "select",
    { id: "issue", "aria-required": "true", "aria-describedby": "issue-help issue-wrong" },
    element("option", { value: "" }, "Choose an issue"),
    ...page.issues.map((name) => element("option", { value: name, selected: name === values.issue }, name)),
    element("option", { value: NEW }, "A new issue…"),
  );
  newIssue = element("input", { id: "new-issue", type: "text", autocomplete: "off" });
  const newBox = labelled("Name of the new issue", "Such as Grit bins. You can say more about it under Settings.", newIssue);
  const showNew = () => (newBox.hidden = issueField.value !== NEW);
  issueField.addEventListener("input", showNew);
  showNew();
  fileName = element("input", { id: "file-name", type: "text", autocomplete: "off" });
  keepsOld = element("input", { type: "checkbox", id: "keeps-old", checked: true });
  const form = element(
    "div",
    { class: "options" },
    element("h2", {}, "About the list"),
    labelled("Issue", "The issue that the list belongs to.", issueField, element("div", { id: "issue-wrong", class: "wrongs" })),
    newBox,
    update
      ? element("p", {}, element("label", { class: "check" }, keepsOld, "Keep the list before this one, and show what changed"))
      : labelled("Name of the file", "Residents download it under this name. Use small letters and hyphens.", fileName),
    ...fields.map((field) => field.node),
  );
  form.addEventListener("input", () => {
    showOnly();
    say("");
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  showOnly();
  return form;
}

/** Hide the fields that do not count with the others as they are. */
function showOnly() {
  for (const field of fields) {
    if (!field.key.only_for) continue;
    const [other, needed] = field.key.only_for;
    field.node.hidden = !needed.includes(called(other).box.value);
  }
}

/** The columns of the file, for the choice of the one with the names. */
function offerColumns(names) {
  const field = called("name_column");
  const value = field.box.value;
  field.box.replaceChildren(
    element("option", { value: "" }, "found automatically"),
    ...names.map((name) => element("option", { value: name, selected: name === value }, name)),
  );
}

function table(heads, rows, className = "") {
  return element(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": heads.join(", ") },
    element(
      "table",
      { class: className },
      element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
      element("tbody", {}, ...rows),
    ),
  );
}

const cell = (words, className = "") => element("td", { class: className || null }, words);

function columnsTable(columns) {
  return table(
    ["Column", "Used as", "Examples"],
    columns.map((one) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, one.name),
        element(
          "td",
          {},
          element("span", { class: one.role.startsWith("left out") ? "out" : "" }, one.role),
          one.why ? element("span", { class: "hint" }, one.why) : null,
        ),
        cell(one.examples.join(", ")),
      ),
    ),
    "columns",
  );
}

function messagesList(messages) {
  return element(
    "ul",
    { class: "messages" },
    ...messages.map((one) =>
      element(
        "li",
        { class: one.severity },
        element("p", {}, element("strong", {}, one.line ? `Line ${one.line}: ` : ""), one.message),
        one.hint ? element("p", { class: "note" }, one.hint) : null,
      ),
    ),
  );
}

function changesOf(changes) {
  if (!changes) return null;
  const part = (words, names) =>
    names.length
      ? element("details", {}, element("summary", {}, `${words}: ${names.length}`), element("ul", {}, ...names.map((name) => element("li", {}, name))))
      : null;
  return element(
    "section",
    {},
    element("h3", {}, "What changed"),
    element("p", {}, changes.sentence ? `${changes.sentence}.` : "Neither list has a place that is shown."),
    part("New", changes.new),
    part("Moved", changes.moved),
    part("Gone", changes.gone),
  );
}

function placesOf(answer) {
  if (answer.table)
    return table(answer.table.heads, answer.table.rows.map((row) => element("tr", {}, ...row.map((words) => cell(words)))));
  if (!answer.places.length) return element("p", {}, "No place of this list would be shown.");
  return element(
    "ol",
    { class: "numbers" },
    ...answer.places.map((place) =>
      element(
        "li",
        {},
        place.name,
        [place.number && `number ${place.number}`, place.progress, place.exact]
          .filter(Boolean)
          .map((words) => `, ${words}`)
          .join(""),
        place.about ? element("span", { class: "hint" }, place.about) : null,
      ),
    ),
  );
}

function mapOf(svg, words) {
  if (url) URL.revokeObjectURL(url);
  url = "";
  if (!svg) return null;
  url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  return element("figure", { class: "map" }, element("img", { src: url, alt: `The places of the list on the map. ${words}` }));
}

function show(answer) {
  looked = answer.looked;
  offerColumns(answer.names);
  if (!update && !fileName.value) fileName.value = answer.name;
  showIssue(answer.messages);
  for (const field of fields)
    field.said(answer.messages.filter((one) => one.key === field.key.name && one.severity !== "note"));
  const stops = answer.messages.filter((one) => one.severity === "stop").length;
  const save = element("button", { type: "button", class: "main", onclick: send }, "Save the list");
  save.disabled = stops > 0 || !answer.summary;
  const number = answer.rows.toLocaleString("en-GB");
  result.replaceChildren(
    element("h2", {}, "What is in it"),
    element("p", {}, `${number} ${answer.rows === 1 ? "row" : "rows"}. ${answer.summary}`),
    answer.messages.length ? messagesList(answer.messages) : "",
    element(
      "div",
      { class: "two" },
      element("div", {}, element("h3", {}, "The columns"), columnsTable(answer.columns)),
      element(
        "div",
        {},
        element("h3", {}, "What residents would see"),
        mapOf(answer.map, answer.summary) ?? "",
        placesOf(answer),
        changesOf(answer.changes) ?? "",
      ),
    ),
  );
  actions.replaceChildren(
    save,
    element("span", { class: "note" }, stops ? "Fix it first, or choose another file." : `It will be saved as ${answer.file}.`),
  );
  say(stops ? `There ${stops === 1 ? "is 1 thing" : `are ${stops} things`} to fix first.` : answer.summary);
}

function offerInstall(answer) {
  looked = answer.looked;
  const button = element(
    "button",
    {
      type: "button",
      class: "main",
      onclick: async () => {
        button.disabled = true;
        say("Installing. This takes a moment.");
        try {
          await post("lists/install-sheets");
          await look();
        } catch (error) {
          sayError(error);
          button.disabled = false;
        }
      },
    },
    "Install it",
  );
  result.replaceChildren(
    element(
      "div",
      { class: "box warn" },
      element("p", {}, `To read spreadsheets, a small library is needed (${answer.megabytes} MB). It is fetched from the internet once.`),
      element("p", {}, button, " Or save the list as CSV from your spreadsheet program, and choose that."),
    ),
  );
  button.focus();
}

async function look(file = {}) {
  const mine = ++asked;
  try {
    const answer = await post("lists/look", { name: "", data: "", ...choices(), ...file });
    if (mine !== asked) return;
    if (answer.needs) offerInstall(answer);
    else if (file.data && !update && answer.fits && !issueField.value) {
      issueField.value = answer.fits; // the name of the file says it
      looked = answer.looked;
      await look();
    } else show(answer);
  } catch (error) {
    if (mine !== asked) return;
    if (file.data) result.replaceChildren(element("div", { class: "box stop" }, element("p", {}, error.message), element("p", {}, error.hint ?? "")));
    sayError(error);
  }
}

async function take(file) {
  if (!file) return;
  if (file.size > page.most) {
    say("The file is larger than 30 MB. Leave out what residents do not need.");
    return;
  }
  say(`Reading ${file.name}…`);
  try {
    const values = update ? (await post("lists/values", { file: update })).values : {};
    result = element("section", {});
    actions = element("div", { class: "actions bar" });
    looked = "";
    found.replaceChildren(result, makeForm(values), actions);
    await look({ name: file.name, data: await base64(file) });
    const heading = result.querySelector("h2");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus();
    }
  } catch (error) {
    sayError(error);
  }
}

async function send(event) {
  event.target.disabled = true;
  clearTimeout(timer);
  try {
    const answer = await post("lists/save", choices());
    const actions = [element("a", { class: "button", href: site + answer.address, target: "_blank", rel: "noreferrer" }, `See ${answer.issue}`)];
    if (answer.changed)
      actions.unshift(
        element("button", { type: "button", class: "main", onclick: () => startPost(answer.list) }, "Start a post about what changed"),
      );
    found.replaceChildren(
      element(
        "div",
        { class: "box good" },
        element("p", {}, `Saved as ${answer.file}.`),
        answer.changed ? element("p", {}, `${answer.changed}.`) : "",
        answer.unused ? element("p", {}, `No list uses ${answer.unused} any more. It stays in the content folder until you delete it.`) : "",
        element("div", { class: "actions" }, ...actions, element("a", { class: "button", href: `${base}lists` }, "All lists")),
      ),
    );
    found.querySelector("button, a").focus();
    say("Saved.");
  } catch (error) {
    sayError(error);
    event.target.disabled = false;
  }
}

async function startPost(list) {
  try {
    const { id } = await post("lists/post", { list });
    location.href = `${base}post/${id}`;
  } catch (error) {
    sayError(error);
  }
}

function chooseUpdate(file, title) {
  update = file;
  document.getElementById("add-title").textContent = `Update: ${title}`;
  const about = document.getElementById("about-update");
  about.hidden = false;
  about.textContent = "Choose the newer file. The list before it can stay, so that the page says what changed.";
  found.replaceChildren();
  chooser.value = "";
  chooser.focus();
}

for (const button of document.querySelectorAll(".update"))
  button.addEventListener("click", () =>
    chooseUpdate(button.dataset.file, button.closest("li").querySelector("strong").textContent),
  );
if (page.update)
  document.querySelector(`.update[data-file="${CSS.escape(page.update)}"]`)?.click();
chooser.addEventListener("change", () => take(chooser.files[0]));
for (const name of ["dragenter", "dragover"])
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
for (const name of ["dragleave", "drop"])
  drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer.files[0]);
});
