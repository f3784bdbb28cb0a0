// The pages of the office: forms that run a command, and what came of it.
import { Refused, base, base64, element, post, say, sayError } from "./api.js";
import { follow, run } from "./jobs.js";

const tell = (promise) => promise.catch(sayError);
const button = (words, onclick, main = false) =>
  element("button", { type: "button", class: main ? "main" : null, onclick }, words);

for (const form of document.querySelectorAll("form[data-route]")) prepare(form);
prepareShown();

const install = document.getElementById("install");
install?.addEventListener("click", () => tell(installExtra()));

async function installExtra() {
  install.disabled = true;
  const box = document.getElementById("install-box");
  const job = await run(`office/${install.dataset.office}/install`, {}, box, {
    busy: "Fetching it from PyPI. This can take some minutes.",
  });
  if (job.state === "done") location.reload();
  else {
    install.disabled = false;
    say("It was not installed. Check that this computer is connected to the internet.");
  }
}

function prepare(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tell(submit(form));
  });
  // What was done before the page was loaded again, or still runs.
  if (form.dataset.job) tell(followIn(form, form.dataset.job, form.dataset.running !== "true"));
}

async function submit(form) {
  if (form.dataset.busy) return;
  for (const one of form.querySelectorAll("[aria-invalid]")) wrongAt(one, "");
  const [field, words] = emptyIn(form);
  if (field) {
    wrongAt(field, words);
    return;
  }
  // The button keeps the focus meanwhile, which it would lose if it was disabled.
  form.dataset.busy = "true";
  try {
    const values = await valuesOf(form);
    const { job } = await post(form.dataset.route, values);
    await followIn(form, job);
  } finally {
    delete form.dataset.busy;
  }
}

/** The first field that must not be empty and is, with the words for it. */
function emptyIn(form) {
  for (const one of form.elements) {
    if (one.required && !one.value)
      return [one, one.dataset.kind === "upload" ? "Choose a file." : one.tagName === "SELECT" ? "Choose one." : "Fill this in."];
    if (one.dataset.kind === "posts" && !one.querySelector("input:checked")) return [one, "Choose one or more posts."];
  }
  const names = (form.dataset.oneOf || "").split(" ").filter(Boolean);
  const fields = names.map((name) => form.elements[name]);
  if (fields.length && fields.every((one) => !one.value.trim())) {
    const labels = fields.map((one) => `“${form.querySelector(`label[for="${one.id}"]`).textContent}”`);
    return [fields[0], `Fill in ${labels.join(" or ")}.`];
  }
  return [];
}

/** Say at a field what is wrong with it, and lead there; empty words take it back. */
function wrongAt(field, words) {
  const place = document.getElementById(`${field.id}-wrong`);
  if (place) place.textContent = words;
  if (!words) {
    field.removeAttribute("aria-invalid");
    return;
  }
  if (field.tagName !== "FIELDSET") field.setAttribute("aria-invalid", "true");
  say(words);
  field.focus();
}

async function valuesOf(form) {
  const values = {};
  for (const one of form.elements) {
    if (!one.name) continue;
    if (one.dataset.kind === "flag") values[one.name] = one.checked;
    else if (one.dataset.kind === "upload") values[one.name] = await uploadAt(one);
    else values[one.name] = one.value;
  }
  for (const group of form.querySelectorAll('fieldset[data-kind="posts"]')) {
    const chosen = group.querySelectorAll("input:checked");
    values[group.dataset.name] = Array.from(chosen, (one) => one.value);
  }
  return values;
}

/** Hand over the files of a field; what is wrong with them is said at it. */
async function uploadAt(input) {
  try {
    return await upload(input);
  } catch (error) {
    if (error instanceof Refused) wrongAt(input, [error.message, error.hint].filter(Boolean).join(" "));
    throw error;
  }
}

async function upload(input) {
  const files = [...input.files];
  if (!files.length) return "";
  say("Reading the file…");
  const { id, part } = await post("upload/begin", {
    kind: input.dataset.upload,
    names: files.map((file) => file.name),
    sizes: files.map((file) => file.size),
  });
  for (const [number, file] of files.entries())
    for (let at = 0; at < file.size; at += part)
      await post("upload/part", { id, number, at, data: await base64(file.slice(at, at + part)) });
  return id;
}

