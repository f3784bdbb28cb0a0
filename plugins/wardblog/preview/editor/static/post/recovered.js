// Offers the words that were typed and not saved, such as before the browser was closed.

import { sayError } from "../api.js";
import { button, element } from "./dom.js";

/** Asks in `box` what to do with the words; `use()` or `discard()` does it. */
export function offer(box, recovered, { use, discard }) {
  const act = (run) => async () => {
    try {
      await run();
      box.hidden = true;
    } catch (error) {
      sayError(error);
    }
  };
  box.replaceChildren(
    element("p", {},
      element("strong", { text: `You have text from ${recovered.time} that was not saved.` }),
      recovered.same_base ? null : " The file was changed since then, so look at both."),
    element("div", { class: "actions" },
      button("Use that text", act(use), { class: "main" }),
      button("Discard it", act(discard))),
  );
  box.hidden = false;
  box.scrollIntoView({ block: "center" });
}
