// The page that publishes: the plan in words, one button, and what happened.
import { announce, base, element, sayError, site } from "./api.js";
import { follow, problemBox, run, sentence as asSentence } from "./jobs.js";

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

/** Show what would be published, with a box above it; after a rollback nothing urges to publish. */
async function showPlan(above = null, isBack = false) {
  heading(above && isBack ? "The earlier site is back" : "What would change");
  now.replaceChildren(above || "");
  if (isAsked) title.focus();
  const box = element("div");
  now.append(box);
  const busy = "Reading your posts and comparing them with what is live…";
  box.append(element("p", {}, busy));
  const job = await run("publish/plan", {}, box, { quiet: true, busy });
  show(job, above, isBack);
}

function show(job, above = null, isBack = false) {
  const plan = job.shown || {};
  if (plan.digest) now.replaceChildren(above || "", ...planned(plan, job, isBack));
  else if ((plan.problems || []).length) now.replaceChildren(...problems(plan));
  else now.replaceChildren(...failed(job));
  if (!plan.digest) live.replaceChildren(element("p", {}, "This is shown when the plan can be made. Residents still read what was published last."));
  if (isAsked) title.focus();
  isAsked = true;
}

function problems(plan) {
  const stops = plan.problems.filter((one) => one.severity === "stop");
  heading(stops.length === 1 ? "One thing to fix first" : `${stops.length} things to fix first`);
  announce(`${title.textContent}. Nothing was published.`);
  return [
    element("p", {}, "Nothing is published until these are fixed."),
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
        element("strong", {}, asSentence(one.message)),
        one.hint ? element("p", { class: "note" }, one.hint) : null,
        ...one.links.map(([path, name]) => element("p", {}, link(base + path, name))),
        one.link ? link(base + one.link, one.words) : element("p", { class: "note" }, `In ${one.where}`),
      ),
    ),
  );

function failed(job) {
  heading("This could not be checked");
  announce("The plan could not be made.");
  return [
    ...faults(job, "stop"),
    element("p", {}, "Where the site is published is in the ", link(`${base}settings/publishing`, "settings"), "."),
    element("div", { class: "actions" }, button("Try again", () => tell(showPlan()), true)),
  ];
}

/** What a command said against it, each problem with a link to where it is fixed. */
function faults(job, kind, otherwise = "It was stopped.") {
  const words = job.errors.length || job.problems.length ? job.errors : [otherwise];
  return [
    ...job.problems.map(problemBox),
    ...words.map((one) => element("p", { class: `box ${kind} line` }, one)),
  ];
}

function planned(plan, job, isBack = false) {
  showLive(plan);
  const warnings = plan.problems || [];
  const parts = [];
  if (plan.is_empty) {
    heading("Nothing to publish");
    parts.push(element("p", { class: "box good" }, "Residents can read everything that you have written."));
    announce("Nothing to publish: the live site is up to date.");
  } else {
    if (isBack) parts.push(element("h3", {}, "What publishing again would change"));
    else heading("What would change");
    parts.push(element("p", { class: "sentence" }, sentence(plan)));
    if (!plan.live_since) parts.push(element("p", {}, "Nothing has been published from here yet, so this is the whole site."));
    if (plan.reason) parts.push(element("p", {}, plan.reason));
    if (!isBack) announce(`Ready to publish: ${plan.sentence}.`);
    parts.push(...notSetUp(plan), ...draftsOf(plan), ...decision(plan, !isBack), ...lists(plan));
  }
  if (plan.is_empty) parts.push(...draftsOf(plan));
  if (plan.later) parts.push(element("p", { class: "note" }, plan.later));
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
      element("li", {}, page.title || page.words, element("p", { class: "note" }, page.address)),
    ),
  );

/** Which drafts are not published, and how one would be. */
function draftsOf(plan) {
  if (!plan.drafts) return [];
  const named = plan.draft_posts || [];
  const more = plan.drafts - named.length;
  const names = named.flatMap((one, at) => [at ? ", " : ": ", link(base + one.link, one.title)]);
  if (named.length && more > 0) names.push(` and ${more} more`);
  return [
    element(
      "p",
      { class: "note" },
      plan.drafts === 1 ? "1 draft is not published" : `${plan.drafts} drafts are not published`,
      ...names,
      ". To publish one, choose “Everybody, after you publish” on its page and save it.",
    ),
  ];
}

function notSetUp(plan) {
  const settings = link(`${base}settings/publishing`, "Open the settings");
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
          link(`${base}settings/site`, "the address of your own site"),
          " in the settings, and ",
          link(`${base}settings/publishing`, "where it is to be sent"),
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

function decision(plan, isMain = true) {
  const where = plan.to === "folder" ? plan.where : `${plan.where}, where residents read it at ${plan.url}`;
  const go = button(plan.questions ? "Publish anyway" : "Publish this", () => tell(publish(plan, go)), isMain);
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
    element("p", {}, "The site at ", address, ` was last changed on ${plan.live_since}. It is in ${plan.where}.`),
  );
}

