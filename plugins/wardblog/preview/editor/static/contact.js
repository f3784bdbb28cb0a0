// Replaces an earlier address or number in all posts that the page lists.
import { base, element, post, say, sayError } from "./api.js";

const button = document.getElementById("replace");
const place = document.getElementById("replaced");

button?.addEventListener("click", async () => {
  button.disabled = true;
  try {
    const { old, new: now, digest } = button.dataset;
    const { words } = await post("contact/replace", { old, new: now, digest });
    button.remove();
    place.replaceChildren(
      element("p", { class: "box good" }, words, " ", element("a", { href: `${base}publish` }, "Look at what would be published")),
    );
    place.focus();
    say(words);
  } catch (error) {
    button.disabled = false;
    sayError(error);
  }
});
