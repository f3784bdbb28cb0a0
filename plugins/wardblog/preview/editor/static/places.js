// "Where is it?": the dialog in which a place is found and put on the map, as vaguely as need be.

import { element, post } from "./api.js";
import { placeMap, styles } from "./places-map.js";
import { layout, parts } from "./places-parts.js";
import { placeSearch } from "./places-search.js";

const PAUSE = 250; // milliseconds without typing, or without another step of the pin
let isOpen = false;

/** One opened dialog: where the pin is, what it is called, and how residents see it. */
class PlaceDialog {
  constructor(current) {
    this.current = { value: "", fields: {}, ...current };
    this.asked = 0;
    this.spot = null; // {lat, lng, where, progress, name}: the name that it was found by
    this.answer = null; // of places/name
    this.choice = ""; // what was chosen by hand
    this.hasOwnName = false;
    this.isTouched = false;
    this.made = parts();
    this.search = placeSearch(
      (words) => this.find(words), (spot) => this.take(spot), () => this.use(),
    );
    this.dialog = layout(this.search, this.made);
  }

  /** The header lines of the post on which a place depends, and the place that is edited. */
  get lines() {
    const { Tags = [], Precision = [], Places = [], Allow = [] } = this.current.fields;
    return { fields: { Tags, Precision, Places, Allow }, before: this.current.value };
  }

  find(words) {
    return post("places/find", { ...this.lines, words });
  }

  say(words) {
    this.made.status.textContent = words;
  }

  /** Opens the dialog; resolves to the chosen place, or null. The browser gives the focus back. */
  open() {
    document.body.append(this.dialog);
    this.listen();
    this.dialog.showModal();
    this.search.input.focus();
    this.begin();
    return new Promise((resolve) => {
      this.dialog.addEventListener("close", () => {
        clearTimeout(this.pause);
        this.asked += 1;
        requestAnimationFrame(() => { // after what the map is about to draw
          this.map?.remove();
          this.dialog.remove();
          resolve(this.result ?? null);
        });
      });
    });
  }

  listen() {
    const { made } = this;
    made.cancel.addEventListener("click", () => this.dialog.close());
    made.use.addEventListener("click", () => this.use());
    made.middle.addEventListener("click", () => this.map?.putInMiddle());
    for (const arrow of made.arrows)
      arrow.addEventListener("click", () => this.map?.nudge(arrow.dataset.key));
    made.name.addEventListener("input", () => {
      this.hasOwnName = made.name.value.trim() !== "";
      this.isTouched = true;
      this.later();
    });
    for (const radio of made.radios)
      radio.addEventListener("change", () => {
        this.choice = radio.value;
        this.isTouched = true;
        this.showWay();
        this.made.messages.scrollIntoView({ block: "nearest" });
      });
    made.copy.addEventListener("click", () => this.copy());
  }

  async begin() {
    this.say("Loading the map.");
    const reading = this.current.value ? this.read() : null;
    try {
      this.map = await placeMap(this.made.figure, (lat, lng) => this.moved(lat, lng));
      if (!this.map) return;
      this.made.credit.textContent = this.map.credit;
      this.say(this.map.words);
      this.made.figure.classList.add("is-live");
    } catch (error) {
      this.say(`The map could not be loaded. You can still type where it is. ${error.message}`);
      this.made.figure.hidden = true;
    }
    await reading;
    if (this.spot) this.map?.show(this.spot.lat, this.spot.lng);
    this.showWay();
  }

  /** Reads the place that is edited; if it cannot be read, its words are searched. */
  async read() {
    const { value } = this.current;
    const answer = await post("places/read", { ...this.lines, value }).catch((error) => error);
    if (this.spot) return;
    if (answer.ways) {
      const { lat, lng, where, progress, shown, name, street } = answer;
      this.spot = { lat, lng, where, name, progress };
      this.choice = shown;
      this.hasOwnName = name !== street && name !== where;
      this.taken(answer);
    } else {
      // It may be a name for a pin that is not there yet, or one with a mistake in it.
      this.made.name.value = value.split("|")[0].trim();
      this.hasOwnName = this.made.name.value !== "";
      this.search.look(value);
    }
  }

