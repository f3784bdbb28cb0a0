/* Answers "What is near me?" from two files of this site. What is typed stays on this device. */

const NEAR = 300; // metres
const METRES_PER_DEGREE = 111320;
const MOST_GUESSES = 5;
const COMPASS = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];
// "St" is Saint or Street, so both are "st".
const SHORT = Object.fromEntries(Object.entries({
  st: "saint street str", road: "rd", avenue: "av ave", gardens: "gdns gdn", crescent: "cr cres cresc",
  close: "cl", drive: "dr", lane: "la ln", place: "pl", square: "sq", terrace: "ter terr", court: "ct",
  grove: "gr gro grv", park: "pk", walk: "wk", hill: "hl", mount: "mt", great: "gt", upper: "upr",
  lower: "lwr", north: "n nth", south: "s sth", east: "e", west: "w", first: "1st", second: "2nd",
  third: "3rd",
}).flatMap(([long, shorts]) => shorts.split(" ").map((short) => [short, long])));

let loaded = null;

/** The two files, fetched once; after a failure they are asked for again. */
const load = (files) => {
  const get = async (url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(url);
    return answer.json();
  };
  loaded ??= Promise.all([get(files.where), get(files.open)]).then(([where, open]) => ({
    streets: table(where.streets.name, where.streets, where.perDegree),
    postcodes: table(codes(where.postcodes.code), where.postcodes, where.perDegree),
    items: open.items,
    pages: open.streets,
  })).catch((error) => {
    loaded = null;
    throw error;
  });
  return loaded;
};

const codes = (ends) => Object.entries(ends)
  .flatMap(([begin, text]) => text.match(/.{3}/g).map((end) => `${begin} ${end}`));

/** Names with their positions, which are written as steps from one to the next. */
const table = (names, { lat, lon }, perDegree) => {
  let [north, east] = [0, 0];
  return names.map((name, index) => {
    north += lat[index];
    east += lon[index];
    return { name, key: plain(name), lat: north / perDegree, lon: east / perDegree };
  });
};

