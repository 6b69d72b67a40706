// While the copy is made and the mails are on their way, the line of stages is asked for again, ever more slowly,
// for two minutes at most. What is read out changes only when the words do.
"use strict";

const LONGEST_MS = 120000;
const began = Date.now();
let pause = 1500;

async function again() {
  const line = document.getElementById("sending");
  if (!line?.dataset.again || Date.now() - began > LONGEST_MS) return;
  if (!document.hidden) {
    try {
      const answer = await fetch(line.dataset.again, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("sending");
      if (!fresh) return;
      if (line.innerHTML !== fresh.innerHTML) line.replaceChildren(...fresh.childNodes);
      if (!fresh.dataset.again) {
        delete line.dataset.again;
        location.reload();
        return;
      }
    } catch {
      // The network is away for a moment; the next round asks again.
    }
  }
  pause = Math.min(pause * 1.3, 15000);
  setTimeout(again, pause);
}

setTimeout(again, pause);