async function publish(plan, go) {
  if (go.disabled) return;
  go.disabled = true;
  try {
    heading("Publishing…");
    title.focus();
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
      return showPlan(
        element("p", { class: "box warn" }, "Something has changed since you looked, so nothing was published. This is how it is now."),
      );
    heading("It was not published");
    announce("It was not published.");
    now.replaceChildren(
      ...faults(job, "stop", "It was stopped. What residents read is complete, old or new."),
      element("div", { class: "actions" }, button("Look again", () => tell(showPlan()), true)),
    );
    title.focus();
    return undefined;
  }
  // The same clock and the same words as under "What is live now".
  const since = job.shown?.live_since;
  heading(since ? `Published: ${since}` : "Published");
  const parts = [element("p", { class: "box good" }, plan ? sentence(plan) : "The site is published.")];
  if (plan) parts.push(...published(plan));
  for (const words of job.errors) parts.push(element("p", { class: "box warn line" }, words));
  parts.push(element("div", { class: "actions" }, button("See what comes next", () => tell(showPlan()))));
  now.replaceChildren(...parts);
  announce(`${title.textContent}.`);
  title.focus();
  if (plan && since) showLive({ ...plan, live_since: since });
  return undefined;
}

function published(plan) {
  const parts = [];
  if (!plan.is_example && plan.to !== "folder")
    parts.push(element("p", {}, "Residents read it at ", outside(plan.url, plan.url), "."));
  parts.push(...notSetUp(plan));
  const posts = [...plan.pages.new, ...plan.pages.changed].filter((page) => page.title).slice(0, FEW);
  if (posts.length) {
    // With an example address, nobody can read it there, but here.
    const from = plan.is_example ? new URL(site, location.href) : plan.url;
    const address = (page) => new URL(page.address.slice(1), from).href;
    parts.push(
      element("ul", { class: "plain" }, ...posts.map((page) =>
        element("li", {}, outside(address(page), page.title)))),
    );
  }
  if (plan.later) parts.push(element("p", { class: "note" }, plan.later));
  return parts;
}

let isLooking = false;

async function showEarlier() {
  if (isLooking) return;
  isLooking = true;
  try {
    await askForEarlier();
  } finally {
    isLooking = false;
  }
}

/** A box with a heading that has the focus, so that nobody loses their place. */
function showInEarlier(words, kind, ...parts) {
  const asked = element("h3", { tabindex: "-1" }, words);
  earlierBox.replaceChildren(element("div", { class: `box ${kind}` }, asked, ...parts));
  asked.focus();
}

async function askForEarlier() {
  const job = await run("publish/earlier", {}, earlierBox, { quiet: true, busy: "Looking up what was published before…" });
  const back = job.shown || {};
  if (!back.digest) {
    showInEarlier("Nothing can be brought back now", "warn", ...plainFaults(job));
    announce("Nothing can be brought back now.");
    return;
  }
  const go = button("Bring it back", () => tell(bringBack(back, go)), true);
  const keep = button("Leave it as it is", () => {
    earlierBox.replaceChildren();
    earlierButton.focus();
  });
  showInEarlier(
    `Bring back the site of ${back.before_since || back.name}?`,
    "warn",
    element("p", {}, `The live site was last changed on ${back.live_since}. Compared with it: ${back.sentence}.`),
    element("div", { class: "actions" }, go, keep),
  );
}

const plainFaults = (job) => [
  ...job.problems.map(problemBox),
  ...(job.errors.length || job.problems.length ? job.errors : ["It was stopped."]).map((one) =>
    element("p", { class: "line" }, one),
  ),
];

async function bringBack(back, go) {
  if (go.disabled) return;
  go.disabled = true;
  earlierBox.querySelector("h3").focus();
  const job = await run("publish/back", { digest: back.digest }, earlierBox, { quiet: true, busy: "Going back…" });
  if (job.state !== "done") {
    showInEarlier("The live site was not changed", "warn", ...plainFaults(job));
    announce("The live site was not changed.");
    return;
  }
  earlierBox.replaceChildren();
  document.getElementById("back").open = false;
  const words = `Residents see the site of ${back.before_since || back.name} again. Your posts here are unchanged; publishing again puts the newer version back.`;
  const shown = showPlan(element("p", { class: "box good" }, words), true);
  title.scrollIntoView();
  title.focus();
  announce(words);
  await shown;
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
