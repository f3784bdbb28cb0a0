// Parts of the dialog of pictures: the description, the tools, and what is said about a picture.

import { base, element } from "./api.js";

const MOST_WORDS = 300;
const PAUSE = 400;
const MOST_SHOWN = 60;
// A picture with fewer pixels looks blurred on a desktop.
const FEW_PIXELS = 600;
const EXAMPLE = "A yellow grit bin in the snow at the corner of Eland Road";
const SHAPES = [["Whole picture", null], ["Wide (3:2)", 3 / 2], ["Square", 1]];

export const button = (words, onclick, attributes = {}) =>
  element("button", { type: "button", onclick, ...attributes }, words);

/** The field for the description, with an example, a count, and what the checks say. */
export class Description {
  constructor(ask, value = "") {
    this.ask = ask;
    this.count = element("p", { class: "note", id: "pictures-count" });
    this.problem = element("div", { class: "note", id: "pictures-problem", "aria-live": "polite" });
    this.input = element("textarea", {
      id: "pictures-words", rows: "4", required: true, spellcheck: "true", maxlength: MOST_WORDS,
      "aria-describedby": "pictures-help pictures-wrong pictures-problem pictures-count",
    });
    this.input.value = value;
    this.input.addEventListener("input", () => this.#changed());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault(); // it is one line, however long
    });
    this.refusal = element("p", { class: "wrong", id: "pictures-wrong", role: "alert" });
    this.place = element(
      "div", {},
      element("label", { for: "pictures-words" }, "What does it show?"),
      element(
        "p", { class: "help", id: "pictures-help" },
        `For people who cannot see it. Say it as you would on the telephone: “${EXAMPLE}”.`,
      ),
      this.input, this.refusal, this.problem, this.count,
    );
    this.#counted();
  }

  /** Say beside the field why these words cannot be saved, with the focus in it. */
  wrong(error) {
    this.problem.replaceChildren();
    this.refusal.textContent = [error.message, error.hint].filter(Boolean).join(" ");
    this.input.setAttribute("aria-invalid", "true");
    this.input.focus();
    this.place.scrollIntoView({ block: "nearest" });
  }

  /** What was said about earlier words no longer counts. */
  right() {
    this.refusal.textContent = "";
    this.input.removeAttribute("aria-invalid");
  }

  #counted() {
    this.count.textContent = `${this.input.value.length} of ${MOST_WORDS} characters`;
  }

  #changed() {
    this.#counted();
    this.right();
    clearTimeout(this.timer);
    this.problem.replaceChildren();
    if (this.ask && this.input.value.trim()) this.timer = setTimeout(() => this.#checked(), PAUSE);
  }

  async #checked() {
    const asked = this.input.value;
    const answer = await this.ask(asked).catch(() => null);
    if (!answer || asked !== this.input.value) return;
    const { problem, name } = answer;
    this.problem.replaceChildren(
      problem
        ? element("p", { class: "wrong" }, `${problem.message}. ${problem.hint}`)
        : element("p", {}, `The file will be called “${name}”.`),
    );
    if (problem) this.problem.scrollIntoView({ block: "nearest" });
  }
}

/** The buttons and sliders that turn and crop, folded; `size` says how large the picture is then. */
export function tools(crop, size) {
  const shapes = SHAPES.map(([words, ratio]) => {
    const made = button(words, () => {
      crop.shape(ratio);
      for (const one of shapes) one.setAttribute("aria-pressed", String(one === made));
    }, { "aria-pressed": String(!ratio) });
    return made;
  });
  const free = () => shapes.forEach((one) => one.setAttribute("aria-pressed", "false"));
  crop.sliders.addEventListener("input", free);
  return element(
    "details", {},
    element("summary", {}, "Turn and crop"),
    element(
      "div", { class: "tools", role: "group", "aria-label": "Turn and crop" },
      button("Turn left", () => crop.turnBy(-1)),
      button("Turn right", () => crop.turnBy(1)),
      ...shapes,
    ),
    crop.sliders,
    size,
  );
}

/** How large residents see a part of so many pixels, of which `most` on a side are published. */
export function sizeWords(width, height, most) {
  const scale = Math.min(1, most / Math.max(width, height));
  const [shown, tall] = [Math.round(width * scale), Math.round(height * scale)];
  const words = `Residents see it up to ${shown} × ${tall} pixels large; phones get a smaller copy.`;
  return shown < FEW_PIXELS ? `${words} On a large screen, that is small.` : words;
}

/** What only a person can see. */
export function asked() {
  return element(
    "p", { class: "box warn note" },
    "Are there faces of children, number plates, or a house number that shows whose home it is? "
      + "Crop them out, or ask the people first.",
  );
}

/** What was in the file besides the picture. */
export function removed(findings) {
  if (!findings.length) return [];
  return [
    element(
      "div", { class: "box good" },
      element("p", {}, "Besides the picture, this was in the file. It is removed before the picture is saved:"),
      element("ul", {}, ...findings.map((one) => element("li", {}, one))),
    ),
  ];
}

/** The pictures that can be used again, with a search; `say` tells how many there are. */
export function gallery(pictures, choose, say) {
  const list = element("ul", { class: "gallery" });
  const filter = element("input", { type: "search", autocomplete: "off" });
  const fill = () => {
    const words = filter.value.toLowerCase().split(/\s+/);
    const found = pictures.filter((one) => {
      const said = `${one.path} ${one.description}`.toLowerCase();
      return words.every((word) => said.includes(word));
    });
    list.replaceChildren(...found.slice(0, MOST_SHOWN).map((one) => thumbnail(one, choose)));
    const more = found.length > MOST_SHOWN ? ` The latest ${MOST_SHOWN} are shown.` : "";
    say(`${found.length} ${found.length === 1 ? "picture" : "pictures"}.${more}`);
  };
  filter.addEventListener("input", fill);
  fill();
  return [element("label", {}, "Search by name or description", filter), list];
}

function thumbnail(one, choose) {
  const image = element("img", { src: base + one.small, alt: "", loading: "lazy" });
  image.addEventListener("error", () => image.remove());
  const made = button("", () => choose(one));
  made.append(image, element("span", {}, one.description || one.path.split("/").pop()));
  return element("li", {}, made);
}
