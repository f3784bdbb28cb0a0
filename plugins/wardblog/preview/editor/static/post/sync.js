// Sends drafts while somebody writes, and saves; says in words what is kept where.

import { Gone, post, random, Refused } from "../api.js";

const PAUSE = 500;
const AT_LEAST = 3000;
// A browser finishes what a page sends while it goes away, but only so many bytes (64 KiB). A longer
// text cannot be sent then, so it is sent sooner while somebody writes.
const MOST_LATE = 60_000;
const LONG = { pause: 100, latest: 500 };
const RETRY = 2000;
// A request that takes longer was lost, such as when the computer slept.
const LOST = 30000;

/**
 * `id` and `file` are those of the post. `read()` gives {mode, fields, text} as they are on the page. `on` has
 * `version(answer)`, `saved(answer)`, `conflict(answer)`, and `state(words, kind)`, whose kind is
 * "saved", "kept", "writing", "gone" or "refused".
 */
export function syncing({ id, file, digest, read, on }) {
  let known = digest;
  let page = freshPage();
  let saved = JSON.stringify(read());
  let drafted = saved;
  let savedAt = null;
  let keptAt = null;
  let timer = null;
  let firstChange = null;
  let isSending = false;
  let wantsSave = null;
  let savesAgain = false;

  const now = () => JSON.stringify(read());

  return {
    changed,
    save,
    /** Whether closing the page would lose words: neither saved, nor kept in a draft. */
    get isAtRisk() { return now() !== saved && now() !== drafted; },
    get isSaved() { return now() === saved; },
    get digest() { return known; },
    /** The copies that the server keeps of this page have this name. */
    get page() { return page; },
    /** Keeps what is on the page as a copy of its own, which later words do not replace. */
    async setAside() {
      if (now() === saved) return;
      while (isSending) await new Promise((resolve) => { setTimeout(resolve, 50); });
      await post("post/draft", { id, file, page, digest: known, ...read() });
      page = freshPage();
    },
    /** Keeps what is on the page now; resolves when that is done, and throws where it is not. */
    async keep() {
      clearTimeout(timer);
      while (isSending) await new Promise((resolve) => { setTimeout(resolve, 50); });
      const before = drafted;
      if (now() === before) return;
      await send();
      if (drafted === before) {
        throw new Error("This text is in the page, but could not be kept yet, so the copy stays.");
      }
    },
    /** The file has this digest from now on; `isSaved` is whether it holds what the page shows. */
    rebase(newDigest, isSaved) {
      known = newDigest;
      if (isSaved) saved = drafted = now();
    },
    checkNow: () => plan(0),
    leave,
    /** Asks for messages and preview of what is on the page; says that nothing differs. */
    check: send,
  };

  function changed() {
    on.state(notYet(), "writing");
    plan(PAUSE);
  }

  /** How far the copy is while newer words are only on the page. */
  function notYet() {
    return keptAt
      ? `Not saved yet; the last copy on this computer is from ${clock(keptAt, true)}`
      : "Not saved yet";
  }

  function plan(pause) {
    firstChange ??= Date.now();
    const isLong = bytesOf(now()) > MOST_LATE;
    const latest = firstChange + (isLong ? LONG.latest : AT_LEAST) - Date.now();
    clearTimeout(timer);
    timer = setTimeout(send, Math.max(0, Math.min(isLong ? LONG.pause : pause, latest)));
  }

  /** Sends the last words as the page goes away; the browser finishes that without the page. */
  async function leave() {
    const data = read();
    const sent = JSON.stringify(data);
    if (sent === drafted) return;
    if (sent !== saved) remember(id);
    try {
      const keepalive = bytesOf(sent) <= MOST_LATE;
      const answer = await post(
        "post/draft", { id, file, page, digest: known, ...data }, { keepalive },
      );
      drafted = sent;
      keptAt = new Date();
      forget(id);
      said(answer);
    } catch {
      // A page that stays sends them again by itself, and says what it cannot do.
    }
  }

  /** Saves; resolves to whether that worked. A draft that is on its way comes first. */
  async function save() {
    if (wantsSave) return wantsSave.done;
    let finish;
    const done = new Promise((resolve) => { finish = resolve; });
    wantsSave = { done, finish };
    on.state("Saving…", "writing");
    clearTimeout(timer);
    if (!isSending) send();
    return done;
  }

  async function send() {
    if (isSending) return;
    isSending = true;
    firstChange = null;
    const saving = wantsSave;
    const data = read();
    const sent = JSON.stringify(data);
    let again = null;
    try {
      const route = saving ? "post/save" : "post/draft";
      const answer = await post(route, { id, file, page, digest: known, ...data }, {
        signal: AbortSignal.timeout(LOST),
      });
      if (!answer.is_overtaken) {
        drafted = sent;
        keptAt = new Date();
        forget(id);
        if (saving) afterSave(answer, sent);
        on.version(answer);
        said(answer);
      }
    } catch (error) {
      again = failed(error, saving);
    }
    isSending = false;
    if (saving) {
      wantsSave = null;
      saving.finish(saved === sent);
    }
    if (wantsSave) send();
    else if (again !== null) retry(again);
    else if (now() !== drafted) plan(PAUSE);
  }

  function afterSave(answer, sent) {
    known = answer.digest;
    saved = sent;
    savedAt = new Date();
    on.saved(answer);
  }

  function said(answer) {
    const current = now();
    if (current === saved) {
      on.state(savedAt ? `Saved at ${clock(savedAt)}` : "Nothing changed yet", "saved");
    } else if (current === drafted && answer.changed_elsewhere) {
      on.state(
        `${kept()}. The file was changed in another window or program meanwhile: when you save, ` +
          "you see both versions.",
        "kept",
      );
    } else if (current === drafted) on.state(kept(), "kept");
    else on.state(notYet(), "writing");
  }

  function kept() {
    return `Not saved yet; kept on this computer at ${clock(keptAt, true)}`;
  }

  /** Says what went wrong; gives the milliseconds until it is tried again, or null. */
  function failed(error, saving) {
    if (error instanceof Refused && error.status === 409 && error.answer.theirs) {
      on.state("Not saved: the file was changed in another window or program", "refused");
      on.conflict(error.answer);
      return null;
    }
    if (error instanceof Gone || error.name === "TimeoutError" || error.name === "AbortError") {
      on.state(
        "The editor does not answer, so nothing is saved. Your words stay in this page: keep it " +
          "open, and start the editor again if it was stopped. This page then goes on by itself.",
        "gone",
      );
      savesAgain = Boolean(saving);
      return RETRY;
    }
    const words = [error.message, error.hint].filter(Boolean).join(" ");
    on.state(saving ? `Not saved. ${words}` : words, "refused");
    return error.status >= 500 ? RETRY * 5 : null;
  }

  function retry(pause) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const again = savesAgain;
      savesAgain = false;
      if (again) save();
      else send();
    }, pause);
  }
}

const freshPage = () => random().slice(0, 16);

/** The time of day in figures, such as 14:03, or 14:03:05. */
export function clock(moment, hasSeconds = false) {
  const second = hasSeconds ? { second: "2-digit" } : {};
  return moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", ...second });
}

const bytesOf = (text) => new TextEncoder().encode(text).length;

// A page that is loaded again is asked for before the last words of the page before it are sent.
const leaving = (id) => `words-on-their-way-${id}`;

function remember(id) {
  try {
    sessionStorage.setItem(leaving(id), "1");
  } catch {
    // Without a store the words are offered when the post is opened the next time.
  }
}

function forget(id) {
  try {
    sessionStorage.removeItem(leaving(id));
  } catch {
    // Nothing was remembered.
  }
}

/** The words that this window sent as it went away; [] if there are none, or they do not come. */
export async function lastWords(id, ask) {
  try {
    if (!sessionStorage.getItem(leaving(id))) return [];
    forget(id);
    for (let tries = 0; tries < 10; tries += 1) {
      const { recovered } = await ask();
      if (recovered.length) return recovered;
      await new Promise((resolve) => { setTimeout(resolve, 200); });
    }
  } catch {
    // What cannot be asked for is offered when the post is opened the next time.
  }
  return [];
}
