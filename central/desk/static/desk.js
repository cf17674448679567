// The keys of the desk: each presses the button that shows it. A letter typed into a field stays a letter.
"use strict";

document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input, textarea");
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || (field && event.key.length === 1)) return;
  const letter = event.code.startsWith("Key") ? event.code.slice(3) : event.key; // the place of the key, in any keyboard language
  const button = document.querySelector(`[data-key="${CSS.escape(letter)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("toggle", (event) => {
  if (event.target.id === "refusing" && event.target.open) document.getElementById("reason").focus();
}, true);

// A second press while the first is under way is the same wish.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
