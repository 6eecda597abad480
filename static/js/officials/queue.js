// The queue by keyboard: one case is picked, one key settles it.

import { goBack, moveOn } from "./place.js";

const queue = document.getElementById("queue");
let cases = [...queue.querySelectorAll(".doubt")];
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

// Another official decided, or something new came in: the list follows, unless somebody is typing.
async function look() {
  const answer = await fetch(queue.dataset.news, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const { seq, asked } = await answer.json();
  const stale = String(seq) !== queue.dataset.seq || String(asked) !== queue.dataset.asked;
  if (!stale) return;
  const typing = [...queue.querySelectorAll("input:not([type=hidden])")].some((field) => field.value);
  document.getElementById("newer").hidden = !typing;
  if (!typing) await follow();
}

async function follow() {
  const answer = await fetch(location.href);
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const key = cases[picked]?.dataset.case;
  const within = queue.contains(document.activeElement);
  for (const id of ["waiting", "queue"]) {
    document.getElementById(id).replaceChildren(...fresh.getElementById(id).childNodes);
  }
  Object.assign(queue.dataset, { ...fresh.getElementById("queue").dataset, ready: "yes" });
  cases = [...queue.querySelectorAll(".doubt")];
  const place = cases.findIndex((each) => key && each.dataset.case === key);
  picked = Math.max(0, Math.min(place < 0 ? picked : place, cases.length - 1));
  if (within) cases[picked]?.focus();
}

setInterval(() => look().catch(() => {}), 4000);
if (cases.length) pick(picked);
queue.dataset.ready = "yes";