  /** The pin was put somewhere on the map. */
  moved(lat, lng) {
    this.spot = { lat, lng, where: "", name: "", progress: this.spot?.progress ?? "" };
    this.isTouched = true;
    this.later();
  }

  /** One of the places that were found. */
  take({ lat, lng, name, where, progress }) {
    this.spot = { lat, lng, where, name, progress: progress || this.spot?.progress || "" };
    this.made.name.value = name;
    this.hasOwnName = false;
    this.isTouched = true;
    this.map?.show(lat, lng);
    this.name();
  }

  later() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.name(), PAUSE);
  }

  /** Asks what the pin is called, and what can be written for it. */
  async name() {
    clearTimeout(this.pause);
    if (!this.spot) return;
    this.asked += 1;
    const turn = this.asked;
    const name = this.hasOwnName ? this.made.name.value : this.spot.name;
    let answer;
    try {
      answer = await post("places/name", { ...this.lines, ...this.spot, name });
    } catch (error) {
      answer = { message: error.message, hint: error.hint ?? "" };
    }
    if (turn !== this.asked) return;
    if (answer.ways) {
      this.taken(answer);
    } else {
      this.answer = null;
      this.showWay();
      this.showMessages([{ severity: "stop", ...answer }]);
    }
  }

  taken(answer) {
    this.answer = answer;
    if (!this.hasOwnName || !this.made.name.value) this.made.name.value = answer.name;
    this.made.figures.textContent = `${answer.lat.toFixed(5)}, ${answer.lng.toFixed(5)}`;
    this.made.where.hidden = false;
    if (this.isTouched) {
      const words = answer.name || "a place without a name";
      const about = answer.about ? `, ${answer.about}` : "";
      this.say(`The pin is at ${words}${about}. ${this.way?.words ?? ""}`);
    }
    this.showWay();
  }

  get way() {
    const ways = this.answer?.ways ?? [];
    const wanted = this.choice || this.answer?.choice;
    return ways.find(({ choice }) => choice === wanted) ?? ways[0];
  }

  /** Shows what residents will see. */
  showWay() {
    const { made, way } = this;
    made.choices.hidden = this.answer?.ways.length === 1;
    for (const radio of made.radios) radio.checked = radio.value === way?.choice;
    made.words.textContent = way ? [way.words, way.note].filter(Boolean).join(" ") : "";
    this.map?.circle(way?.circle);
    this.map?.name(this.answer?.street ?? "");
    this.showMessages(way?.messages ?? []);
  }

  showMessages(messages) {
    this.made.messages.replaceChildren(...messages.map(({ severity, message, hint }) =>
      element("div", { class: `box ${severity}` },
        element("p", {}, element("strong", {}, message)), hint ? element("p", {}, hint) : null)));
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.made.figures.textContent);
      this.say("Copied.");
    } catch {
      getSelection().selectAllChildren(this.made.figures);
      this.say("Press Ctrl+C to copy the position.");
    }
  }

  async use() {
    if (!this.spot) {
      this.say("Put the pin on the map first, or find a street.");
      this.search.input.focus();
      return;
    }
    if (this.isTouched) await this.name();
    if (!this.isTouched) {
      const [precision = ""] = this.current.fields.Precision ?? [];
      this.result = { value: this.current.value, precision };
    } else if (this.way?.value) {
      this.result = { value: this.way.value, precision: this.way.precision };
    } else if (this.answer) {
      this.say("This place needs a name.");
      this.made.name.focus();
      return;
    } else {
      return; // what is wrong with it is shown
    }
    this.dialog.close();
  }
}

/**
 * Asks where something is. `current` has the `value` of the Places line that is edited, or "", and
 * the `fields` of the post as they are in its form. Resolves to `{value, precision}`, for that line
 * and for the post's Precision line ("" if it needs none), or to null if nothing was chosen.
 */
export async function choosePlace(current) {
  if (isOpen) return null; // the button was pressed twice
  isOpen = true;
  try {
    await styles("static/places.css");
    return await new PlaceDialog(current).open();
  } finally {
    isOpen = false;
  }
}
