// Moves the sample aside, and leads to what has to be filled in.

import { post, say, sayError } from "./api.js";

const button = document.getElementById("start");
const agreed = document.getElementById("agreed");

button?.addEventListener("click", async () => {
  if (!agreed.checked) {
    say("Tick “Move the sample aside” first.");
    agreed.focus();
    return;
  }
  button.disabled = true;
  try {
    const answer = await post("settings/start", { agreed: true });
    document.getElementById("where").textContent = `The sample is now in ${answer.aside}.`;
    document.getElementById("done").hidden = false;
    button.closest("p").remove();
    agreed.closest("p").remove();
    say("Your own blog has begun.");
    document.querySelector("#done a").focus();
  } catch (error) {
    sayError(error);
    button.disabled = false;
  }
});
