// Both versions of a post, side by side, after its file was changed elsewhere.

import { button, element } from "./dom.js";

/**
 * Shows both versions in `holder`. `conflict` has `rows`: lists of the side ("same", "mine",
 * "theirs" or "both"), my lines and theirs. `choose(text)` is called with "mine", "theirs" or the
 * rows with a choice each.
 */
export function conflictView(holder, conflict, choose) {
  const title = element("h2", { tabindex: "-1", text: "This post was changed elsewhere" });
  const rows = element("tbody");
  for (const [side, mine, theirs] of conflict.rows) rows.append(row(side, mine, theirs));
  holder.replaceChildren(
    title,
    element("p", {}, [conflict.message, conflict.hint].filter(Boolean).join(" ")),
    element("p", {
      text: "Nothing is lost: the version that you do not choose is kept in private/editor/kept.",
    }),
    element(
      "div",
      { class: "actions" },
      button("Keep my version", () => choose("mine"), { class: "main" }),
      button("Take the other version", () => choose("theirs")),
      button("Go on writing", () => { choose("later"); }, { class: "quiet" }),
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

function row(side, mine, theirs) {
  const differs = side !== "same";
  return element(
    "tr",
    { class: differs ? "differs" : null },
    element("td", {}, version(mine, differs && mine !== "", "ins")),
    element("td", {}, version(theirs, differs && theirs !== "", "ins")),
  );
}

function version(text, isDifferent, name) {
  return isDifferent ? element(name, { text }) : element("span", { text: text ?? "" });
}
