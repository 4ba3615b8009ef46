"use strict";

// Lays a converted clip over its original: a slider moves the border between them, and both play in step.

/** A slider with a name on each side. */
function named(label, left, right) {
  const row = document.createElement("div");
  row.className = "wipe-row";
  const slider = document.createElement("input");
  slider.type = "range";
  slider.setAttribute("aria-label", label);
  const names = [left, right].map((text) => {
    const name = document.createElement("span");
    name.textContent = text;
    return name;
  });
  row.append(names[0], slider, names[1]);
  return { row, slider };
}

/** Plays both videos in step, with a button and a slider of the time. */
function playInStep(below, above) {
  for (const video of [below, above]) {
    video.controls = false;
    video.muted = true;
  }
  const { row, slider } = named("Time", "", "0.0 s");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = "Play";
  row.firstChild.replaceWith(button);
  slider.step = "any";
  slider.value = 0;
  const show = () => {
    slider.max = below.duration || 1;
    slider.value = below.currentTime;
    row.lastChild.textContent = below.currentTime.toFixed(1) + " s";
  };
  button.addEventListener("click", () => (below.paused ? below.play() : below.pause()));
  slider.addEventListener("input", () => { below.currentTime = Number(slider.value); });
  below.addEventListener("play", () => {
    above.play();
    button.textContent = "Pause";
  });
  below.addEventListener("pause", () => {
    above.pause();
    button.textContent = "Play";
  });
  below.addEventListener("seeking", () => { above.currentTime = below.currentTime; });
  below.addEventListener("timeupdate", () => {
    if (Math.abs(above.currentTime - below.currentTime) > 0.04) above.currentTime = below.currentTime;
    show();
  });
  below.addEventListener("loadedmetadata", show);
  show();
  return row;
}

function wipe(pair) {
  const [below, above] = pair.querySelectorAll("video, img");
  const [left, right] = [...pair.querySelectorAll("figcaption")].map((caption) => caption.textContent);
  const stage = document.createElement("div");
  stage.className = "wipe-stage";
  above.classList.add("above");
  stage.append(below, above);
  const { row, slider } = named("Border between the original, on the left, and the result", left, right);
  slider.min = 0;
  slider.max = 100;
  slider.value = 50;
  const show = () => above.style.setProperty("--cut", slider.value + "%");
  slider.addEventListener("input", show);
  show();
  pair.replaceChildren(stage, row);
  pair.classList.remove("pair");
  if (below.tagName === "VIDEO") pair.append(playInStep(below, above));
}

document.querySelectorAll(".wipe").forEach(wipe);
