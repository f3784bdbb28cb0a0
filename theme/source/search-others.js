/* Helps the search with words that are not there as typed, with references, Welsh, and filters.
   `tools` are functions of search.js. */

const SHORT = { __proto__: null, rd: "road", ave: "avenue", av: "avenue", ln: "lane", sq: "square", gdns: "gardens" };
const POSTCODE = /^[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}$/i;

/** What is found, what is said about it, and links that are offered: addresses with words. */
export const help = async (result, [about, when], tools, near) => {
  const { newest } = result;
  const { all, look, rank, site, dayOf, FIRST_POST } = tools;
  const typed = result.typed.replaceAll('"', "").trim();
  const isExact = result.typed !== typed;
  const typedGroups = await withReferences(typed, result.groups, tools);
  const guesses = await all(typedGroups, (group) => (
    (group.places.size && !newest.cy) || isExact ? [group] : meanings(group.word, newest, tools)
  ));
  const groups = likely(guesses, rank).filter(({ places }) => places.size);
  const everything = rank(groups);
  const only = about && (await look(`#${about.value}`)).places;
  const documents = groups.length || !only ? everything.filter(({ score }) => score)
    : [...only.keys()].sort((one, other) => other - one).map((number) => ({ number, count: 0 }));
  const found = about || when ? documents.filter(({ number }) => (
    (!only || only.has(number)) && (!when || (number >= FIRST_POST && dayOf(number).getUTCFullYear() === Number(when.value)))
  )) : everything;

  const chosen = [about && ` about ${about.text}`, when && ` in ${when.text}`].filter(Boolean).join("");
  const corrected = groups.some(({ isGuess }) => isGuess) && groups.map(({ word }) => word).join(" ");
  const unknown = guesses.map((group, index) => !group.some(({ places }) => places.size) && typedGroups[index].word);
  const link = (words) => `?${new URLSearchParams({ q: words })}`;
  const offers = [
    ...corrected ? [{ href: link(`"${typed}"`), textContent: `Search for “${typed}” instead` }] : [],
    ...chosen && typed ? [{ href: link(result.typed), textContent: `Search everything (${everything.length} ${everything.length === 1 ? "result" : "results"})` }] : [],
  ];
  const answer = (said, links = offers) => ({ ...result, groups, found, said, offers: links, formsOf: (word) => [word, ...radicals(word, newest)] });
  if (!typed && !only && when) return answer("Type a word, or choose an issue.", [{ href: `${site}all/#year-${when.text}`, textContent: `All posts of ${when.text}` }]);
  if (!found.length) {
    if (near && POSTCODE.test(typed)) return answer(`“${typed}” is a postcode.`, [{ href: near, textContent: "Find out what is near it" }]);
    if (chosen && !typed) return answer(`There is nothing${chosen}.`);
    return chosen && everything.length ? answer(`Nothing${chosen} has “${corrected || typed}”.`) : answer(`Nothing was found for “${typed}”.`, []);
  }
  const missing = unknown.filter(Boolean).join(" ");
  const aim = (typed && !corrected ? ` for “${typed}”` : "") + chosen;
  const before = corrected ? `Showing results for “${corrected}”: ` : "";
  return { ...answer(), about: aim, before, after: missing && ` Nothing was found for “${missing}”.` };
};

/** The words, with `2026/1234` in place of its parts if a document has it; there its year is last. */
const withReferences = async (typed, groups, { all, look, plain, split }) => {
  const whole = await all(references(plain(typed)), (one) => look(one));
  const known = whole.filter(({ places }) => places.size);
  const parts = known.flatMap(({ word }) => split(word));
  return [...known, ...groups.filter(({ word }) => !parts.includes(word))];
};
const references = (text) => (text.match(/[\p{L}\p{N}]+(\/[\p{L}\p{N}]+)+/gu) ?? [])
  .filter((one) => one.match(/\p{N}/gu)?.length > 3)
  .map((one) => one.replace(/([^/]+)\/(.+)/, "$2/$1"));

/** A Welsh word and those that it may be a mutation of, as the index marks them. */
const radicals = (word, { cy }) => {
  const begin = cy && [3, 2, 1].map((size) => word.slice(0, size)).find((one) => cy[one] != null);
  const others = begin && cy[begin] ? cy[begin].split(" ") : [];
  return cy ? [`${word}~`, ...others.map((other) => `${other}${word.slice(begin.length)}~`)] : [];
};

/** Of several words that one may be a mistake for, the one that the best document has. */
const likely = (guesses, rank) => {
  const joined = guesses.map((group) => ({
    forms: group.flatMap(({ forms }) => forms),
    places: new Map(group.flatMap(({ places }) => [...places]).sort(([, one], [, other]) => one - other)),
  }));
  const top = rank(joined).find(({ score }) => score)?.number;
  const weight = ({ places }) => places.get(top) ?? 0;
  return guesses.flatMap((group) => group.sort((one, other) => weight(other) - weight(one)).slice(0, 1));
};

/** The meanings of a word: itself in any form, the two that it consists of, words that begin with it,
    or those that it may be a mistake for. */
const meanings = async (typed, newest, { all, alike, entries, file, look, meaning, singular }) => {
  const word = SHORT[typed] ?? typed;
  const own = [word, ...radicals(word, newest)];
  const others = await all(own.slice(1), async (one) => alike(await entries(one), (form) => form === one));
  const near = alike(await entries(word), (form) => form.startsWith(word.slice(0, 3)));
  const same = [...alike(near, (form) => singular(form) === singular(word)), ...others.flat()];
  if (same.length) return [meaning(word, same)];
  const root = (one) => singular(one.replace("~", "")).replace(/^(..+[^e])ed$/, "$1")
    .replace(/^(...+?)(ing|e|i?au)$/, "$1").replace(/(.)\1$/, "$1").replace(/v$/, "f");
  const related = alike(near, (form) => own.some((one) => root(form) === root(one)));
  if (related.length) return [meaning(word, related, 0.9)];
  const known = near.flatMap(([forms]) => forms.split(" "));
  const begins = [...known, ...word.match(/^\d+/) ?? []].filter((one) => word.startsWith(one) && word.length > one.length + 1);
  for (const begin of begins) {
    const [one, other] = await all([begin, word.slice(begin.length)], (half) => look(half));
    const places = new Map([...one.places].filter(([number]) => other.places.has(number)));
    if (places.size) return [{ word, places, forms: [...one.forms, ...other.forms] }];
  }
  const longer = word.length > 2 ? alike(near, (form) => form.startsWith(word) && !form.endsWith("~")) : [];
  if (longer.length) return [meaning(word, longer, 0.6)];
  const guesses = await corrections(word, known, newest, { all, file });
  return all(guesses, async (guess) => ({ ...meaning(guess, alike(await entries(guess), (form) => form === guess), 0.5), isGuess: true }));
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
const corrections = async (word, near, { spelling, words }, { all, file }) => {
  if (word.length < 4 || /\p{N}/u.test(word)) return [];
  for (const letters of [word[0], word[1], spelling]) {
    const names = [...letters].filter((letter) => spelling.includes(letter));
    const lists = await all(names, (name) => file(`spelling/${name}`));
    const known = new Set([...near, ...words.flatMap(([forms]) => forms.split(" ")), ...lists.flatMap((list) => list.split(" "))]);
    const close = [...known].filter((one) => /^\p{L}+$/u.test(one) && isClose(single(word), single(one)));
    const isSame = (one) => single(one) === single(word);
    if (close.length) return close.sort((one, other) => isSame(other) - isSame(one)).slice(0, 6);
  }
  return [];
};
