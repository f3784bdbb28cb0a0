/* Shows what was found: titles, and a sentence of each page with the words marked. `tools` are
   functions of search.js. */

const MOST_BEFORE = 60; // letters of a sentence before the first word that was looked for
const ENOUGH = 100; // letters: a shorter sentence is followed by the next
const WHOLE = 30; // letters: less is a heading or a name, and says little alone
const ENDS = /[.!?…]["”’)]*$/; // a whole sentence
const ENTITIES = { __proto__: null, amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };
const SIGNS = { reported: "○", acknowledged: "◔", "in progress": "◐", fixed: "✓", "not possible": "✕" };

/** How many have all the words, and how many only some of them. */
export const counted = ({ found, groups, about, before = "", after = "" }) => {
  const complete = found.filter(({ count }) => count === groups.length).length;
  const fewer = found.length - complete;
  const rest = fewer ? `, and ${fewer} with only some of the words.` : ".";
  const said = complete ? `${complete} ${complete === 1 ? "result" : "results"}${about}${rest}`
    : `No page has all these words. ${fewer} ${fewer === 1 ? "has" : "have"} some of them.`;
  return before + said + after;
};

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
/** A result as an item of the list; its sentence comes when it is seen. */
export const item = async ({ number, title, path, kind = "Page", name }, { newest }, { site, file, slug, dayOf, FIRST_POST }) => {
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

/** Fills items of the list: sentences when they are seen, and for an issue how many posts it has. */
export const quote = (items, result, tools) => {
  const watch = new IntersectionObserver((seen) => {
    for (const { target } of seen.filter((one) => one.isIntersecting)) {
      watch.unobserve(target);
      fill(target, result, tools).catch(() => {});
    }
  }, { rootMargin: "100px" });
  for (const one of items) {
    const sentence = one.querySelector(".sentence");
    if (sentence) watch.observe(sentence);
    if (one.name) {
      tools.look(`#${one.name}`).then(({ places: { size } }) => {
        one.querySelector(".about").append(` ${size || "no"} ${size === 1 ? "post" : "posts"}`);
      }).catch(() => {});
    }
  }
};

/** The sentences of a page, and those of its description, as text and never as HTML. */
const read = (html) => {
  const [, article = ""] = /<\/h1>[^]*?<\/header>([^]*?)(<aside class="after"|<\/article>)/.exec(html) ?? [];
  const [, description = ""] = /"description" content="([^"]*)/.exec(html) ?? [];
  const text = article
    .replace(/<(svg|form|button|figure(?= class="map)|p(?= class="about)|section(?= class="where))[^]*?<\/\1>/g, "\n")
    .replace(/<\/?(a|abbr|b|code|del|em|i|ins|q|s|small|span|strong|sub|sup|time)\b[^>]*>/g, "")
    .replace(/\s+/g, " ").replace(/<[^>]*>/g, "\n");
  return [text, description].map((part) => part
    .replace(/&#?(\w+);/g, (whole, name) => ENTITIES[name] ?? (/^\d+$/.test(name) ? String.fromCharCode(name) : whole))
    .replace(/([.!?…]["”’)]*) +(?=[\p{Lu}\p{N}“‘"(])/gu, "$1\n").split("\n").map((line) => line.trim()).filter(Boolean));
};

/** Shows the sentence that has most of the words, and those after it if it is short. */
const fill = async (sentence, { groups, formsOf }, { load, bothWays }) => {
  const which = (piece) => {
    const forms = bothWays(piece).flatMap(formsOf);
    return groups.findIndex((group) => forms.some((form) => group.forms.includes(form)));
  };
  const known = { __proto__: null };
  const take = (line) => {
    const pieces = line.split(/([\p{L}\p{N}\p{M}'’‘ʼ]+)/u);
    const places = pieces.map((piece) => (known[piece] ??= which(piece)));
    return { pieces, places, worth: 2 * new Set(places.filter((place) => place >= 0)).size };
  };
  const [own, description] = await load(`${sentence.parentElement.path}?sentence`, read);
  const lines = [...own, ...description];
  const worths = lines.map((line) => {
    const { worth } = take(line);
    return worth && worth + (line.length >= WHOLE);
  });
  const best = worths.indexOf(Math.max(...worths));
  let text = lines[best];
  for (const next of own.slice(best + 1).filter((line) => ENDS.test(line))) {
    if (text.length >= ENOUGH) break;
    text += (ENDS.test(text) ? " " : " – ") + next;
  }
  const { pieces, places } = take(text);
  let at = Math.max(places.findIndex((place) => place >= 0), 0);
  for (let room = MOST_BEFORE; at && room > 0; at -= 1) room -= pieces[at - 1].length;
  if (at > 1) sentence.append("… ");
  else at = 0;
  sentence.append(...pieces.slice(at).map((textContent, index) => (
    places[at + index] < 0 ? textContent : make("mark", { textContent })
  )));
};
