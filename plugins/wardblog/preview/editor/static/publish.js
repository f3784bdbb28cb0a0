// The page that publishes: the plan in words, one button, and what happened.
import { base, element, post, say, sayError } from "./api.js";
import { follow, run } from "./jobs.js";

const section = document.getElementById("plan");
const title = document.getElementById("plan-title");
const now = document.getElementById("now");
const live = document.getElementById("live");
const earlierBox = document.getElementById("earlier-box");
const earlierButton = document.getElementById("earlier");
// The first plan comes by itself, and must not take the focus from where the reader is.
let isAsked = false;
// How many addresses are shown before the rest is folded.
const FEW = 12;

const heading = (words) => (title.textContent = words);
const link = (href, words, attributes = {}) => element("a", { href, ...attributes }, words);
const outside = (href, words) => link(href, words, { target: "_blank", rel: "noreferrer" });
const button = (words, onclick, main = false) =>
  element("button", { type: "button", class: main ? "main" : null, onclick }, words);

async function showPlan(reason = "") {
  heading("What would change");
  now.replaceChildren(reason ? element("p", { class: "box warn" }, reason) : "");
  const box = element("div");
  now.append(box);
  const busy = "Reading your posts and comparing them with what is live…";
  box.append(element("p", {}, busy));
  const job = await run("publish/plan", {}, box, { quiet: true, busy });
  show(job, reason);
}

function show(job, reason = "") {
  const plan = job.shown || {};
  const before = reason ? [element("p", { class: "box warn" }, reason)] : [];
  if (plan.digest) now.replaceChildren(...before, ...planned(plan, job));
  else if ((plan.problems || []).length) now.replaceChildren(...problems(plan));
  else now.replaceChildren(...failed(job));
  if (!plan.digest) live.replaceChildren(element("p", {}, "This is shown when the plan can be made. Residents still read what was published last."));
  if (isAsked) title.focus();
  isAsked = true;
}

function problems(plan) {
  const stops = plan.problems.filter((one) => one.severity === "stop");
  heading(stops.length === 1 ? "One thing to put right first" : `${stops.length} things to put right first`);
  say(`${title.textContent}. Nothing was published.`);
  return [
    element("p", {}, "Nothing is published until these are right."),
    problemList(stops),
    element("div", { class: "actions" }, button("Look again", () => tell(showPlan()), true)),
  ];
}

const problemList = (found) =>
  element(
    "ul",
    { class: "plain problems" },
    ...found.map((one) =>
      element(
        "li",
        {},
        element("strong", {}, one.message),
        one.hint ? element("p", { class: "note" }, one.hint) : null,
        one.link
          ? link(base + one.link, `Open ${one.file}${one.line ? `, line ${one.line}` : ""}`)
          : element("p", { class: "note" }, `In ${one.file}`),
      ),
    ),
  );

function failed(job) {
  heading("This could not be found out");
  say("The plan could not be made.");
  const words = job.errors.length ? job.errors : ["It was stopped."];
  return [
    ...words.map((one) => element("p", { class: "box stop line" }, one)),
    element("p", {}, "Where the site is published is in the ", link(`${base}settings/form/publishing`, "settings"), "."),
    element("div", { class: "actions" }, button("Try again", () => tell(showPlan()), true)),
  ];
}

