"use strict";

// Pages work without this script; with it, running jobs show their progress, files can be dropped, and
// uploads show how far they are and go on after an interruption.

/** Renews parts of the page that the server draws anew, such as a duel's matrix and a training's preview. */
async function renewParts() {
  for (const part of document.querySelectorAll("[data-part]")) {
    const reply = await fetch(part.dataset.part);
    if (!reply.ok) continue;
    const text = await reply.text();
    if (text === part.dataset.text) continue;
    part.dataset.text = text;
    const page = new DOMParser().parseFromString(text, "text/html");
    part.replaceChildren(...page.body.childNodes);
  }
}

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
      await renewParts();
    } catch {
      step.textContent = "The server does not answer; trying again.";
    }
    setTimeout(look, 1000);
  };
  look();
}

// Files up to this size are sent with their form; larger ones in parts, which go on after an interruption.
const whole = 4 << 20;
const part = 8 << 20;

/** Sends a request and reports how much of its body is sent. */
function send(method, address, body, headers, advance) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => advance(event.loaded));
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", () => reject(new Error("interrupted")));
    request.send(body);
  });
}

/** What the server says is wrong; an error that another attempt does not mend. */
function refusal(request) {
  let sentence = "The server refuses the file.";
  try {
    sentence = JSON.parse(request.responseText).error || sentence;
  } catch {
    // Not from the API.
  }
  return Object.assign(new Error(sentence), { isFinal: true });
}

/** The upload that an earlier attempt, perhaps of an earlier page, has begun; else a new one. */
async function beginUpload(file) {
  const key = "upload " + [file.name, file.size, file.lastModified].join(" ");
  const known = localStorage.getItem(key);
  if (known) {
    const reply = await fetch("/api/uploads/" + known);
    if (reply.ok) return { key, ...(await reply.json()) };
    localStorage.removeItem(key);
  }
  const order = JSON.stringify({ name: file.name, size: file.size });
  const request = await send("POST", "/api/uploads", order, { "Content-Type": "application/json" }, () => {});
  if (request.status !== 201) throw refusal(request);
  const upload = JSON.parse(request.responseText);
  localStorage.setItem(key, upload.upload);
  return { key, ...upload };
}

/** Sends a file in parts, and tries again after interruptions. */
async function sendFile(file, advance, say) {
  let patience = 0;
  for (;;) {
    try {
      const upload = await beginUpload(file);
      let offset = upload.offset;
      advance(offset);
      while (offset < file.size) {
        const start = offset;
        const request = await send(
          "PATCH", "/api/uploads/" + upload.upload, file.slice(start, start + part),
          { "Upload-Offset": String(start), "Content-Type": "application/octet-stream" },
          (loaded) => advance(start + loaded));
        // Another attempt has added to it: ask how far it is.
        if (request.status === 409) throw new Error("out of step");
        if (request.status !== 200) throw refusal(request);
        offset = JSON.parse(request.responseText).offset;
        patience = 0;
      }
      localStorage.removeItem(upload.key);
      return upload.upload;
    } catch (error) {
      if (error.isFinal || ++patience > 8) throw error;
      say("Interrupted; trying again.");
      await new Promise((resume) => setTimeout(resume, Math.min(15000, 500 * 2 ** patience)));
    }
  }
}

/** Sends a form with its files, and shows the answer. */
async function submitForm(form, show) {
  const inputs = [...form.querySelectorAll('input[type="file"]')];
  const files = inputs.flatMap((input) => [...input.files].map((file) => ({ name: input.name, file })));
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  const data = new FormData(form);
  if (total > whole) {
    for (const input of inputs) data.delete(input.name);
    let before = 0;
    for (const { name, file } of files) {
      const upload = await sendFile(file, (done) => show((before + done) / total), show.say);
      data.append("upload-" + name, upload);
      before += file.size;
    }
  }
  const request = await send("POST", form.action, data, {}, (done) => {
    if (total && total <= whole) show(Math.min(1, done / total));
  });
  if (request.responseURL && request.responseURL !== form.action) {
    location.href = request.responseURL;
    return;
  }
  // The reply is a page of this server.
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  if (request.status >= 400 && !page.querySelector("main form")) {
    // What was chosen stays, so that it can be changed.
    const sentence = page.querySelector("main p")?.textContent || "The server refuses the form.";
    throw Object.assign(new Error(sentence), { isFinal: true });
  }
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  start();
}

/** Offers the known values of a field that takes one in a line. */
function offerLines(field) {
  const known = document.getElementById(field.dataset.list);
  if (!known || !known.options.length || field.dataset.offered) return;
  field.dataset.offered = "true";
  const select = document.createElement("select");
  select.setAttribute("aria-label", "Add a line");
  const options = [...known.options].map((option) => new Option(option.value, option.value));
  select.append(new Option("Add one…", ""), ...options);
  select.addEventListener("change", () => {
    if (!select.value) return;
    field.value = [field.value.trimEnd(), select.value].filter(Boolean).join("\n");
    select.selectedIndex = 0;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  field.after(select);
}

/** Lets files be dropped on a form, and shows how much of them is sent. */
function enhanceUpload(form) {
  const inputs = [...form.querySelectorAll('input[type="file"]')];
  for (const input of inputs) {
    const hint = document.createElement("small");
    hint.className = "faint";
    hint.textContent = input.multiple ? "Files can be dropped here, too." : "A file can be dropped here, too.";
    input.after(hint);
  }
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
    // Of two people's fields, that of the person on whose field they are dropped.
    const near = event.target.closest("fieldset")?.querySelector('input[type="file"]');
    if (event.dataTransfer.files.length) (near || inputs[0]).files = event.dataTransfer.files;
  });
  form.addEventListener("submit", async (event) => {
    const chosen = [...form.querySelectorAll('input[type="file"]')].some((field) => field.files.length);
    if (!chosen) return;
    event.preventDefault();
    form.querySelector(".sending")?.remove();
    const shown = document.createElement("p");
    shown.className = "sending";
    shown.setAttribute("role", "status");
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.setAttribute("aria-label", "Sent");
    const text = document.createElement("span");
    shown.append(bar, text);
    form.append(shown);
    const button = form.querySelector("button");
    button.disabled = true;
    const show = (fraction) => {
      bar.value = fraction;
      text.textContent = " " + Math.floor(100 * fraction) + " % sent";
    };
    show.say = (sentence) => { text.textContent = " " + sentence; };
    try {
      await submitForm(form, show);
    } catch (error) {
      button.disabled = false;
      show.say(error.isFinal ? error.message : "The upload was interrupted. Press the button to go on.");
    }
  });
}

function start() {
  document.querySelectorAll("[data-job]").forEach(followJob);
  document.querySelectorAll("form.drop").forEach(enhanceUpload);
  document.querySelectorAll("textarea[data-list]").forEach(offerLines);
}

start();
