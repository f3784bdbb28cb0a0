// What a place of the form stands for: where it is on the map.

import { post } from "../api.js";

const asked = new WeakMap();

/**
 * Puts into the element `note` where the place that `value` names is. `fields` are the header lines
 * of the post. It stays empty if the place cannot be read: the checks say why. A screen reader says
 * what changes.
 */
export async function tellPlace(note, value, fields) {
  const turn = (asked.get(note) ?? 0) + 1;
  // Only a change is read out, and not what the form begins with.
  if (turn > 1) note.setAttribute("aria-live", "polite");
  asked.set(note, turn);
  const { Tags = [], Precision = [], Places = [], Allow = [] } = fields;
  const sent = { fields: { Tags, Precision, Places, Allow }, before: value, value };
  const answer = value.trim() ? await post("places/read", sent).catch(() => ({})) : {};
  if (asked.get(note) !== turn) return;
  const words = answer.ways ? wordsOf(answer) : "";
  if (note.textContent !== words) note.textContent = words;
}

function wordsOf({ where, street, lat, lng }) {
  const at = `(${lat.toFixed(5)}, ${lng.toFixed(5)})`;
  if (!where) return `On the map: ${street ? `near ${street}` : "the pin"} ${at}`;
  return `On the map: ${where === street ? "the street " : ""}${where} ${at}`;
}
