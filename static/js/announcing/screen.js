// Turns the leaves of a list on a big screen and keeps it up to date.

import { poll } from "../live/poll.js";
import { replace } from "../live/rows.js";

const LEAF_TIME = 8000;
const live = document.getElementById("live"), clock = document.getElementById("clock");
let leaf = 0;

function show() {
  const rows = [...live.querySelectorAll("tbody tr")];
  rows.forEach((row) => row.classList.remove("off"));
  const height = rows[0]?.getBoundingClientRect().height || 60;
  const room = window.innerHeight - live.getBoundingClientRect().top - 8;
  const count = Math.max(1, Math.floor(room / height));
  if (leaf * count >= rows.length) leaf = 0;
  rows.forEach((row, index) => row.classList.toggle("off", Math.floor(index / count) !== leaf));
}

poll(location.href, {
  heard(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("live");
    if (fresh && page.title !== document.title) { location.reload(); return; }
    if (fresh) { replace(live, fresh, {}); show(); }
  },
  same() {}, lost() {}, quiet: () => false,
});
setInterval(() => { leaf += 1; show(); }, LEAF_TIME);
setInterval(() => {
  clock.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "medium", hourCycle: "h23", timeZone: clock.dataset.timezone }).format();
}, 500);
window.addEventListener("resize", show);
show();
