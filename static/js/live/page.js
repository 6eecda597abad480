// A page of results that keeps itself up to date. Without it the page is complete, only older.

import { poll } from "./poll.js";
import { replace } from "./rows.js";
import { favourites, markRows, stars, tell } from "./favourites.js";

const asof = document.getElementById("asof");
const texts = JSON.parse(asof?.dataset.texts ?? "{}");
const slug = document.body.dataset.event ?? "";
const QUIET = 2 * 3600 * 1000;
let offset = 0, seen = 0, broken = false;

function clock(at) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: asof.dataset.timezone }).format(at);
}

const finish = () => Number(document.querySelector("[data-finish]")?.dataset.finish ?? 0);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function span(seconds) {
  if (seconds < 100) return `${seconds} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

function say() {
  if (!asof || !seen || broken) return;
  const last = finish(), now = Date.now() + offset;
  const ago = Math.max(0, Math.round((now - last) / 1000));
  const tail = last && ago < 86400 ? `, ${fill(texts.ago, { span: span(ago) })}` : "";
  asof.textContent = fill(texts.asof, { time: clock(seen) }) + tail;
}

function same(at) {
  broken = false;
  offset = at - Date.now();
  seen = at;
  say();
}

function heard(text, at) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const all = favourites();
  for (const now of document.querySelectorAll("[data-live][id]")) {
    const fresh = page.getElementById(now.id);
    if (!fresh || fresh.innerHTML === now.innerHTML) continue;
    Object.assign(now.dataset, fresh.dataset);
    for (const row of replace(now, fresh, texts)) {
      const name = all[`${slug}/${row.dataset.bib}`];
      if (name && row.dataset.bib) tell(name, row.querySelector(".time")?.textContent.trim() ?? "");
    }
  }
  markRows(document, slug);
  same(at);
}

function lost() {
  broken = true;
  if (asof) asof.textContent = fill(texts.lost, { time: seen ? clock(seen) : "–" });
}

stars();
markRows(document, slug);
if (asof && document.querySelector("[data-live]")) {
  const ask = poll(location.href.split("#")[0], { heard, same, lost, quiet: () => finish() > 0 && Date.now() + offset - finish() > QUIET });
  setInterval(say, 1000);
  window.addEventListener("online", ask);
}
