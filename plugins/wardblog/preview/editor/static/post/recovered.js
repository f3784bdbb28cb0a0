// Offers the words that were typed and not saved, such as before the browser was closed.

import { sayError } from "../api.js";
import { button, element } from "./dom.js";

/**
 * Asks in `box` what to do with each of the texts; `use(text)` or `discard(text)` does it. All of
 * them stay where they are until somebody chooses.
 */
export function offer(box, texts, { use, discard }) {
  const one = (recovered) => {
    const part = element("div");
    const act = (run) => async () => {
      const choices = [...part.querySelectorAll("button")];
      for (const choice of choices) choice.disabled = true;
      try {
        await run(recovered);
        part.remove();
        box.hidden = !box.children.length;
      } catch (error) {
        sayError(error);
        for (const choice of choices) choice.disabled = false;
      }
    };
    part.append(
      element("p", {},
        element("strong", { text: `You have text from ${recovered.time} that was not saved.` }),
        recovered.same_base ? null : " The file was changed since then, so look at both.",
        texts.length > 1 ? ` It begins: “${beginning(recovered.text)}”` : null),
      element("div", { class: "actions" },
        button("Use that text", act(use), { class: "main" }),
        button("Discard it", act(discard))),
    );
    return part;
  };
  box.replaceChildren(...texts.map(one));
  box.hidden = false;
  box.scrollIntoView({ block: "center" });
}

/** The first words of a text, to tell it from others. */
function beginning(text) {
  const words = text.trim().split(/\s+/).slice(0, 12).join(" ");
  return words.length > 100 ? `${words.slice(0, 100)}…` : words;
}
