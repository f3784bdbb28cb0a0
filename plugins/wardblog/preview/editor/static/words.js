// The words of a newsletter or a leaflet: saves them, and warns before they are lost.
import { post, say, sayError } from "./api.js";

const form = document.getElementById("words");
const text = document.getElementById("text");
let saved = text.value;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const now = text.value;
  try {
    const { digest } = await post("words/save", { id: form.dataset.id, digest: form.dataset.digest, text: now });
    form.dataset.digest = digest;
    saved = now;
    say("Saved.");
  } catch (error) {
    sayError(error);
  }
});

addEventListener("beforeunload", (event) => {
  if (text.value !== saved) event.preventDefault();
});
