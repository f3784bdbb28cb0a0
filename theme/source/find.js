/* Adds a form below "What is near me?". What is typed into it is looked up on this device. */
"use strict";

{
  const { answer, ...files } = document.currentScript.dataset;
  const section = document.querySelector(".near");
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const form = make("form", { noValidate: true });
  const label = make("label", { htmlFor: "near-where", textContent: "Your postcode or street" });
  const input = make("input", {
    id: "near-where", type: "text", autocomplete: "off", spellcheck: false, enterKeyHint: "search",
  });
  const button = make("button", { textContent: "Find" });
  const message = make("p", { id: "near-message" });
  message.setAttribute("role", "status");
  const answers = make("div");
  form.append(label, input, button);
  section.querySelector(".near-list").before(form, message, answers);
  const say = (words) => { message.textContent = words; };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const slow = setTimeout(() => say("Looking."), 400);
    import(answer).then(({ find }) => find({ input, message, answers, files })).catch(() => {
      say("The answer could not be loaded. Try again, or find your street in the list.");
    }).finally(() => clearTimeout(slow));
  });
}
