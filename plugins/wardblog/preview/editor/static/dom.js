// Makes elements; texts are never read as HTML.

let count = 0;

/** An id that no other element of the page has. */
export function freshId(prefix = "part") {
  count += 1;
  return `${prefix}-${count}`;
}

/**
 * An element: `properties` are attributes ("class", "for", "aria-…"), handlers ("onclick"), or
 * `text`; an attribute that is null or false is left out.
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") made.textContent = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function button(text, onclick, properties = {}) {
  return element("button", { type: "button", text, onclick, ...properties });
}