async function followIn(form, id, hasEnded = false) {
  const box = form.querySelector(".box-of-job");
  const busy = hasEnded ? "" : `${form.dataset.title}: at work…`;
  const job = await follow(id, box, { busy });
  const words = { done: "Done.", failed: "It was not done.", stopped: "It was stopped." }[job.state];
  for (const text of job.texts) box.append(...copyable(text));
  for (const one of job.shown?.made || [])
    box.append(element("p", {}, element("a", { class: "button", href: base + one.link }, `Open ${one.words}`)));
  if (job.left_out) box.append(element("p", { class: "note" }, `and ${job.left_out} more lines`));
  const result = element("h3", { tabindex: "-1", class: job.state === "done" ? "box good" : "box warn" }, words);
  box.prepend(result);
  if (hasEnded) {
    // The page was loaded again for its list: the reader goes on where they were.
    if (sessionStorage.getItem("ended") === id) result.focus();
    sessionStorage.removeItem("ended");
    return;
  }
  say(words);
  result.focus();
  // Its own list has changed; what was said is shown again.
  if (job.shown?.gives === "list") {
    sessionStorage.setItem("ended", id);
    location.reload();
  }
  if (job.state === "done") for (const input of form.querySelectorAll('input[type="file"]')) input.value = "";
}

function copyable(text) {
  const id = `text-${document.querySelectorAll("textarea.copy").length}`;
  const field = element("textarea", { class: "copy", id, readonly: true, rows: "14" });
  field.value = text;
  const copy = button("Copy", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(text);
      say("Copied.");
    } catch {
      say("It is selected. Press Ctrl+C to copy it.");
    }
  });
  return [element("label", { for: id }, "The text"), field, element("div", { class: "actions" }, copy)];
}

function prepareShown() {
  const frame = document.querySelector("iframe.sheet");
  const parts = [...document.querySelectorAll("button[data-frame]")];
  for (const part of parts)
    part.addEventListener("click", () => {
      frame.src = part.dataset.frame;
      for (const one of parts) one.setAttribute("aria-pressed", String(one === part));
    });
  for (const form of document.querySelectorAll("form.password"))
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      tell(keepPassword(form));
    });
  document.getElementById("new-template")?.addEventListener("submit", (event) => {
    event.preventDefault();
    makeTemplate(document.getElementById("template-title"));
  });
  document.getElementById("who")?.addEventListener("click", () => tell(showWho()));
}

async function makeTemplate(field) {
  wrongAt(field, "");
  try {
    const { id } = await post("private/new", { title: field.value });
    location.assign(`${base}private/${id}`);
  } catch (error) {
    wrongAt(field, [error.message, error.hint].filter(Boolean).join(" "));
  }
}

async function keepPassword(form) {
  const input = form.querySelector("input");
  await post("newsletter/password", { name: form.dataset.name, password: input.value });
  input.value = "";
  location.reload();
}

async function showWho() {
  const who = document.getElementById("who");
  const box = document.getElementById("send-box");
  if (who.dataset.busy) return;
  who.dataset.busy = "true";
  let job;
  try {
    job = await run("newsletter/who", {}, box, { quiet: true, busy: "Looking up who gets it…" });
  } finally {
    delete who.dataset.busy;
  }
  const shown = job.shown || {};
  if (!shown.digest) {
    const words = shown.lines?.length ? shown.lines : job.errors.length ? job.errors : ["It was stopped."];
    const result = element("h3", { tabindex: "-1" }, "It cannot be sent yet");
    box.replaceChildren(result, ...words.map((one) => element("p", { class: "box warn line" }, one)));
    say(words[0]);
    result.focus();
    return;
  }
  const words = who.dataset.go;
  const send = button(words, () => tell(sendIt(shown, send)), true);
  const cancel = button("Not now", () => {
    box.replaceChildren();
    who.focus();
  });
  const asked = element("h3", { tabindex: "-1" }, `Press “${words}” ${shown.question}.`);
  box.replaceChildren(
    element(
      "div",
      { class: "box warn" },
      ...shown.lines.map((one) => element("p", { class: "line" }, one)),
      asked,
      element("div", { class: "actions" }, send, cancel),
    ),
  );
  asked.focus();
}

async function sendIt(shown, send) {
  if (send.disabled) return;
  send.disabled = true;
  const box = document.getElementById("send-box");
  const job = await run("newsletter/send", { digest: shown.digest }, box, { busy: "At work…" });
  const words = job.state === "done" ? "Done." : "It was not sent to all of them.";
  const result = element("h3", { tabindex: "-1", class: job.state === "done" ? "box good" : "box warn" }, words);
  box.prepend(result);
  say(words);
  result.focus();
}
