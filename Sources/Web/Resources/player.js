"use strict";

// Draws the boxes of scored faces over a video or picture, and the score over time below it.

const colors = { fake: "#d55e00", real: "#009e73", undecided: "#e6b84d" };

function verdictOf(score, point) {
  if (score >= point.fake_at) return "fake";
  return score < point.real_below ? "real" : "undecided";
}

async function play(player) {
  const reply = await fetch(player.dataset.verdict);
  if (!reply.ok) return;
  const people = (await reply.json()).people;
  const media = player.querySelector("video, img");
  const overlay = player.querySelector(".stage canvas");
  const timeline = player.querySelector(".timeline");
  const caption = player.querySelector("p");
  const timed = people.some((person) => person.scores.some((score) => score.time !== undefined));

  /** The last scored frame of a person at a time. */
  function at(person, time) {
    let found = person.scores[0];
    for (const score of person.scores) {
      if (score.time !== undefined && score.time > time + 0.02) break;
      found = score;
    }
    return found;
  }

  function drawBoxes() {
    const width = media.videoWidth || media.naturalWidth;
    const height = media.videoHeight || media.naturalHeight;
    if (!width) return;
    overlay.width = width;
    overlay.height = height;
    const draw = overlay.getContext("2d");
    draw.lineWidth = Math.max(2, width / 240);
    draw.font = "600 " + Math.max(14, width / 40) + "px system-ui, sans-serif";
    for (const person of people) {
      const score = at(person, media.currentTime || 0);
      if (!score || !score.box) continue;
      const [x, y, w, h] = score.box;
      const verdict = person.verdict === "undecided" ? "undecided" : verdictOf(score.score, person.operatingPoint);
      draw.strokeStyle = draw.fillStyle = colors[verdict];
      draw.strokeRect(x, y, w, h);
      const label = (people.length > 1 ? person.person + ": " : "") + score.score.toFixed(2);
      draw.fillText(label, x, y > 30 ? y - 8 : y + h + 24);
    }
  }

  function drawTimeline() {
    const scale = window.devicePixelRatio || 1;
    const { width, height } = timeline.getBoundingClientRect();
    timeline.width = width * scale;
    timeline.height = height * scale;
    const draw = timeline.getContext("2d");
    draw.scale(scale, scale);
    const length = media.duration || 1;
    const lane = height / people.length;
    people.forEach((person, row) => {
      const scores = person.scores.filter((score) => score.time !== undefined);
      scores.forEach((score, index) => {
        const from = (score.time / length) * width;
        const end = index + 1 < scores.length ? scores[index + 1].time : Math.min(length, score.time + length / scores.length);
        const tall = Math.max(2, score.score * (lane - 6));
        draw.fillStyle = colors[person.verdict === "undecided" ? "undecided" : verdictOf(score.score, person.operatingPoint)];
        draw.fillRect(from, (row + 1) * lane - 2 - tall, Math.max(1, (end / length) * width - from - 0.5), tall);
      });
      for (const [limit, verdict] of [[person.operatingPoint.fake_at, "fake"], [person.operatingPoint.real_below, "real"]]) {
        draw.fillStyle = colors[verdict];
        draw.globalAlpha = 0.7;
        const y = (row + 1) * lane - 2 - limit * (lane - 6);
        for (let x = 0; x < width; x += 10) draw.fillRect(x, y, 5, 1);
        draw.globalAlpha = 1;
      }
      draw.fillStyle = getComputedStyle(document.body).color;
      draw.fillRect(0, (row + 1) * lane - 1.5, width, 1);
    });
    draw.fillStyle = getComputedStyle(document.body).color;
    draw.fillRect(((media.currentTime || 0) / length) * width - 1, 0, 2, height);
    const first = at(people[0], media.currentTime || 0);
    caption.textContent = (media.currentTime || 0).toFixed(2) + " s: score " + first.score.toFixed(3) +
      (people.length > 1 ? " (identity 1)" : "") + ". Dashed: fake from " +
      people[0].operatingPoint.fake_at.toFixed(3) + ", real below " + people[0].operatingPoint.real_below.toFixed(3) + ".";
  }

  function draw() {
    drawBoxes();
    if (timed) drawTimeline();
  }

  if (timed) {
    timeline.hidden = false;
    const seek = (event) => {
      const { left, width } = timeline.getBoundingClientRect();
      media.currentTime = Math.max(0, ((event.clientX - left) / width) * (media.duration || 0));
    };
    timeline.addEventListener("pointerdown", (event) => {
      timeline.setPointerCapture(event.pointerId);
      seek(event);
    });
    timeline.addEventListener("pointermove", (event) => {
      if (event.buttons) seek(event);
    });
    for (const name of ["timeupdate", "seeked", "loadedmetadata"]) media.addEventListener(name, draw);
    media.addEventListener("error", () => {
      caption.textContent = "This browser cannot play the file. The scores over time are in the report.";
    });
    const follow = () => {
      if (!media.paused) draw();
      requestAnimationFrame(follow);
    };
    follow();
  } else {
    media.addEventListener("load", draw);
  }
  window.addEventListener("resize", draw);
  draw();
}

document.querySelectorAll(".player").forEach(play);
