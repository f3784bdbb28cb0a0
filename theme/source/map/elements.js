/* Makes a map's picture interactive. Text from places is only ever shown with textContent, or
   written on the canvas. */
"use strict";

// Up to how many places are numbered, drawn large, named where there is room, and in one popup.
const wardMost = { numbered: 30, large: 300, named: 60, inPopup: 20 };
// The corners of shapes, as multiples of a dot's radius.
const wardCorners = {
  new: [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]],
  moved: [[0, -1.5], [1.5, 1.1], [-1.5, 1.1]],
};
const wardNear = 22; // pixels: half the width that a finger covers

/** Creates an element with these properties and children; strings are added as text. */
function wardElement(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

// What the style sheet says, until the colours change.
const wardStyles = new Map();

/** A colour of the style sheet, as it applies on the map. */
function wardColour(name) {
  if (!wardStyles.has(name)) {
    const style = getComputedStyle(document.querySelector(".map-frame"));
    wardStyles.set(name, style.getPropertyValue(name).trim());
  }
  return wardStyles.get(name);
}

/** An issue's colour, readable on the page's background. */
function wardIssueColour(issue) {
  const sample = wardElement("span", { className: `issue-${issue.slug}`, hidden: true });
  document.querySelector(".map-frame").append(sample);
  const colour = getComputedStyle(sample).getPropertyValue("--issue").trim();
  sample.remove();
  return colour || wardColour("--soft");
}

/** A font for the canvas: the page's own, in this size in pixels. */
function wardFont(size, weight = "") {
  if (!wardStyles.has("font")) wardStyles.set("font", getComputedStyle(document.body).fontFamily);
  return `${weight} ${size}px ${wardStyles.get("font")}`;
}

/** Lines of at most about `most` letters, two at most; what is longer ends with three dots. */
function wardWrapped(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= most || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const shown = lines.slice(0, 2);
  if (lines.length > 2) shown[1] += "…";
  return shown.map((line) => line.length > most * 1.4 ? `${line.slice(0, most)}…` : line);
}
