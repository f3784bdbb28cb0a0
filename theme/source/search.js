/* Searches the files that were made with the site: docs/search.md says what is in them. Words that
   are not there as typed, filters and sentences are in files of their own, loaded when needed. */
"use strict";

{
  const { site, others, sentences } = document.currentScript.dataset;
  const form = document.getElementById("ward-search");
  const [status, offer, ...parts] = document.getElementById("ward-results").children;
  const [BROWSE, NOTHING, FAILED, FOUND] = parts.keys();
  const list = parts[FOUND].querySelector("ol");
  const more = parts[FOUND].querySelector("button");
  const { q, issue, year } = form.elements;
  const heading = document.title;
  const A_PAGE = 10; // results
  const PATIENCE = 30000; // milliseconds
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const FIRST_POST = 4096; // lower numbers are pages
  const AGE = 400000; // the larger, the less it counts how new a post is
  const SIGNS = { reported: "○", acknowledged: "◔", "in progress": "◐", fixed: "✓", "not possible": "✕" };
  let newest = null;

  const files = {};
  /** What is read from a file, which is fetched once; after a failure it is asked for again. */
  const load = (path, read) => {
    files[path] ??= fetch(site + path, { signal: AbortSignal.timeout?.(PATIENCE) })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(path))).then(read)
      .catch((error) => {
        delete files[path];
        throw error;
      });
    return files[path];
  };
  const file = (name) => load(`search/${name}.json`, JSON.parse);
  const all = (values, find) => Promise.all(values.map(find));

  /** A text without accents and capitals; its words without apostrophes, and without `'s`. */
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const split = (text) => text.replace(/['’‘ʼ]/g, "").match(/[\p{L}\p{N}]+/gu) ?? [];
  const wordsOf = (text) => split(plain(text).replace(/['’‘ʼ]s(?![\p{L}\p{N}])/gu, ""));
  const bothWays = (text) => [...wordsOf(text), ...split(plain(text))];
  const slug = (text) => plain(text).replace(/['’‘ʼ]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const singular = (word) => word.replace(/ie[ds]$/, "y").replace(/([sxz]|[cs]h)es$/, "$1").replace(/([^isuw])s$/, "$1");

  /** The entries with words that begin like this one: of older posts from a file, and the newest. */
  const entries = async (word) => {
    const key = word[0] + word.slice(1, 3).replace(/y/g, "i");
    const firsts = newest.shards.split(" ");
    const name = firsts.filter((first) => first <= key).pop() || firsts[0];
    return [...newest.words, ...name ? await file(`words/${name}-`) : []];
  };
  /** What a word means: its weights by the numbers of documents, and its forms. */
  const meaning = (word, hits, factor = 1) => {
    const places = new Map();
    for (const [, steps, weights] of hits) {
      let [number, step, index] = [0, 0, 0];
      for (const sign of steps) {
        const value = DIGITS.indexOf(sign);
        step = step * 32 + (value % 32);
        if (value < 32) {
          number += step;
          places.set(number, Math.max(factor * (weights[index] ?? weights), places.get(number) ?? 0));
          step = 0;
          index += 1;
        }
      }
    }
    return { word, places, forms: hits.flatMap(([forms]) => forms.split(/[ /]/)) };
  };
  const alike = (hits, isAlike) => hits.filter(([forms]) => forms.split(" ").some(isAlike));
  const look = async (word, how = (form) => form) => (
    meaning(word, alike(await entries(word), (form) => how(form) === how(word)))
  );

  /** The streets, issues and own pages whose names have all the words, or that are named in full. */
  const named = (groups) => {
    const { issues, streets, rows, stop } = newest;
    const has = (word) => groups.findIndex(({ forms }) => forms.includes(word));
    const names = [
      ...issues.map(([name, title]) => ({ title, path: `issues/${name}/`, kind: "Issue", name })),
      ...streets.map((one) => [one].flat()).map(([title, name = slug(title)]) => ({ title, path: `streets/${name}/`, kind: "Street" })),
      ...Object.keys(rows).filter((number) => number < FIRST_POST).map((number) => ({ number: Number(number), title: rows[number][0] })),
    ].map((one) => ({ ...one, count: new Set(bothWays(one.title).map(has).filter((at) => at >= 0)).size }));
    const whole = names.filter(({ count }) => count && count === groups.length);
    const inside = names.filter(({ title, count }) => count && wordsOf(title).every((word) => (
      has(word) >= 0 || has(`${word}s`) >= 0 || ` ${stop} `.includes(` ${word} `)
    )));
    return [whole, inside].find((some) => some.length && some.length <= 3) ?? [];
  };

  /** What is found, the best first: documents with all words before those with fewer. */
  const rank = (groups) => {
    const found = new Map();
    for (const { places } of groups) {
      for (const [number, weight] of places) {
        const one = found.get(number) ?? { number, count: 0, score: 0 };
        one.count += 1;
        one.score += weight * Math.log(1 + newest.docs / places.size) * (1 + number / AGE);
        found.set(number, one);
      }
    }
    const places = named(groups);
    const documents = [...found.values()].filter(({ number }) => !places.some((one) => one.number === number));
    return [...places, ...documents.sort((one, other) => other.count - one.count || other.score - one.score)];
  };

  /** How many have all the words, and how many only some of them. */
  const counted = (found, groups, about) => {
    const complete = found.filter(({ count }) => count === groups.length).length;
    const fewer = found.length - complete;
    const rest = fewer ? `, and ${fewer} with only some of the words.` : ".";
    return complete ? `${complete} ${complete === 1 ? "result" : "results"}${about}${rest}`
      : `No page has all these words. ${fewer} ${fewer === 1 ? "has" : "have"} some of them.`;
  };

  const dayOf = (number) => new Date(Date.UTC(1990) + Math.floor(number / 8) * 864e5);
  const tools = { site, load, file, all, plain, split, wordsOf, bothWays, singular, entries, meaning, alike, look, rank, counted, dayOf };

  const search = async (typed) => {
    newest = await file("newest");
    const words = [...new Set(wordsOf(typed))]
      .filter((word) => /..|\p{N}/u.test(word) && !` ${newest.stop} `.includes(` ${word} `)).slice(0, 8);
    const groups = await all(words, (word) => look(word, singular));
    const chosen = [issue, year].map((one) => one?.value && one.selectedOptions[0]);
    const result = { typed, groups, newest, formsOf: (word) => [word] };
    if (newest.cy || !words[0] || /["/]/.test(typed) || chosen.some(Boolean) || groups.some(({ places }) => !places.size)) {
      const { help } = await import(others);
      return help(result, chosen, tools, form.dataset.near);
    }
    const found = rank(groups);
    return { ...result, found, said: counted(found, groups, ` for “${typed}”`) };
  };

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  /** A result as an item of the list; its sentence comes when it is seen. */
  const item = async ({ number, title, path, kind = "Page", name }) => {
    const [known, address, issues, progress, lang, date] = kind !== "Page" ? [title, path]
      : newest.rows[number] ?? (await file(`posts/${Math.floor(number / 256)}`))[number];
    const day = date ? new Date(date) : dayOf(number);
    const own = lang ? { lang } : {};
    const where = address || `${day.toISOString().slice(0, 7).replace("-", "/")}/${slug(known)}/`;
    const about = make("p", { className: "about" }, number >= FIRST_POST ? make("time", {
      dateTime: day.toISOString().slice(0, 10),
      textContent: day.toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" }),
    }) : make("span", { className: name ? `issue issue-${name}` : "" }, kind));
    for (const [one, words] of newest.issues) {
      if (` ${issues} `.includes(` ${one} `)) {
        about.append(" ", make("a", { className: `issue issue-${one}`, href: `${site}issues/${one}/`, textContent: words }));
      }
    }
    if (progress) {
      about.append(" ", make("span", { className: "progress" }, make("span", { ariaHidden: "true", textContent: SIGNS[progress] }), ` ${progress}`));
    }
    return make("li", { path: where, name }, make("h2", {}, make("a", { href: site + where, textContent: known, ...own })), about,
      ...number ? [make("p", { className: "sentence", ...own })] : []);
  };

  const show = (part) => parts.forEach((one, index) => { one.hidden = index !== part; });
  const say = (words) => { status.textContent = words; };
  const failed = () => {
    say("The search could not be loaded. Check your connection, then try again.");
    show(FAILED);
  };
  let turn = 0;
  const run = async () => {
    turn += 1;
    const mine = turn;
    const typed = q.value.slice(0, 100).trim();
    q.value = typed;
    const chosen = [q, issue, year].filter((one) => one?.value).map(({ name, value }) => [name, value]);
    history.replaceState(null, "", `?${new URLSearchParams(chosen)}`);
    document.title = typed ? `${typed} – ${heading}` : heading;
    offer.replaceChildren();
    if (!chosen.length) {
      say("");
      show(BROWSE);
      return;
    }
    const slow = setTimeout(say, 400, "Searching.");
    try {
      const result = await search(typed);
      const rest = [...result.found];
      const next = () => all(rest.splice(0, A_PAGE), item);
      const put = (items) => {
        list.append(...items);
        more.hidden = !rest.length;
        import(sentences).then(({ quote }) => quote(items, result, tools, make)).catch(() => {});
      };
      const items = await next();
      if (mine !== turn) return;
      list.replaceChildren();
      put(items);
      more.onclick = async () => {
        const added = await next().catch(failed);
        put(added);
        added[0].querySelector("a").focus();
      };
      say(result.said);
      offer.replaceChildren(...(result.offers ?? []).map(([href, textContent]) => make("a", { href, textContent })));
      show(items.length ? FOUND : result.offers?.length ? -1 : NOTHING);
    } catch {
      if (mine === turn) failed();
    } finally {
      clearTimeout(slow);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  form.addEventListener("change", ({ target }) => target !== q && run());
  parts[FAILED].querySelector("button").onclick = run;
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = [q, issue, year].find((one) => one?.name === name);
    if (field) field.value = value;
    if (field?.selectedIndex < 0) field.selectedIndex = 0;
  }
  if (q.value || issue?.value || year?.value) {
    show();
    run();
  }
}