/** A name without capitals, accents, apostrophes, short forms and what is in brackets. */
const plain = (text) => {
  const bare = text.replace(/\(.*\)/, "").toLowerCase().normalize("NFD")
    .replace(/[\p{M}'’‘ʼ`´]/gu, "").replace(/&/g, " and ");
  const words = (bare.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => SHORT[word] ?? word);
  if (words.length > 2 && words[0] === "the") words.shift();
  return words.join(" ");
};

/** How many letters differ; two that changed places count once. */
const difference = (one, other) => {
  const rows = [[...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i += 1) {
    rows[i] = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows[one.length][other.length];
};

/** The streets that somebody may have meant, the likeliest first. */
const guesses = (key, streets) => {
  const close = (street) => {
    if (` ${street.key} `.includes(` ${key} `) || street.key.startsWith(key)) return 0;
    return difference(key, street.key);
  };
  const most = Math.max(1, Math.floor(key.length / 4));
  return streets.map((street) => ({ street, by: close(street) })).filter(({ by }) => by <= most)
    .sort((one, other) => one.by - other.by).slice(0, MOST_GUESSES).map(({ street }) => street);
};

/** What was typed as a list of places, or as words that say what is wrong. */
const meant = (typed, { streets, postcodes }) => {
  const code = /\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b/i.exec(typed);
  if (code) {
    const name = `${code[1]} ${code[2]}`.toUpperCase();
    const found = postcodes.filter((postcode) => postcode.name === name);
    return found.length ? { found } : {
      words: `The postcode ${name} is not in this ward or close to it. Check it, or type your street.`,
    };
  }
  const key = plain(typed);
  if (!key) return { words: "Type your postcode or the name of your street." };
  let found = streets.filter((street) => street.key === key);
  if (!found.length) {
    const part = typed.toUpperCase().replace(/\s/g, "");
    if (/^[A-Z]{1,2}\d[A-Z\d]?(\d[A-Z]?)?$/.test(part)) {
      const like = postcodes.find(({ name }) => name.replace(" ", "").startsWith(part));
      const example = like ? `, such as ${like.name}` : "";
      return { words: `“${part}” is only a part of a postcode. Type all of it${example}, or type your street.` };
    }
    const inside = streets.filter((street) => ` ${key} `.includes(` ${street.key} `));
    const longest = Math.max(...inside.map((street) => street.key.length));
    found = inside.filter((street) => street.key.length === longest);
  }
  if (found.length === 1) return { found };
  if (found.length) return { words: "There are several streets of this name. Which one do you mean?", choices: found };
  const choices = guesses(key, streets);
  return choices.length
    ? { words: `There is no street called “${typed}” here. Did you mean one of these?`, choices }
    : { words: `There is no street or postcode “${typed}” in this ward or close to it. Check it, or find your street in the list.` };
};

/** Metres from one place to another, and in which direction. */
const way = (from, to) => {
  const north = (to.lat - from.lat) * METRES_PER_DEGREE;
  const east = (to.lon - from.lon) * METRES_PER_DEGREE * Math.cos((from.lat * Math.PI) / 180);
  const turn = Math.round((Math.atan2(east, north) / Math.PI) * 4 + 8) % 8;
  return { metres: Math.hypot(north, east), compass: COMPASS[turn] };
};

/** The distance in words, no more exact than the place itself. */
const distance = ({ metres, compass }, radius = 0) => {
  const unit = radius ? 100 : 10;
  const round = Math.round(metres / unit) * unit;
  const words = metres < Math.max(radius, 15) ? "very near" : `about ${round} m ${compass}`;
  return radius ? `${words}, shown to within ${radius} m` : words;
};

const nearTo = (here, places) => places
  .map((place) => ({ place, ...way(here, place) }))
  .filter(({ metres }) => metres <= NEAR)
  .sort((one, other) => one.metres - other.metres);

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

const itemLine = ({ place: item, ...where }) => {
  const link = make("a", { href: item.url, textContent: item.title });
  if (item.lang !== "en") link.lang = item.lang;
  const words = [item.words, item.place, distance(where, item.radius)].join(" · ");
  return make("li", {}, link, make("p", { className: "about", textContent: words }));
};

const streetLine = (list, pages) => ({ place: { name }, ...where }) => {
  const page = pages[name];
  const link = page ? make("a", { href: `${list}${page}/`, textContent: name }) : name;
  return make("li", {}, link, " ", make("span", { className: "about", textContent: distance(where) }));
};

const mapButton = (here, message) => {
  const button = make("button", { type: "button", textContent: "Show on the map" });
  button.addEventListener("click", () => {
    window.ward.figure.scrollIntoView({ block: "nearest" });
    window.ward.near(here.lat, here.lon, NEAR).catch(() => {
      message.textContent = "The interactive map could not be loaded.";
    });
  });
  return button;
};

/** The answer for one place, as a heading with lists below it. */
const answer = (here, { streets, items, pages }, files, message) => {
  const heading = make("h3", { tabIndex: -1, textContent: `Within ${NEAR} m of ${here.name}` });
  const open = nearTo(here, items);
  const others = nearTo(here, streets.filter((street) => street !== here));
  const parts = [heading];
  if (pages[here.name]) {
    const url = `${files.streets}${pages[here.name]}/`;
    parts.push(make("p", {}, make("a", { href: url, textContent: `All about ${here.name}` })));
  }
  parts.push(make("h4", { textContent: "Open reports and notices" }));
  parts.push(open.length
    ? make("ul", { className: "posts" }, ...open.map(itemLine))
    : make("p", { textContent: "None here at the moment." }));
  if (window.ward?.near) parts.push(make("p", {}, mapButton(here, message)));
  if (others.length) {
    const lines = others.map(streetLine(files.streets, pages));
    parts.push(make("h4", { textContent: "Streets" }), make("ul", { className: "streets" }, ...lines));
  }
  return parts;
};

/** Shows what is near to what was typed, or what is wrong with it. */
export const find = async ({ input, message, answers, files }) => {
  const data = await load(files);
  const { found, words, choices = [] } = meant(input.value.trim(), data);
  const show = (here) => {
    message.textContent = "";
    if (choices.includes(here)) input.value = here.name;
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
    answers.replaceChildren(...answer(here, data, files, message));
    answers.firstChild.focus();
  };
  if (found) {
    show(found[0]);
    return;
  }
  message.textContent = words;
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", message.id);
  answers.replaceChildren(...(choices.length ? [make("ul", { className: "choices" }, ...choices.map((street) => {
    const button = make("button", { type: "button", textContent: street.name });
    button.addEventListener("click", () => show(street));
    return make("li", {}, button);
  }))] : []));
  input.focus();
};
