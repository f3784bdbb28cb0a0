/* Searches the files that were made with the site. What is looked for stays on this device, but for
   the names of the files that are fetched. */
"use strict";

{
  const { site } = document.currentScript.dataset;
  const form = document.getElementById("ward-search");
  const status = document.getElementById("ward-found");
  const results = document.getElementById("ward-results");
  const browse = [...results.childNodes];
  const heading = document.title;
  const { q, issue, year } = form.elements;
  const MOST_LETTERS = 100;
  const MOST_WORDS = 8;
  const A_PAGE = 10; // results
  const PATIENCE = 30000; // milliseconds
  const SHORTEST_PART = 3; // letters of a word of which the rest is not typed
  const MOST_GUESSES = 4;
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const FIRST_DAY = Date.UTC(1990, 0, 1);
  const PLACES = 8; // numbers of a day
  const SIGNS = { reported: "○", acknowledged: "◔", "in progress": "◐", fixed: "✓", "not possible": "✕" };
  const [EXACT, PART, CORRECTED] = [1, 0.6, 0.5];
  let turn = 0;

  const files = new Map();
  /** A file of the index, fetched once; after a failure it is asked for again. */
  const file = (name) => {
    if (!files.has(name)) {
      files.set(name, get(`search/${name}.json`).then((answer) => answer.json()).catch((error) => {
        files.delete(name);
        throw error;
      }));
    }
    return files.get(name);
  };
  const get = async (path) => {
    const answer = await fetch(site + path, { signal: AbortSignal.timeout?.(PATIENCE) });
    if (!answer.ok) throw new Error(path);
    return answer;
  };

  /** A text without accents, capitals and apostrophes. */
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/['’‘ʼ`´]s(?![\p{L}\p{N}])/gu, "").replace(/['’‘ʼ`´]/g, "");
  const wordsOf = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  /** Numbers that are written as steps from one to the next. */
  const numbers = (steps) => {
    const found = [];
    let [last, step] = [0, 0];
    for (const sign of steps) {
      const value = DIGITS.indexOf(sign);
      step = step * 32 + (value & 31);
      if (value < 32) {
        last += step;
        found.push(last);
        step = 0;
      }
    }
    return found;
  };

  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  /** The entries whose forms match, from the newest posts and from the shards. */
  const entries = async (word, isWhole) => {
    const { shards, words } = await file("newest");
    const at = Math.max(shards.findLastIndex((first) => first <= word), 0);
    const names = isWhole ? shards.slice(at, at + 1)
      : shards.filter((first, index) => index === at || first.startsWith(word));
    const lists = await Promise.all(names.slice(0, 3).map((name) => file(`words/${name}`)));
    const wanted = isWhole ? ` ${word} ` : ` ${word}`;
    return [words, ...lists].flat().filter(([forms]) => ` ${forms} `.includes(wanted));
  };

  /** Where a word is: `places` has weights by the numbers of documents, `forms` what is marked. */
  const found = async (word) => {
    const { cy = {} } = await file("newest");
    const radicals = Object.entries(cy).filter(([begin]) => word.startsWith(begin))
      .flatMap(([begin, others]) => others.map((other) => other + word.slice(begin.length)));
    let hits = (await Promise.all([word, ...radicals].map((form) => entries(form, true)))).flat();
    if (hits.length) return joined(word, hits, EXACT);
    if (word.length >= SHORTEST_PART) hits = await entries(word, false);
    if (hits.length) return joined(word, hits, PART);
    const guesses = await corrections(word);
    const each = await Promise.all(guesses.map(async (guess) => (
      joined(guess, await entries(guess, true), CORRECTED)
    )));
    return joinedAll(word, each);
  };

  const joined = (word, hits, factor) => {
    const places = new Map();
    for (const [, steps, weights] of hits) {
      numbers(steps).forEach((number, index) => {
        const weight = factor * Number(weights[index] ?? weights[0]);
        places.set(number, Math.max(weight, places.get(number) ?? 0));
      });
    }
    return { word, places, forms: new Set(hits.flatMap(([forms]) => forms.split(" "))), guesses: [] };
  };

  const joinedAll = (word, each) => {
    const all = { word, places: new Map(), forms: new Set(), guesses: each };
    for (const one of each) {
      one.forms.forEach((form) => all.forms.add(form));
      for (const [number, weight] of one.places) {
        all.places.set(number, Math.max(weight, all.places.get(number) ?? 0));
      }
    }
    return all;
  };

  const single = (word) => word.replace(/(.)\1+/gu, "$1");

  /** Whether one letter is missing, added, another one, or has changed places with the next. */
  const isClose = (one, other) => {
    if (Math.abs(one.length - other.length) > 1) return false;
    let begin = 0;
    while (begin < one.length && one[begin] === other[begin]) begin += 1;
    const [a, b] = [one.slice(begin), other.slice(begin)];
    return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)
      || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  };
