// Both versions of a post, side by side, after its file was changed elsewhere.

import { button, element, freshId } from "./dom.js";

/**
 * Shows both versions in `holder`. `conflict.rows` are lists of the side ("both", "mine", "theirs"
 * or "changed"), my line and theirs. `choose(which, text)` is called with "mine", "theirs",
 * "later", or "chosen" and the text of the file that the choices make.
 */
export function conflictView(holder, conflict, choose) {
  const title = element("h2", { tabindex: "-1", text: "This post was changed in another window or program" });
  const parts = partsOf(conflict.rows);
  const rows = element("tbody");
  for (const part of parts) rows.append(...rowsOf(part));
  holder.replaceChildren(
    title,
    element("p", {}, [conflict.message, conflict.hint].filter(Boolean).join(" ")),
    element(
      "div",
      { class: "actions" },
      button("Save my version, and keep the other aside", () => choose("mine"), { class: "main" }),
      button("Use the other version, and keep mine aside", () => choose("theirs")),
      button("Save what I chose below", () => choose("chosen", chosenText(parts))),
      button("Decide later, and continue writing", () => choose("later")),
    ),
    element(
      "div",
      { class: "versions", role: "region", "aria-label": "Both versions", tabindex: "0" },
      element(
        "table",
        {},
        element("thead", {}, element("tr", {},
          element("th", { scope: "col", text: "My version" }),
          element("th", { scope: "col", text: "The other version" }))),
        rows,
      ),
    ),
  );
  holder.hidden = false;
  title.focus();
}

/** The rows in parts: {differs, rows, choice}, each of lines that are the same, or are not. */
function partsOf(rows) {
  const parts = [];
  for (const row of rows) {
    const differs = row[0] !== "both";
    if (parts.at(-1)?.differs !== differs) parts.push({ differs, rows: [], choice: null });
    parts.at(-1).rows.push(row);
  }
  return parts;
}

function rowsOf(part) {
  const rows = part.rows.map(([side, mine, theirs]) =>
    element(
      "tr",
      { class: part.differs ? "differs" : null },
      element("td", {}, version(mine, part.differs && side !== "theirs")),
      element("td", {}, version(theirs, part.differs && side !== "mine")),
    ),
  );
  if (!part.differs) return rows;
  part.choice = element("select", { id: freshId() });
  for (const [value, text] of [
    ["mine", "My version"],
    ["theirs", "The other version"],
    ["both", "Both, mine first"],
  ]) {
    part.choice.append(element("option", { value, text }));
  }
  const label = element("label", { for: part.choice.id, text: "Use here" });
  return [element("tr", {}, element("td", { colspan: 2 }, label, part.choice)), ...rows];
}

function version(text, isDifferent) {
  return isDifferent ? element("ins", { text }) : text;
}

/** The text of the file that the choices make. */
function chosenText(parts) {
  const lines = [];
  for (const { differs, rows, choice } of parts) {
    const mine = rows.filter(([side]) => side !== "theirs").map(([, line]) => line);
    const theirs = rows.filter(([side]) => side !== "mine").map(([, , line]) => line);
    if (!differs || choice.value !== "theirs") lines.push(...mine);
    if (differs && choice.value !== "mine") lines.push(...theirs);
  }
  return lines.join("\n");
}
