"use strict";

// Pages work without this script; with it, running jobs show their progress, files can be dropped, and
// uploads show how far they are.

/** Shows the progress of the page's job until it ends. */
function followJob(element) {
  if (!["queued", "running"].includes(element.dataset.state)) return;
  const step = document.getElementById("step");
  const bar = document.getElementById("bar");
  const messages = document.getElementById("messages");
  const look = async () => {
    try {
      const reply = await fetch("/jobs/" + element.dataset.job + "/progress");
      if (!reply.ok) throw new Error(String(reply.status));
      const job = await reply.json();
      if (job.state !== element.dataset.state) {
        location.reload();
        return;
      }
      step.textContent = job.progress.step || "";
      const progress = bar.querySelector("progress");
      if (job.progress.fraction === undefined) progress.removeAttribute("value");
      else progress.value = job.progress.fraction;
      const text = job.progress.messages.join("\n") || "None.";
      if (messages.textContent !== text) messages.textContent = text;
      document.querySelectorAll("img[data-live]").forEach((picture) => {
        picture.src = picture.dataset.live + "?at=" + Date.now();
      });
    } catch {
      step.textContent = "The server does not answer; trying again.";
    }
    setTimeout(look, 1000);
  };
  look();
}

/** Lets files be dropped on a form, and shows how much of them is sent. */
function enhanceUpload(form) {
  const input = form.querySelector('input[type="file"]');
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    form.addEventListener(name, () => form.classList.remove("over"));
  }
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    const shown = document.createElement("p");
    shown.className = "sending";
    shown.setAttribute("role", "status");
    const bar = document.createElement("progress");
    bar.max = 1;
    const text = document.createElement("span");
    shown.append(bar, text);
    form.append(shown);
    const button = form.querySelector("button");
    button.disabled = true;
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = event.loaded / event.total;
      text.textContent = " " + Math.floor((100 * event.loaded) / event.total) + " % sent";
    });
    request.addEventListener("load", () => {
      if (request.responseURL && request.responseURL !== form.action) {
        location.href = request.responseURL;
        return;
      }
      // The reply is a page of this server.
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      document.title = page.title;
      document.querySelector("main").replaceWith(page.querySelector("main"));
      start();
    });
    request.addEventListener("error", () => {
      button.disabled = false;
      text.textContent = " The upload was interrupted. Try again.";
    });
    request.send(new FormData(form));
  });
}

function start() {
  document.querySelectorAll("[data-job]").forEach(followJob);
  document.querySelectorAll("form.drop").forEach(enhanceUpload);
}

start();
