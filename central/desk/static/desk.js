// The keys of the desk: each presses the button that shows it. A letter typed into a field stays a letter.
"use strict";

// The page before the agent's eyes is the one the arrows turn.
document.addEventListener("DOMContentLoaded", () => {
  const glass = document.getElementById("glass");
  if (glass) glass.focus({ preventScroll: true });
});

// The same button, or another key, while a wish is under way would mean what the agent has not seen yet.
document.addEventListener("submit", (event) => {
  if (leaving) event.preventDefault();
  else leave();
});

document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input, textarea");
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || (field && event.key.length === 1)) return;
  if (event.key === "Escape" && closed()) return;
  const letter = event.code.startsWith("Key") ? event.code.slice(3) : event.key; // the place of the key, in any keyboard language
  const button = document.querySelector(`[data-key="${CSS.escape(letter)}"]`);
  if (!button) return;
  event.preventDefault();
  if (leaving) return;
  button.click();
  if (letter === "R") askWhy(); // at once: the next letter is already part of the reason
});

document.addEventListener("toggle", (event) => {
  if (event.target.id === "refusing") askWhy();
  else if (event.target.open) event.target.scrollIntoView({ block: "nearest" });
}, true);

function askWhy() {
  if (document.getElementById("refusing").open) document.getElementById("reason").focus();
}

// Whether a fold was open under the hands: Escape closes that first.
function closed() {
  const open = document.querySelector(".verdict details[open], .end[open]");
  if (open) open.open = false;
  return Boolean(open);
}

// A kiosk that asks for help is heard once; a page that opens while it waits is silent.
let known = "";

document.addEventListener("DOMContentLoaded", () => { known = waiting(); });

document.addEventListener("shown", () => {
  const before = known.split(" ");
  known = waiting();
  if (known.split(" ").some((call) => !before.includes(call))) ring();
});

function waiting() {
  const help = document.getElementById("help");
  return help ? help.dataset.waiting.trim() : "";
}
