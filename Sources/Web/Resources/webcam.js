"use strict";

// Sends the camera's pictures through a WebSocket and draws what comes back. While one is scored the next is
// on its way, and no more: so what is sent is always the newest picture. How old the shown scores are is
// always visible.

const colors = { fake: "#d55e00", real: "#009e73", undecided: "#e6b84d" };

function webcam(root) {
  root.hidden = false;
  const video = root.querySelector("video");
  const overlay = root.querySelector(".stage canvas");
  const start = root.querySelector("#start");
  const stop = root.querySelector("#stop");
  const verdict = root.querySelector("#verdict");
  const text = root.querySelector("#text");
  const age = root.querySelector("#age");
  const rate = root.querySelector("#rate");
  const picture = document.createElement("canvas");
  let stream = null;
  let socket = null;
  // When the pictures were taken that are not answered yet.
  let sent = [];
  let isEncoding = false;
  let shown = 0;
  let times = [];

  function say(sentence) {
    text.textContent = sentence;
  }

  const most = 2;

  function send() {
    if (isEncoding || sent.length >= most || !socket || socket.readyState !== WebSocket.OPEN) return;
    picture.width = 640;
    picture.height = Math.round((640 * video.videoHeight) / video.videoWidth) || 480;
    picture.getContext("2d").drawImage(video, 0, 0, picture.width, picture.height);
    const taken = performance.now();
    isEncoding = true;
    picture.toBlob((blob) => {
      isEncoding = false;
      if (!blob || !socket || socket.readyState !== WebSocket.OPEN) return;
      sent.push(taken);
      socket.send(blob);
      send();
    }, "image/jpeg", 0.9);
  }

  function show(look) {
    shown = sent[0];
    times = times.filter((time) => performance.now() - time < 2000);
    times.push(performance.now());
    rate.textContent = (times.length / 2).toFixed(0) + " pictures/s";
    overlay.width = picture.width;
    overlay.height = picture.height;
    const draw = overlay.getContext("2d");
    draw.lineWidth = 3;
    draw.font = "600 18px system-ui, sans-serif";
    for (const face of look.faces) {
      const [x, y, width, height] = face.box;
      draw.strokeStyle = draw.fillStyle = colors[face.verdict];
      draw.strokeRect(x, y, width, height);
      draw.fillText(face.score.toFixed(2), x, y > 24 ? y - 6 : y + height + 20);
    }
    verdict.className = "state " + (look.verdict || "");
    verdict.textContent = look.verdict || "no face";
    // The text begins with the verdict, which stands before it.
    say(look.text ? look.text.replace(/^[^:]*: /, "") + " (over " + look.pictures + " pictures)" : "");
  }

  // Ten times a second: drawing text with every frame of the screen would take the processor from the detectors.
  function tick() {
    if (!stream) return;
    age.textContent = shown ? "What is shown is " + Math.round(performance.now() - shown) + " ms old." : "";
    setTimeout(tick, 100);
  }

  function end() {
    if (socket) socket.close();
    if (stream) stream.getTracks().forEach((track) => track.stop());
    socket = stream = null;
    sent = [];
    video.srcObject = null;
    overlay.width = 0;
    age.textContent = rate.textContent = "";
    start.disabled = false;
    stop.disabled = true;
  }

  start.addEventListener("click", async () => {
    start.disabled = true;
    if (!navigator.mediaDevices) {
      say("Browsers give the camera only to pages of this machine (127.0.0.1 or localhost).");
      return;
    }
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
    } catch (error) {
      say("The camera cannot be used: " + error.message);
      start.disabled = false;
      return;
    }
    video.srcObject = stream;
    await video.play();
    stop.disabled = false;
    say("Loading the detectors.");
    socket = new WebSocket("ws://" + location.host + "/webcam/socket");
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", send);
    socket.addEventListener("message", (event) => {
      const look = JSON.parse(event.data);
      if (look.error) say(look.error);
      else show(look);
      sent.shift();
      send();
    });
    socket.addEventListener("close", () => {
      if (stream) say("The server has closed the connection.");
      end();
    });
    tick();
  });
  stop.addEventListener("click", end);
}

document.querySelectorAll(".webcam").forEach(webcam);
