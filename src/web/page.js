// Fetches what changes on the page again, every few seconds, while the page can be seen.
"use strict";
const live = document.getElementById("live");
async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(live.dataset.live);
    const scrolled = [...live.querySelectorAll(".content")].map((e) => e.scrollTop);
    live.innerHTML = await answer.text();
    live.querySelectorAll(".content").forEach((e, i) => { e.scrollTop = scrolled[i] || 0; });
    document.body.classList.toggle("stale", !answer.ok);
  } catch {
    document.body.classList.add("stale");
  }
}
async function loop() {
  await refresh();
  setTimeout(loop, 5000);
}
setTimeout(loop, 5000);
