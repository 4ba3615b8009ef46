"use strict";

// Lays a converted clip over its original: a slider moves the border between them, and both play in step.

function wipe(pair) {
  const [below, above] = pair.querySelectorAll("video, img");
  const stage = document.createElement("div");
  stage.className = "wipe-stage";
  above.classList.add("above");
  stage.append(below, above);
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = 0;
  slider.max = 100;
  slider.value = 50;
  slider.setAttribute("aria-label", "Border between the original, on the left, and the result");
  const show = () => above.style.setProperty("--cut", slider.value + "%");
  slider.addEventListener("input", show);
  show();
  pair.replaceChildren(stage, slider);
  pair.classList.remove("pair");
  if (below.tagName !== "VIDEO") return;

  above.controls = false;
  above.muted = true;
  below.addEventListener("play", () => above.play());
  below.addEventListener("pause", () => above.pause());
  below.addEventListener("seeking", () => { above.currentTime = below.currentTime; });
  below.addEventListener("ratechange", () => { above.playbackRate = below.playbackRate; });
  const keepStep = () => {
    if (Math.abs(above.currentTime - below.currentTime) > 0.04) above.currentTime = below.currentTime;
  };
  below.addEventListener("timeupdate", keepStep);
}

document.querySelectorAll(".wipe").forEach(wipe);
