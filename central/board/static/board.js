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

function ring() {
  const sound = new AudioContext();
  [[660, 0], [523, 0.35]].forEach(([pitch, start]) => {
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.3, sound.currentTime + start);
    volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + start + 0.6);
    tone.connect(volume).connect(sound.destination);
    tone.start(sound.currentTime + start);
    tone.stop(sound.currentTime + start + 0.6);
  });
  setTimeout(() => sound.close(), 1500);
}
