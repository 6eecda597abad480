// The queue by keyboard: one case is picked, one key settles it.

import { goBack, moveOn } from "./place.js";

const queue = document.getElementById("queue");
const cases = [...queue.querySelectorAll(".doubt")];
let picked = Math.min(goBack("queue"), cases.length - 1);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) {
    if (event.key === "Escape") cases[picked]?.focus();
    return;
  }
  const act = {
    j: () => pick(picked + 1),
    k: () => pick(picked - 1),
    ArrowDown: () => pick(picked + 1),
    ArrowUp: () => pick(picked - 1),
    b: () => cases[picked]?.querySelector("input[name=bib]:not([type=hidden])")?.focus(),
    z: () => document.querySelector(".decided button")?.click(),
    "/": () => document.getElementById("find").focus(),
  }[event.key];
  const button = cases[picked]?.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
  if (!act && !button) return;
  event.preventDefault();
  act ? act() : button.click();
});

queue.addEventListener("submit", (event) => moveOn("queue", cases.indexOf(event.target.closest(".doubt"))));

function pick(index) {
  picked = Math.max(0, Math.min(cases.length - 1, index));
  cases[picked]?.focus();
}

async function look() {
  const answer = await fetch(queue.dataset.news, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const { seq } = await answer.json();
  document.getElementById("newer").hidden = String(seq) === queue.dataset.seq;
}

setInterval(() => look().catch(() => {}), 4000);
if (cases.length) pick(picked);
queue.dataset.ready = "yes";
