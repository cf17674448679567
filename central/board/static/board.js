// Rings when a number is called, and asks again every minute for the clock; `live.js` draws.
"use strict";

let call = "";

document.addEventListener("DOMContentLoaded", () => { call = now().dataset.call; });

document.addEventListener("shown", () => {
  const called = now().dataset.call;
  if (called && called !== call) {
    now().classList.add("ring");
    ring();
  }
  call = called;
});

setInterval(refresh, 60000);

function now() {
  return document.getElementById("now");
}
