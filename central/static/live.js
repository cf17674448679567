// Keeps an open page true: when the centre says that something changed, the parts that differ are drawn again.
"use strict";

// From the moment a form or a link is under way this page is history: nothing of it is drawn or pressed again.
// It wakes up if the next page never comes.
let leaving = false;
let asking = false;
let again = false;
const served = new WeakMap(); // each part as the centre sent it, before a hand opened anything in it

function leave() {
  leaving = true;
  setTimeout(() => { leaving = false; }, 10000);
}

addEventListener("beforeunload", leave);
addEventListener("pageshow", () => { leaving = false; });

async function refresh() {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  try {
    const answer = await fetch(location.href, { cache: "no-store", redirect: "manual" });
    if (answer.type === "opaqueredirect") location.reload();
    if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // The line is cut: the stream comes back by itself, and asks again then.
  }
  asking = false;
  if (again) {
    again = false;
    refresh();
  }
}

function show(fresh) {
  if (leaving) return;
  document.body.dataset.change = fresh.body.dataset.change;
  for (const part of document.querySelectorAll("[data-part]")) {
    if (typing(part)) continue;
    const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (next) replace(part, next);
    else if (!typing(document)) location.reload();
  }
  document.dispatchEvent(new Event("shown"));
}

function replace(part, next) {
  const sent = next.outerHTML;
  if (sent === served.get(part)) return;
  served.set(next, sent);
  const focused = part.contains(document.activeElement) && document.activeElement.id;
  for (const open of part.querySelectorAll("details[id]")) {
    const again = next.querySelector(`#${open.id}`);
    if (again) again.open = open.open;
  }
  part.replaceWith(document.adoptNode(next));
  next.scrollTop = part.scrollTop;
  if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
}

// Nothing is taken from under the hands of somebody who writes.
function typing(part) {
  return [...part.querySelectorAll("input:not([type=hidden]), textarea")].some((field) => field === document.activeElement || field.value !== field.defaultValue);
}

function listen() {
  const stream = new EventSource(document.body.dataset.events);
  stream.onopen = () => tellCut(false);
  stream.onmessage = (event) => {
    if (event.data !== document.body.dataset.change) refresh();
  };
  stream.onerror = () => { // a line that is cut comes back by itself; a refusal, as while the centre starts, does not
    tellCut(!leaving);
    if (stream.readyState !== EventSource.CLOSED) return;
    refresh(); // or the reader's time is over: then the page leads back to the door
    setTimeout(listen, 5000);
  };
}

function tellCut(cut) {
  const word = document.getElementById("cut");
  if (word) word.hidden = !cut;
}

document.addEventListener("DOMContentLoaded", () => {
  for (const part of document.querySelectorAll("[data-part]")) served.set(part, part.outerHTML);
  if (document.body.dataset.events) listen();
});
