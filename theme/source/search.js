/* Searches the files that were made with the site: docs/search.md says what is in them. */
"use strict";

{
  const { site } = document.currentScript.dataset;
  const form = document.getElementById("ward-search");
  const status = document.getElementById("ward-found");
  const [, ...parts] = document.getElementById("ward-results").children;
  const [BROWSE, NOTHING, FAILED, FOUND] = parts.keys();
  const list = parts[FOUND].querySelector("ol");
  const more = parts[FOUND].querySelector("button");
  const { q, issue, year } = form.elements;
  const heading = document.title;
  const MOST_LETTERS = 100;
  const MOST_WORDS = 8;
  const A_PAGE = 10; // results
  const PATIENCE = 30000; // milliseconds
  const MOST_BEFORE = 60; // letters of a sentence before the first word that was looked for
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const FIRST_DAY = Date.UTC(1990, 0, 1);
  const FIRST_POST = 4096; // lower numbers are pages
  const AGE = 400000; // the larger, the less it counts how new a post is
  const SIGNS = { reported: "○", acknowledged: "◔", "in progress": "◐", fixed: "✓", "not possible": "✕" };
  const SHORT = { __proto__: null, rd: "road", ave: "avenue", av: "avenue", ln: "lane", sq: "square", gdns: "gardens" };
  const ENTITIES = { __proto__: null, amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };

  const get = async (path, read) => {
    const answer = await fetch(site + path, { signal: AbortSignal.timeout?.(PATIENCE) });
    if (!answer.ok) throw new Error(path);
    return read(await answer.text());
  };
  const files = {};
  /** What is read from a file, which is fetched once; after a failure it is asked for again. */
  const once = (path, read) => {
    files[path] ??= get(path, read).catch((error) => {
      delete files[path];
      throw error;
    });
    return files[path];
  };
  const file = (name) => once(`search/${name}.json`, JSON.parse);
  const all = async (values, find) => (await Promise.all([...values].map(find))).flat();

  /** A text without accents and capitals; its words without apostrophes, and without `'s`. */
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const split = (text) => text.replace(/['’‘ʼ]/g, "").match(/[\p{L}\p{N}]+/gu) ?? [];
  const wordsOf = (text) => split(plain(text).replace(/['’‘ʼ]s(?![\p{L}\p{N}])/gu, ""));
  const bothWays = (text) => [...wordsOf(text), ...split(plain(text))];
  const slug = (text) => plain(text).replace(/['’‘ʼ]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  /** `2026/1234` as the index has it, with the year last. */
  const references = (text) => (plain(text).match(/[\p{L}\p{N}]+(\/[\p{L}\p{N}]+)+/gu) ?? [])
    .filter((one) => one.match(/\p{N}/gu)?.length > 3)
    .map((one) => one.replace(/([^/]+)\/(.+)/, "$2/$1"));

  /** A Welsh word and those that it may be a mutation of, as the index marks them. */
  const radicals = (word, { cy }) => {
    const begin = cy && [3, 2, 1].map((size) => word.slice(0, size)).find((one) => cy[one] != null);
    const others = begin && cy[begin] ? cy[begin].split(" ") : [];
    return cy ? [`${word}~`, ...others.map((other) => `${other}${word.slice(begin.length)}~`)] : [];
  };

  /** Numbers that are written as the steps from one to the next. */
  const numbers = (steps) => {
    const found = [];
    let [last, step] = [0, 0];
    for (const sign of steps) {
      const value = DIGITS.indexOf(sign);
      step = step * 32 + (value % 32);
      if (value < 32) {
        found.push(last += step);
        step = 0;
      }
    }
    return found;
  };

  /** The entries with words that begin like this one: of older posts from a file, and the newest. */
  const entries = async (word) => {
    const { shards, words } = await file("newest");
    const key = word[0] + word.slice(1, 3).replace(/y/g, "i");
    const firsts = shards.split(" ");
    const name = firsts.filter((first) => first <= key).pop() || firsts[0];
    return [...words, ...name ? await file(`words/${name}-`) : []].filter(([forms]) => ` ${forms}`.includes(` ${word}`));
  };
  const formsOf = (hits) => hits.flatMap(([forms]) => forms.split(" "));
  const alike = (hits, isAlike) => hits.filter((hit) => formsOf([hit]).some(isAlike));
  const exactly = async (word) => alike(await entries(word), (form) => form === word);

  /** What a word may mean: its weights by the numbers of documents, and the forms to be marked. */
  const meaning = (word, hits, factor = 1) => {
    const places = new Map();
    for (const [, steps, weights] of hits) {
      numbers(steps).forEach((number, index) => {
        const weight = factor * (weights[index] ?? weights);
        places.set(number, Math.max(weight, places.get(number) ?? 0));
      });
    }
    return { word, places, forms: hits.flatMap(([forms]) => forms.split(/[ /]/)) };
  };

  /** A word in the singular; and without other endings, English or Welsh. */
  const singular = (word) => word.replace(/ie[ds]$/, "y").replace(/([sxz]|[cs]h)es$/, "$1").replace(/([^isuw])s$/, "$1");
  const root = (word) => singular(word.replace("~", "")).replace(/^(..+[^e])ed$/, "$1")
    .replace(/^(...+?)(ing|e|i?au)$/, "$1").replace(/(.)\1$/, "$1").replace(/v$/, "f");

  /** The meanings of a word: itself in any form, the two that it consists of, words that begin with it,
      or those that it may be a mistake for. */
  const meanings = async (word, newest) => {
    const near = await entries(word.slice(0, 3));
    const own = [word, ...radicals(word, newest)];
    const same = alike(near, (form) => singular(form) === singular(word));
    const hits = [...same, ...await all(own.slice(1), exactly)];
    if (hits.length) return [meaning(word, hits)];
    const related = alike(near, (form) => own.some((one) => root(form) === root(one)));
    if (related.length) return [meaning(word, related, 0.9)];
    const begins = [...formsOf(near), ...word.match(/^\d+/) ?? []].filter((one) => word.startsWith(one));
    for (const begin of begins.filter((one) => word.length > one.length + 1)) {
      const [one, other] = await Promise.all([begin, word.slice(begin.length)].map(async (half) => meaning(word, await exactly(half))));
      const places = new Map([...one.places].filter(([number]) => other.places.has(number)));
      if (places.size) return [{ word, places, forms: [...one.forms, ...other.forms] }];
    }
    const longer = word.length > 2 ? alike(near, (form) => form.startsWith(word) && !form.endsWith("~")) : [];
    if (longer.length) return [meaning(word, longer, 0.6)];
    return all(await corrections(word, near, newest), async (guess) => meaning(guess, await exactly(guess), 0.5));
  };

  const single = (word) => word.replace(/(.)\1+/gu, "$1");
  /** Whether one letter is missing, added, another one, or has changed places with the next. */
  const isClose = (one, other) => {
    let begin = 0;
    while (begin < one.length && one[begin] === other[begin]) begin += 1;
    const [a, b] = [one.slice(begin), other.slice(begin)];
    return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)
      || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  };
  /** Known words close to this one: with the same first letter, with its second, or any. */
  const corrections = async (word, near, { spelling, words }) => {
    if (word.length < 4 || /\p{N}/u.test(word)) return [];
    for (const letters of [word[0], word[1], spelling]) {
      const names = [...letters].filter((letter) => spelling.includes(letter));
      const lists = await all(names, async (name) => (await file(`spelling/${name}`)).split(" "));
      const known = new Set([...formsOf([...near, ...words]), ...lists]);
      const close = [...known].filter((one) => /^\p{L}+$/u.test(one) && isClose(single(word), single(one)));
      const isSame = (one) => single(one) === single(word);
      if (close.length) return close.sort((one, other) => isSame(other) - isSame(one)).slice(0, 6);
    }
    return [];
  };

  const isOne = (word, group) => group.some(({ forms }) => forms.includes(word));
  /** The streets, issues and own pages whose names have all the words, or that are named in full. */
  const named = (groups, ignored, { streets, issues, rows }) => {
    const names = [
      ...issues.map(([name, title]) => ({ title, path: `issues/${name}/`, kind: "Issue" })),
      ...streets.map((one) => [one].flat()).map(([title, name = slug(title)]) => ({ title, path: `streets/${name}/`, kind: "Street" })),
      ...Object.entries(rows).filter(([number]) => number < FIRST_POST)
        .map(([number, [title, path]]) => ({ title, path, kind: "Page", number: Number(number) })),
    ];
    const isIn = (title, group) => bothWays(title).some((one) => isOne(one, group));
    const whole = names.filter(({ title }) => groups.every((group) => isIn(title, group)));
    const inside = names.filter(({ title }) => groups.some((group) => isIn(title, group)) && wordsOf(title).every((word) => (
      ignored.includes(word) || groups.some((group) => isOne(word, group) || isOne(`${word}s`, group))
    )));
    return [whole, inside].find((some) => some.length && some.length <= 3) ?? [];
  };

  const dayOf = (number) => new Date(FIRST_DAY + Math.floor(number / 8) * 864e5);
  const isOf = (number, when) => number >= FIRST_POST && dayOf(number).getUTCFullYear() === Number(when);

  /** What is found, the best first: documents with all words before those with fewer. */
  const search = async (typed, about, when) => {
    const newest = await file("newest");
    const ignored = newest.stop.split(" ");
    const whole = await all(references(typed), async (one) => ((await exactly(one)).length ? [one] : []));
    const parts = whole.flatMap(split);
    const words = [...new Set([...whole, ...wordsOf(typed).map((word) => SHORT[word] ?? word)])].filter((word) => (
      (/../u.test(word) || /\p{N}/u.test(word)) && !ignored.includes(word) && !parts.includes(word)
    )).slice(0, MOST_WORDS);
    const groups = await Promise.all(words.map((word) => meanings(word, newest)));
    const only = about && meaning("", await exactly(`#${about}`)).places;
    const found = new Map();
    for (const group of groups) {
      const weights = new Map();
      for (const [number, weight] of group.flatMap(({ places }) => [...places])) {
        weights.set(number, Math.max(weight, weights.get(number) ?? 0));
      }
      for (const [number, weight] of weights) {
        const { count, score } = found.get(number) ?? { count: 0, score: 0 };
        const worth = weight * Math.log(1 + newest.docs / weights.size) * (AGE + number) / AGE;
        found.set(number, { number, count: count + 1, score: score + worth });
      }
    }
    const places = about || when || !words.length ? [] : named(groups, ignored, newest);
    const documents = [...found.values()]
      .filter(({ number }) => !places.some((one) => one.number === number) && (!about || only.has(number)) && (!when || isOf(number, when)))
      .sort((one, other) => other.count - one.count || other.score - one.score);
    return { words, groups, documents, places, newest };
  };

  /** A document with the title, address, issues, progress, language and date in its row. */
  const withRow = async (one, { rows }) => {
    if (one.kind) return one;
    const { number } = one;
    const row = rows[number] ?? (await file(`posts/${Math.floor(number / 256)}`))[number];
    const [title, address, issues, progress, lang, date] = row;
    const day = date ? new Date(date) : dayOf(number);
    const path = address || `${day.toISOString().slice(0, 7).replace("-", "/")}/${slug(title)}/`;
    return { title, path, issues, progress, lang, day, kind: number < FIRST_POST && "Page", hasText: true };
  };

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  /** A result as an item of the list; its sentence comes when it is seen. */
  const item = ({ title, path, kind, issues, progress, lang, day, hasText }, result) => {
    const about = make("p", { className: "about" }, kind || make("time", {
      dateTime: day.toISOString().slice(0, 10),
      textContent: day.toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" }),
    }));
    for (const [name, words] of result.newest.issues) {
      if (` ${issues} `.includes(` ${name} `)) {
        about.append(" ", make("a", { className: `issue issue-${name}`, href: `${site}issues/${name}/`, textContent: words }));
      }
    }
    if (progress) {
      const sign = make("span", { ariaHidden: "true", textContent: SIGNS[progress] });
      about.append(" ", make("span", { className: "progress" }, sign, ` ${progress}`));
    }
    const own = lang ? { lang } : {};
    const link = make("a", { href: site + path, textContent: title, ...own });
    const sentence = make("p", { className: "sentence", ...own });
    if (hasText) {
      sentence.fill = () => fill(sentence, path, result);
      watch.observe(sentence);
    }
    return make("li", {}, make("h2", {}, link), about, ...hasText ? [sentence] : []);
  };

  /** The sentences of a page and then its description, as text and never as HTML. */
  const sentences = (html) => {
    const [, article = ""] = /<\/h1>[^]*?<\/header>([^]*?)(<aside class="after"|<\/article>)/.exec(html) ?? [];
    const [, description = ""] = /"description" content="([^"]*)/.exec(html) ?? [];
    const text = article
      .replace(/<(svg|form|button|figure class="map|p class="about)[^]*?<\/(svg|form|button|figure|p)>/g, "\n")
      .replace(/<\/?(a|abbr|b|code|del|em|i|ins|q|s|small|span|strong|sub|sup|time)\b[^>]*>/g, "")
      .replace(/\s+/g, " ").replace(/<[^>]*>/g, "\n");
    return `${text}\n${description}`
      .replace(/&#?(\w+);/g, (whole, name) => ENTITIES[name] ?? (/^\d+$/.test(name) ? String.fromCharCode(name) : whole))
      .replace(/([.!?…]["”’)]*) +(?=[\p{Lu}\p{N}“‘"(])/gu, "$1\n").split("\n").map((line) => line.trim()).filter(Boolean);
  };

  /** Shows the sentence that has most of the words, with the words marked. */
  const fill = async (sentence, path, { groups, newest }) => {
    const which = (piece) => {
      const forms = bothWays(piece).flatMap((one) => [one, ...radicals(one, newest)]);
      return groups.findIndex((group) => forms.some((form) => isOne(form, group)));
    };
    const known = { __proto__: null };
    const lines = (await once(`${path}?sentence`, sentences)).map((line) => {
      const pieces = line.split(/([\p{L}\p{N}\p{M}'’‘ʼ]+)/u);
      const places = pieces.map((piece) => (known[piece] ??= which(piece)));
      return { pieces, places, count: new Set(places.filter((place) => place >= 0)).size };
    });
    const { pieces, places } = lines.reduce((one, other) => (
      other.count > one.count ? other : one
    ), lines.find(({ count }) => count) ?? lines[lines.length - 1]);
    let at = Math.max(places.findIndex((place) => place >= 0), 0);
    for (let room = MOST_BEFORE; at && room > 0; at -= 1) room -= pieces[at - 1].length;
    if (at > 1) sentence.append("… ");
    else at = 0;
    sentence.append(...pieces.slice(at).map((textContent, index) => (
      places[at + index] < 0 ? textContent : make("mark", { textContent })
    )));
  };
  const watch = new IntersectionObserver((seen) => {
    for (const { target } of seen.filter((one) => one.isIntersecting)) {
      watch.unobserve(target);
      target.fill().catch(() => {});
    }
  }, { rootMargin: "100px" });

  /** What was found, in words, and what was taken for a mistake. */
  const summary = (typed, { words, groups, documents: [...documents], places }) => {
    const [top] = documents;
    if (!top && !places.length) return `Nothing was found for “${typed}”.`;
    const weight = ({ places: has }) => has.get(top?.number) ?? 0;
    const better = groups.map((group) => [...group].sort((one, other) => weight(other) - weight(one))[0]?.word);
    const known = better.filter(Boolean).join(" ");
    const isCorrected = known !== words.filter((word, index) => better[index]).join(" ");
    const complete = documents.filter(({ count }) => count === top.count).length + places.length;
    const fewer = documents.length + places.length - complete;
    const unknown = words.filter((word, index) => !better[index]).join(" ");
    return [
      isCorrected ? `Showing results for “${known}”: ` : "",
      `${complete} ${complete === 1 ? "result" : "results"}`,
      isCorrected ? "" : ` for “${typed}”`,
      fewer ? `, and ${fewer} with only some of the words.` : ".",
      unknown ? ` Nothing was found for “${unknown}”.` : "",
    ].join("");
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
    const typed = q.value.slice(0, MOST_LETTERS).trim();
    q.value = typed;
    const chosen = [q, issue, year].filter((one) => one?.value).map(({ name, value }) => [name, value]);
    history.replaceState(null, "", `?${new URLSearchParams(chosen)}`);
    document.title = typed ? `${typed} – ${heading}` : heading;
    if (!typed) {
      say("");
      show(BROWSE);
      return;
    }
    const slow = setTimeout(say, 400, "Searching.");
    try {
      const result = await search(typed, issue?.value, year?.value);
      const rest = [...result.places, ...result.documents];
      const next = async () => {
        const rows = await all(rest.splice(0, A_PAGE), (one) => withRow(one, result.newest));
        return rows.map((row) => item(row, result));
      };
      const items = await next();
      if (mine !== turn) return;
      list.replaceChildren(...items);
      more.hidden = !rest.length;
      more.onclick = async () => {
        const others = await next().catch(failed);
        list.append(...others);
        more.hidden = !rest.length;
        others[0].querySelector("a").focus();
      };
      say(summary(typed, result));
      show(items.length ? FOUND : NOTHING);
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
    const field = form.elements[name];
    if ([q, issue, year].includes(field)) field.value = value;
    if (field && field.selectedIndex < 0) field.selectedIndex = 0;
  }
  if (q.value) {
    show();
    run();
  }
}
