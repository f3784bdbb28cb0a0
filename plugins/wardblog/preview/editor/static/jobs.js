// Follows a command that runs on this computer: what it says, how far it is, and what it asks.
import { Gone, base, element, get, post, say, sayError } from "./api.js";

const SOON = 300;
const LATER = 1000;
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * Show a job inside `box` until it has ended, and resolve to its last answer.
 * `options.quiet` leaves out what it said if it went well; `options.busy` is what is said meanwhile.
 */
export async function follow(id, box, options = {}) {
  const lines = element("div", { class: "lines" });
  // A bar without a value moves, for which a browser paints the page again and again.
  const bar = element("progress", { "aria-label": options.busy || "Progress", hidden: true });
  const amount = element("p", { class: "note amount" }, "Working…");
  const question = element("div", { class: "question" });
  const stop = element("button", { type: "button" }, "Stop");
  stop.addEventListener("click", async () => {
    stop.disabled = true;
    say("Stopping…");
    await post(`job/${id}/stop`).catch(() => {});
  });
  const running = element("div", { class: "running" }, bar, amount, stop);
  box.replaceChildren(lines, question, running);
  if (options.busy) say(options.busy);
  const seen = { next: 0, asked: 0, texts: [], problems: [] };
  for (let asked = 0; ; asked++) {
    let job;
    try {
      job = await get(`job/${id}?since=${seen.next}`);
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      say("The editor on this computer does not answer. Start it again with: make write");
      await wait(2 * LATER);
      continue;
    }
    seen.next = job.next;
    for (const message of job.messages) {
      if (message.kind === "text") seen.texts.push(message.value);
      else if (message.kind === "problem") {
        seen.problems.push(message.value);
        lines.append(problemBox(message.value));
      } else if (!options.quiet || message.kind === "error") lines.append(line(message));
    }
    showProgress(bar, amount, job.progress);
    showQuestion(question, job, seen);
    running.hidden = job.state === "asking";
    if (!["running", "asking"].includes(job.state)) {
      running.remove();
      question.remove();
      return { ...job, texts: seen.texts, problems: seen.problems, errors: errorsIn(lines) };
    }
    await wait(asked < 10 ? SOON : LATER);
  }
}

// A rule that the command draws across a terminal means nothing on a page.
const RULE = /^-{20,}\n?/gm;

const line = (message) =>
  element("p", { class: message.kind === "error" ? "line error" : "line" }, String(message.value).replace(RULE, "").trim());

/** What is wrong in a file, with a link to where it is fixed. */
export function problemBox([message, hint, where, link, words, links]) {
  return element(
    "div",
    { class: "box warn" },
    element("strong", {}, sentence(message)),
    hint ? element("p", { class: "note" }, hint) : null,
    ...links.map(([path, name]) => element("p", {}, element("a", { href: base + path }, name))),
    element("p", {}, link ? element("a", { href: base + link }, words) : `In ${where}`),
  );
}

/** Words as a sentence. */
export const sentence = (words) => {
  const first = words.slice(0, 1).toUpperCase() + words.slice(1);
  return /[.!?…]["”)]?$/.test(first) ? first : `${first}.`;
};

const errorsIn = (lines) => [...lines.querySelectorAll(".error")].map((one) => one.textContent);

function showProgress(bar, amount, progress) {
  if (!progress) return;
  const [words, done, total] = progress;
  bar.max = Math.max(total, 1);
  bar.value = done;
  bar.hidden = false;
  amount.textContent = words;
}

function showQuestion(box, job, seen) {
  const [number, ending] = job.question || [0, ""];
  if (number === seen.asked) return;
  seen.asked = number;
  box.replaceChildren();
  if (!number) return;
  const words = `Press “Yes” ${ending}.`;
  const reply = async (yes) => {
    try {
      await post(`job/${job.id}/answer`, { number, yes });
      box.replaceChildren();
    } catch (error) {
      sayError(error);
    }
  };
  const yes = element("button", { type: "button", class: "main", onclick: () => reply(true) }, "Yes");
  const no = element("button", { type: "button", onclick: () => reply(false) }, "No");
  const asked = element("h3", { tabindex: "-1" }, words);
  box.append(element("div", { class: "box warn" }, asked, element("div", { class: "actions" }, yes, no)));
  say(words);
  asked.focus();
}

/** Start a job with a POST to `route`, and follow it. */
export async function run(route, data, box, options = {}) {
  const { job } = await post(route, data);
  return follow(job, box, options);
}
