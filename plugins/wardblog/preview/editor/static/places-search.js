// The field of the dialog for places that finds a street, a postcode or a position while one types.

import { element } from "./api.js";

const PAUSE = 150; // milliseconds without typing

/**
 * A combobox (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). `find(words)` asks the server,
 * `take(spot)` is called with what was chosen, and `use()` when Enter is pressed once more.
 */
export function placeSearch(find, take, use) {
  const input = element("input", {
    type: "text", id: "place-search", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-expanded": "false", "aria-controls": "place-found", "aria-autocomplete": "list",
    "aria-describedby": "place-search-help place-search-said", maxlength: 6000,
  });
  const list = element("ul", {
    id: "place-found", class: "place-found", role: "listbox", "aria-label": "Places", hidden: true,
  });
  const said = element("p", { class: "note", id: "place-search-said", role: "status" });
  const part = element("div", { class: "place-search" },
    element("label", { for: "place-search" }, "Street or postcode"),
    element("span", { class: "help", id: "place-search-help" },
      "Or paste a link to a map, coordinates or a grid reference."),
    input, list, said);
  let [spots, active, turn, pause, taken] = [[], -1, 0, 0, null];

  const mark = (number) => {
    active = number;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", at === number));
    list.children[number]?.scrollIntoView({ block: "nearest" });
    if (number < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `place-found-${number}`);
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const choose = (number) => {
    clearTimeout(pause);
    turn += 1;
    const spot = spots[number];
    input.value = spot.name || input.value;
    taken = input.value;
    said.textContent = document.activeElement === input && matchMedia("(pointer: fine)").matches
      ? "Press Enter once more to use this place."
      : "";
    close();
    take(spot);
  };
  const option = (spot, number) => element("li",
    { role: "option", id: `place-found-${number}`, "aria-selected": "false",
      onpointerdown: (event) => event.preventDefault(), // the field keeps the focus
      onclick: () => choose(number) },
    element("strong", {}, spot.name || "This position"), " ",
    element("span", {}, spot.about));

  /** Shows what may be meant; with `isSure`, a single place is taken at once. */
  const look = async (isSure = false) => {
    clearTimeout(pause);
    turn += 1;
    const mine = turn;
    if (!input.value.trim()) {
      said.textContent = "";
      close();
      return;
    }
    let answer;
    try {
      answer = await find(input.value);
    } catch (error) {
      answer = { results: [], message: error.message, hint: error.hint ?? "" };
    }
    if (mine !== turn) return;
    spots = answer.results;
    said.textContent = [answer.message, answer.hint].filter(Boolean).join(" ");
    list.replaceChildren(...spots.map(option));
    list.hidden = !spots.length;
    input.setAttribute("aria-expanded", String(spots.length > 0));
    mark(spots.length ? 0 : -1);
    if (isSure && spots.length === 1) choose(0);
    else if (spots.length > 1) said.textContent ||= `${spots.length} places. Choose one.`;
  };

  input.addEventListener("input", () => {
    clearTimeout(pause);
    turn += 1; // what was asked before no longer counts
    pause = setTimeout(look, PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden) {
      event.preventDefault();
      mark((active + step + spots.length) % spots.length);
    } else if (step === 1 && input.value) {
      event.preventDefault();
      look();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden && active >= 0) choose(active);
      else if (input.value === taken) use();
      else look(true);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the dialog stays open
      close();
    }
  });
  return {
    part,
    input,
    /** Looks for these words as if they were typed. */
    look(words) {
      input.value = words;
      look();
    },
  };
}