function planned(plan, job) {
  showLive(plan);
  const warnings = plan.problems || [];
  const parts = [];
  if (plan.is_empty) {
    heading("Nothing to publish");
    parts.push(element("p", { class: "box good" }, "Residents can read everything that you have written."));
    say("Nothing to publish: the live site is up to date.");
  } else {
    heading("What would change");
    parts.push(element("p", { class: "sentence" }, sentence(plan)));
    say(`Ready to publish: ${plan.sentence}.`);
    parts.push(...notSetUp(plan), ...decision(plan), ...lists(plan));
  }
  if (plan.later) parts.push(element("p", { class: "note" }, plan.later));
  if (plan.drafts)
    parts.push(
      element("p", { class: "note" }, plan.drafts === 1 ? "1 draft stays on this computer." : `${plan.drafts} drafts stay on this computer.`),
    );
  if (plan.is_empty) parts.push(...notSetUp(plan));
  for (const words of job.errors) parts.push(element("p", { class: "note line" }, words));
  if (warnings.length)
    parts.push(
      element(
        "details",
        {},
        element("summary", {}, warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`),
        problemList(warnings),
      ),
    );
  return parts;
}

const sentence = (plan) => `${plan.sentence[0].toUpperCase()}${plan.sentence.slice(1)}.`;

function lists(plan) {
  const names = { new: "New", changed: "Changed", gone: "Removed" };
  const parts = [];
  for (const [kind, words] of Object.entries(names)) {
    const pages = plan.pages[kind];
    if (!pages.length) continue;
    const posts = pages.filter((page) => page.title);
    const others = pages.filter((page) => !page.title);
    const first = posts.length ? posts.slice(0, FEW) : others.slice(0, FEW);
    const rest = [...posts, ...others].slice(first.length);
    parts.push(element("h3", {}, words), pageList(first));
    if (rest.length)
      parts.push(
        element("details", {}, element("summary", {}, `${rest.length} more that go with this`), pageList(rest)),
      );
  }
  return parts;
}

const pageList = (pages) =>
  element(
    "ul",
    { class: "plain" },
    ...pages.map((page) =>
      element("li", {}, page.title || page.address, page.title ? element("p", { class: "note" }, page.address) : null),
    ),
  );

function notSetUp(plan) {
  const settings = link(`${base}settings/form/publishing`, "Open the settings");
  if (plan.is_example)
    return [
      element(
        "div",
        { class: "box warn" },
        element("p", {}, `${plan.url} is only an example, so residents cannot read the site yet. It is put into ${plan.where}, on this computer.`),
        element(
          "p",
          {},
          "Write ",
          link(`${base}settings/form/site`, "the address of your own site"),
          " in the settings, and ",
          link(`${base}settings/form/publishing`, "where it is to be sent"),
          ".",
        ),
      ),
    ];
  if (plan.to === "folder")
    return [
      element(
        "p",
        { class: "note" },
        `The site is put into ${plan.where}, on this computer. Residents read it at ${plan.url} only if a web server shows that folder. To send it elsewhere, `,
        settings,
        ".",
      ),
    ];
  return [];
}

function decision(plan) {
  const where = plan.to === "folder" ? plan.where : `${plan.where}, where residents read it at ${plan.url}`;
  const go = button(plan.questions ? "Publish anyway" : "Publish this", () => publish(plan, go), true);
  const parts = [];
  if (plan.warning) parts.push(element("p", { class: "box warn asked" }, capital(plan.warning)));
  if (plan.questions)
    parts.push(element("div", { class: "box stop" }, element("h3", {}, "Are you sure?"), element("p", { class: "asked" }, plan.questions)));
  parts.push(element("p", {}, `It goes to ${where}.`));
  parts.push(element("div", { class: "actions" }, go, button("Look again", () => tell(showPlan()))));
  return parts;
}

const capital = (words) => words[0].toUpperCase() + words.slice(1);

function showLive(plan) {
  if (!plan.live_since) {
    live.replaceChildren(element("p", {}, "Nothing is published yet."));
    return;
  }
  const address = plan.is_example ? plan.url : outside(plan.url, plan.url);
  live.replaceChildren(
    element("p", {}, "The site at ", address, ` was last changed ${plan.live_since.startsWith("today") ? "" : "on "}${plan.live_since}. It is in ${plan.where}.`),
  );
}

async function publish(plan, go) {
  if (go.disabled) return;
  go.disabled = true;
  try {
    heading("Publishing");
    const box = element("div");
    now.replaceChildren(box);
    const job = await run("publish/go", { digest: plan.digest }, box, { quiet: true, busy: "Publishing…" });
    ended(job, plan);
  } catch (error) {
    go.disabled = false;
    throw error;
  }
}

function ended(job, plan) {
  if (job.state !== "done") {
    if (job.errors.some((words) => words.startsWith("Something has changed since")))
      return showPlan("Something has changed since you looked, so nothing was published. This is how it is now.");
    heading("It was not published");
    say("It was not published.");
    const words = job.errors.length ? job.errors : ["It was stopped. What residents read is complete, old or new."];
    now.replaceChildren(
      ...words.map((one) => element("p", { class: "box stop line" }, one)),
      element("div", { class: "actions" }, button("Look again", () => tell(showPlan()), true)),
    );
    title.focus();
    return undefined;
  }
  const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  heading(`Published at ${time}`);
  const parts = [element("p", { class: "box good" }, plan ? sentence(plan) : "The site is published.")];
  if (plan) parts.push(...published(plan));
  for (const words of job.errors) parts.push(element("p", { class: "box warn line" }, words));
  parts.push(element("div", { class: "actions" }, button("Look at what is next", () => tell(showPlan()))));
  now.replaceChildren(...parts);
  say(`Published at ${time}.`);
  title.focus();
  if (plan) showLive({ ...plan, live_since: `today at ${time}` });
  return undefined;
}

function published(plan) {
  const parts = [];
  if (!plan.is_example && plan.to !== "folder")
    parts.push(element("p", {}, "Residents read it at ", outside(plan.url, plan.url), "."));
  const posts = [...plan.pages.new, ...plan.pages.changed].filter((page) => page.title).slice(0, FEW);
  if (posts.length) {
    const address = (page) => new URL(page.address.slice(1), plan.url).href;
    parts.push(
      element("ul", { class: "plain" }, ...posts.map((page) =>
        element("li", {}, plan.is_example ? page.title : outside(address(page), page.title)))),
    );
  }
  if (plan.later) parts.push(element("p", { class: "note" }, plan.later));
  parts.push(...notSetUp(plan));
  return parts;
}

async function showEarlier() {
  earlierButton.disabled = true;
  const job = await run("publish/earlier", {}, earlierBox, { quiet: true, busy: "Looking what was published before…" });
  earlierButton.disabled = false;
  const back = job.shown || {};
  if (!back.digest) {
    const words = job.errors.length ? job.errors : ["It was stopped."];
    earlierBox.replaceChildren(...words.map((one) => element("p", { class: "box warn line" }, one)));
    say(words[0]);
    return;
  }
  const go = button("Bring it back", () => tell(bringBack(back, go)), true);
  const keep = button("Leave it as it is", () => {
    earlierBox.replaceChildren();
    earlierButton.focus();
  });
  const question = element("h3", { tabindex: "-1" }, `Bring back the site of ${back.before_since || back.name}?`);
  earlierBox.replaceChildren(
    element(
      "div",
      { class: "box warn" },
      question,
      element("p", {}, `Live now is what was last changed on ${back.live_since}. Compared with that: ${back.sentence}.`),
      element("div", { class: "actions" }, go, keep),
    ),
  );
  question.focus();
}

async function bringBack(back, go) {
  if (go.disabled) return;
  go.disabled = true;
  const job = await run("publish/back", { digest: back.digest }, earlierBox, { busy: "Going back…" });
  say(job.state === "done" ? "The earlier site is live again." : "The live site was not changed.");
  if (job.state === "done") {
    live.replaceChildren(element("p", {}, `The site of ${back.before_since || back.name} is live again.`));
    await showPlan();
  }
}

const tell = (promise) => promise.catch(sayError);

earlierButton.addEventListener("click", () => tell(showEarlier()));

async function begin() {
  const { job, kind } = section.dataset;
  if (!job) return showPlan();
  // The page was opened again while something runs.
  if (kind === "earlier" || kind === "back") {
    await follow(job, earlierBox, { quiet: kind === "earlier", busy: "Still at work…" });
    return showPlan();
  }
  const ended_ = await follow(job, now, { quiet: true, busy: kind === "plan" ? "Still reading…" : "Publishing…" });
  return kind === "plan" ? show(ended_) : ended(ended_, null);
}

tell(begin());
