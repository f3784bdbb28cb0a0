/* Searches the files that were made with the site: docs/search.md says what is in them. What shows
   the results, and what only some searches need, are in files of their own, loaded with a search. */
"use strict";

{
  const { site, others, results } = document.currentScript.dataset;
  const form = document.getElementById("ward-search");
  const [status, offer, ...parts] = document.getElementById("ward-results").children;
  const [BROWSE, NOTHING, FAILED, FOUND] = parts.keys();
  const list = parts[FOUND].querySelector("ol");
  const more = parts[FOUND].querySelector("button");
  const { q, issue, year } = form.elements;
  const fields = [q, issue, year].filter(Boolean);
  const heading = document.title;
  const A_PAGE = 10; // results
  const PATIENCE = 30000; // milliseconds
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const FIRST_POST = 4096; // lower numbers are pages
  const AGE = 400000; // the larger, the less it counts how new a post is
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

  const dayOf = (number) => new Date(Date.UTC(1990) + Math.floor(number / 8) * 864e5);
  const tools = { site, load, file, all, plain, split, wordsOf, bothWays, singular, entries, meaning, alike, look, rank, slug, dayOf, FIRST_POST };

  const search = async (typed) => {
    newest = await file("newest");
    const words = [...new Set(wordsOf(typed))]
      .filter((word) => /..|\p{N}/u.test(word) && !` ${newest.stop} `.includes(` ${word} `)).slice(0, 8);
    const groups = await all(words, (word) => look(word, singular));
    const chosen = [issue, year].map((one) => one?.value && one.selectedOptions[0]);
    const result = { typed, groups, newest, offers: [], formsOf: (word) => [word] };
    if (newest.cy || !words[0] || /["/]/.test(typed) || chosen.some(Boolean) || groups.some(({ places }) => !places.size)) {
      const { help } = await import(others);
      return help(result, chosen, tools, form.dataset.near);
    }
    return { ...result, found: rank(groups), about: ` for “${typed}”` };
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
    const chosen = fields.filter(({ value }) => value).map(({ name, value }) => [name, value]);
    history.replaceState(null, "", `?${new URLSearchParams(chosen)}`);
    document.title = typed ? `${typed} – ${heading}` : heading;
    offer.textContent = "";
    if (!chosen.length) {
      say("");
      show(BROWSE);
      return;
    }
    const slow = setTimeout(say, 400, "Searching.");
    try {
      const [result, { item, counted, quote }] = await Promise.all([search(typed), import(results)]);
      const rest = [...result.found];
      const next = () => all(rest.splice(0, A_PAGE), (one) => item(one, result, tools));
      const put = (items) => {
        list.append(...items);
        more.hidden = !rest.length;
        quote(items, result, tools);
      };
      const items = await next();
      if (mine !== turn) return;
      list.textContent = "";
      put(items);
      more.onclick = async () => {
        const added = await next().catch(failed);
        put(added);
        added[0].querySelector("a").focus();
      };
      say(result.said ?? counted(result));
      for (const one of result.offers) offer.append(Object.assign(document.createElement("a"), one));
      show(items.length ? FOUND : result.offers.length ? -1 : NOTHING);
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
  const given = new URLSearchParams(location.search);
  for (const field of fields) {
    field.value = given.get(field.name) ?? "";
    if (field.selectedIndex < 0) field.selectedIndex = 0;
  }
  if (fields.some(({ value }) => value)) {
    show();
    run();
  }
}
