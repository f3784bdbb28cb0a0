// The list of what is wrong, which leads to the fields or lines; and the dialog of two versions.

import { base, element } from "./api.js";

/** What to say after a file with these messages was saved. */
export function savedWords(messages) {
  if (messages.some((one) => one.severity === "stop")) return "Saved. There is something to fix.";
  return messages.length ? "Saved. Something is worth a look." : "Saved.";
}

/**
 * Show messages as a list of links; `lead(message)` moves to what one is about. A form says at its
 * fields what to do, and where there is only text (`isText`) the list does.
 */
export function showProblems(place, messages, lead, { isText = false } = {}) {
  if (!messages.length) {
    place.replaceChildren();
    return;
  }
  const stops = messages.filter((one) => one.severity === "stop").length;
  const title = stops
    ? `${stops} ${stops === 1 ? "thing" : "things"} to fix before you can publish`
    : "Worth a look";
  const items = messages.map((one) =>
    element(
      "li",
      {},
      element("button", { type: "button", class: "lead", onclick: () => lead(one) }, one.message),
      isText && one.hint ? element("span", { class: "hint" }, one.hint) : null,
    ),
  );
  place.replaceChildren(
    element(
      "section",
      { class: stops ? "box stop" : "box warn", "aria-label": title },
      element("h2", {}, title),
      element("ul", {}, ...items),
    ),
  );
}

/** Show the posts that still have an earlier address or number, each with the page to replace it. */
export function showEarlier(place, earlier) {
  place.append(
    ...earlier.map(({ words, link }) =>
      element(
        "div",
        { class: "box warn" },
        element("p", {}, words, " You cannot publish them like this."),
        element("p", {}, element("a", { class: "button", href: base + link }, "See them, and replace it")),
      ),
    ),
  );
}

/** Ask which of two versions counts; resolves to "mine", "theirs" or "". */
export function chooseVersion(dialog, answer, comparison, canReplace) {
  return new Promise((resolve) => {
    const choose = (choice) => () => {
      dialog.close();
      resolve(choice);
    };
    const mine = element("button", { type: "button", onclick: choose("mine") }, "Save mine");
    mine.disabled = !canReplace;
    dialog.replaceChildren(
      element("h2", { id: "conflict-title" }, "There are two versions"),
      element("p", {}, answer.message),
      element("p", {}, answer.hint),
      comparison,
      canReplace
        ? ""
        : element(
            "p",
            {},
            "Your version cannot replace the other one, because the other one has fewer entries.",
          ),
      element(
        "div",
        { class: "actions" },
        mine,
        element("button", { type: "button", onclick: choose("theirs") }, "Use the other version"),
        element("button", { type: "button", onclick: choose("") }, "Decide later"),
      ),
    );
    dialog.addEventListener("cancel", () => resolve(""), { once: true });
    dialog.showModal();
  });
}
