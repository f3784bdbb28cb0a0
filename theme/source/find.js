/* The form of "What is near me?". What is typed into it is looked up on this device. */
"use strict";

{
  const { answer, ...files } = document.currentScript.dataset;
  const form = document.querySelector(".near form");
  const [input, button] = form.elements;
  const message = document.getElementById("near-message");
  const answers = document.querySelector(".near-answers");
  form.hidden = button.disabled = false;
  const say = (words) => { message.textContent = words; };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const slow = setTimeout(() => say("Looking."), 400);
    import(answer).then(({ find }) => find({ input, message, answers, files })).catch(() => {
      say("The answer could not be loaded. Try again, or find your street in the list.");
    }).finally(() => clearTimeout(slow));
  });
}
