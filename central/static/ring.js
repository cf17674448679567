// Two tones, as when the board calls a number: somebody is to look up.
"use strict";

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
