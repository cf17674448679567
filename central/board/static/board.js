// Draws the board again when the centre has news, and every minute for its clock; rings when a number is called.
"use strict";

async function redraw() {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (!answer || !answer.ok) return; // the stream comes back by itself, and asks again then
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("board");
  const shown = document.getElementById("board");
  const called = fresh.dataset.call && fresh.dataset.call !== shown.dataset.call;
  if (called) fresh.classList.add("ring");
  if (called || fresh.innerHTML !== shown.innerHTML) shown.replaceWith(document.adoptNode(fresh));
  if (called) ring();
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

new EventSource("/board/events").onmessage = redraw;
setInterval(redraw, 60000);
