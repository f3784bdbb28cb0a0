// What all pages of the editor share: sending to the server, and saying what happened.

const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;

export const base = meta("ward-base");
export const site = meta("ward-site");
let token = meta("ward-token");

/** An answer of the server that is not "done": `message`, `hint`, `status` and all it said. */
export class Refused extends Error {
  constructor(status, answer) {
    super(answer.message || "The editor does not answer as expected.");
    this.status = status;
    this.hint = answer.hint || "";
    this.answer = answer;
  }
}

/** The server cannot be reached: it was stopped, or the computer slept. */
export class Gone extends Error {}

/** A number that nobody else has: 32 hexadecimal digits. */
export const random = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

async function send(route, options) {
  let response;
  try {
    response = await fetch(base + route, { credentials: "omit", cache: "no-store", ...options });
  } catch {
    throw new Gone("The editor on this computer does not answer.");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

/** Ask for something; nothing changes. Resolves to the answer, an object. */
export const get = (route, options = {}) => send(route, options);

/**
 * Send an object to a route, such as `post/save`; resolves to the answer, an object.
 * Throws `Refused` with words for the councillor, or `Gone` if the server is not there. Each call
 * counts once, however often it reaches the server. After a restart of the server, it is sent again
 * with the new token.
 */
export async function post(route, data = {}, options = {}) {
  const request = {
    method: "POST",
    body: JSON.stringify(data),
    headers: { "Content-Type": "application/json", "X-Ward-Request": random() },
    ...options,
  };
  try {
    return await send(route, { ...request, headers: { ...request.headers, "X-Ward-Token": token } });
  } catch (error) {
    if (!(error instanceof Refused) || error.answer.token !== false) throw error;
    token = (await get("session")).token;
    return send(route, { ...request, headers: { ...request.headers, "X-Ward-Token": token } });
  }
}

/** Say something in words to everybody, also with a screen reader. */
export function say(words, isShown = true) {
  const said = document.getElementById("said");
  said.classList.toggle("hidden-visually", !isShown);
  said.textContent = words;
}

/** Tell a screen reader what the page itself shows. */
export const announce = (words) => say(words, false);

/** Say what an error means. */
export function sayError(error) {
  say([error.message, error.hint].filter(Boolean).join(" "));
}

/** The bytes of a File or Blob in base64, as the server takes them. */
export async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768)
    text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}

/** An element: `element("p", {class: "note", onclick: f}, "words", child)`; `text` are its words. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") made.textContent = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

/** The object in `<script type="application/json" id="...">`. */
export const embedded = (id) => JSON.parse(document.getElementById(id).textContent);
