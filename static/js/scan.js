// Sends the files of a scan in parts while the form is still being filled in. A broken line goes on where it stopped;
// a form that is pressed too early waits. Without this file the form sends them itself.
"use strict";

const PART = 256 * 1024;
const LONGEST_PAUSE_MS = 15000;
const chooser = document.querySelector("form input[type=file][name=scan]");
const box = document.getElementById("scan-sending");

function wait(milliseconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    window.addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

function say(words) {
  box.querySelector("[data-scan-says]").textContent = words;
}

// The answer with its code; code 0 is a lost network, 401 an ended session.
async function ask(address, body) {
  const token = chooser.form.querySelector("[name=csrfmiddlewaretoken]").value;
  try {
    const headers = { "X-CSRFToken": token, Accept: "application/json" };
    const response = await fetch(address, { method: "POST", body, headers, redirect: "manual" });
    if (response.type === "opaqueredirect" || response.status === 401) return { code: 401 };
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return { code: response.status, ...(isJson ? await response.json() : {}) };
  } catch {
    return { code: 0 };
  }
}

// Like `ask`, but stays at it while the line or the sign-in is gone; what the server refuses is given back.
async function insist(makeBody, address) {
  for (let pause = 1000; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const answer = await ask(address, makeBody());
    if (answer.code === 200) say("");
    if (answer.code !== 0 && answer.code !== 401 && answer.code < 500) return answer;
    say(answer.code === 401 ? box.dataset.wordsSignedOut : box.dataset.wordsWaits);
    await wait(pause);
  }
}

function about(file) {
  const facts = new FormData();
  facts.set("name", file.name);
  facts.set("size", file.size);
  return facts;
}

function line(file) {
  const row = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.className = "bar";
  bar.max = file.size;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const done = document.createElement("span");
  done.className = "soft";
  row.append(name, bar, done);
  box.querySelector("ul").append(row);
  return { row, bar, done };
}

// The line of a file that has arrived and that the form names from now on; null when the server refused it.
async function send(file) {
  const shown = line(file);
  let answer = await insist(() => about(file), box.dataset.begin);
  while (answer.code === 200 && answer.received < answer.size) {
    const from = answer.received;
    shown.bar.value = from;
    shown.done.textContent = `${Math.floor((100 * from) / file.size)} %`;
    answer = await insist(() => file.slice(from, from + PART), `${answer.part}?tu=${from}`);
  }
  if (answer.code !== 200) {
    say(answer.words ?? box.dataset.wordsWaits);
    shown.row.remove();
    return null;
  }
  shown.bar.value = file.size;
  shown.done.textContent = box.dataset.wordsWhole;
  const named = document.createElement("input");
  named.type = "hidden";
  named.name = "uploaded";
  named.value = answer.id;
  shown.row.append(named);
  return shown.row;
}

let sending = Promise.resolve();
let underWay = 0;

async function sendAll(files) {
  const lines = [];
  for (const file of files) lines.push(await send(file));
  if (lines.every(Boolean)) chooser.value = "";
  // The form sends what the parts could not, and then all of it.
  else for (const row of lines) row?.remove();
}

if (chooser && box) {
  chooser.after(box);
  box.hidden = false;
  chooser.addEventListener("change", () => {
    const files = [...chooser.files];
    underWay += 1;
    sending = sending.then(() => sendAll(files)).finally(() => { underWay -= 1; });
  });
  chooser.form.addEventListener("submit", async (event) => {
    if (!underWay) return;
    event.preventDefault();
    event.stopPropagation();
    say(box.dataset.wordsFormWaits);
    await sending;
    chooser.form.requestSubmit();
  });
}
