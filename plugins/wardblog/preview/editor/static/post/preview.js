// The post as residents will read it, in a frame in which no script of the site can run.

import { base, get, site } from "../api.js";
import { button, element } from "./dom.js";
import { messageItem } from "./messages.js";

// In milliseconds: after how long one is told that a page is on its way, after how long it is
// lost, such as when the computer slept, how long to wait before it is asked for again, and how
// long an editor that is there may take to say so.
const SLOW = 500;
const LOST = 30_000;
const RETRY = 2000;
const ANSWERS = 5000;
const COMING = "The preview is loading.";
const GONE = "There is no preview now: the editor on this computer does not answer. The preview " +
  "comes back by itself when the editor does.";
const NO_ADDRESS = "The preview appears here as soon as the post has a title, a date and an issue.";

/**
 * The preview in `holder`: {show(address, version, stops, more), stop(), toStart()}. `address` is
 * that of a page of the site. If there are `stops`, the messages that keep the site from being
 * shown, they are listed instead, `more` is how many others there are, and `go(message)` leads to
 * where one of this post belongs.
 */
export function previewOf(holder, { go }) {
  let shown = null;
  let frame = null;
  let loading = null;
  let wanted = null;
  let isNewer = false;
  let failures = 0;
  const timers = {};
  const words = element("p", { role: "status" });
  const again = button("Try again", () => {
    tell(COMING, true);
    ask();
  }, { hidden: true });
  const note = element("div", { class: "frame-note", hidden: true }, words, again);
  return { show, stop, toStart };

  /** Shows where the post begins, unless somebody has scrolled. */
  function toStart() {
    if (frame && !scrollOf(frame)) frame.contentWindow.scrollTo(0, startOf(frame));
  }

  function show(address, version, stops = [], more = 0) {
    const key = JSON.stringify([address, version, stops, more]);
    if (key === shown) return;
    shown = key;
    if (stops.length || !address) {
      finish();
      frame = wanted = null;
      holder.replaceChildren(stops.length ? first(stops, more) : element("p", {
        class: "help", text: NO_ADDRESS,
      }));
      return;
    }
    if (!holder.contains(note)) holder.replaceChildren(note);
    wanted = site + address;
    isNewer = true;
    if (!loading) load();
  }

  /** Stops asking for the page, until `show` is called again. */
  function stop() {
    finish();
    wanted = shown = null;
  }

  function first(stops, more) {
    const list = element("ul");
    list.append(...stops.map((message) => messageItem(message, go)));
    if (more) {
      const all = element("a", { href: base, text: "the list of posts has them all" });
      list.append(element("li", {}, `And ${more} more: `, all, "."));
    }
    return element(
      "section",
      { class: "first", "aria-labelledby": "fix-first" },
      element("h3", { id: "fix-first", text: "Fix this first" }),
      element("p", { text: "The preview is back once this is fixed. Residents still see the site " +
        "as you last published it." }),
      list,
    );
  }

  /** Loads the page behind the one that is seen, so that nothing flickers. */
  function load() {
    finish();
    isNewer = false;
    const next = element("iframe", {
      title: "Preview of the post",
      sandbox: "allow-same-origin",
      class: "arriving",
      src: wanted,
    });
    loading = next;
    next.addEventListener("load", () => arrived(next));
    if (!frame && note.hidden) tell(COMING);
    timers.slow = setTimeout(() => { if (note.hidden) tell(COMING); }, SLOW);
    timers.lost = setTimeout(() => lost(next), LOST);
    holder.append(next);
  }

  function arrived(next) {
    if (next !== loading && next !== frame) return;
    if (!isThere(next)) {
      lost(next);
      return;
    }
    if (next === frame) return; // somebody followed a link in it
    const top = frame ? scrollOf(frame) : startOf(next);
    loading = null;
    failures = 0;
    finish();
    frame?.remove();
    frame = next;
    next.classList.remove("arriving");
    if (document.activeElement === again) next.focus();
    note.hidden = again.hidden = true;
    if (top) next.contentWindow.scrollTo({ top, behavior: "instant" });
    if (isNewer) load();
  }

  function lost(which) {
    if (which === frame) frame = null;
    finish();
    which.remove();
    if (!frame && note.hidden) tell(COMING);
    failures += 1;
    timers.retry = setTimeout(ask, failures > 1 ? RETRY : 0);
  }

  /** Asks whether the editor is there, and loads the page once it is. */
  async function ask() {
    finish();
    const mine = timers.asked = {};
    const isBack = await get("session", { signal: AbortSignal.timeout(ANSWERS) })
      .then(() => true, () => false);
    if (timers.asked !== mine || loading || !wanted) return;
    if (isBack) {
      load();
      return;
    }
    tell(GONE, true);
    timers.retry = setTimeout(ask, RETRY);
  }

  /** Says in place of the page, or above an older one, why it is not here; aloud if it matters. */
  function tell(text, isAloud = false) {
    words.setAttribute("aria-live", isAloud ? "polite" : "off");
    if (words.textContent !== text) words.textContent = text;
    again.hidden &&= !isAloud;
    note.hidden = false;
  }

  /** Waits for nothing any more. */
  function finish() {
    for (const name of ["slow", "lost", "retry"]) clearTimeout(timers[name]);
    timers.asked = null;
    loading?.remove();
    loading = null;
  }
}

/** Whether a frame shows a page of the site, and not what a browser shows where none came. */
function isThere(frame) {
  try {
    return frame.contentWindow.location.origin === location.origin;
  } catch {
    return false;
  }
}

function scrollOf(frame) {
  try {
    return frame?.contentWindow.scrollY ?? 0;
  } catch {
    return 0;
  }
}

/** How far down the post itself begins, below the head of the site. */
function startOf(frame) {
  try {
    const { document, scrollY } = frame.contentWindow;
    const main = document.querySelector("main");
    return main ? Math.max(0, main.getBoundingClientRect().top + scrollY) : 0;
  } catch {
    return 0;
  }
}
