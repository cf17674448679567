// Keeps an open page true: when the centre says that something changed, the parts that differ are drawn again.
"use strict";

let asking = false;
let again = false;

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
  document.body.dataset.change = fresh.body.dataset.change;
  for (const part of document.querySelectorAll("[data-part]")) {
    const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (next && next.outerHTML !== part.outerHTML && !typing(part)) {
      part.replaceWith(document.adoptNode(next));
    }
  }
  document.dispatchEvent(new Event("shown"));
}

// Nothing is taken from under the hands of somebody who writes.
function typing(part) {
  return [...part.querySelectorAll("input:not([type=hidden]), textarea")].some((field) => field === document.activeElement || field.value !== field.defaultValue);
}

if (document.body.dataset.events) {
  new EventSource(document.body.dataset.events).onmessage = (event) => {
    if (event.data !== document.body.dataset.change) refresh();
  };
}
