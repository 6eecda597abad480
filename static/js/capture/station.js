// The station page: keys and taps become lines, lines are shown with their state in words.

import { openBox } from "./box.js";
import { ServerClock, stampOf } from "./clock.js";
import { Post } from "./post.js";
import { show, showLines } from "./view.js";

const page = document.getElementById("station");
const texts = JSON.parse(page.dataset.texts);
const entry = document.getElementById("entry");
const bibField = document.getElementById("bib");
const bibsOnly = document.getElementById("bibs-only");
const SHOWN = 40;

const clock = new ServerClock();
const box = await openBox(page.dataset.token);
const post = new Post(box, clock, page.dataset.token, refresh);
const people = new Map();

let pressed = null; // the stamp of the key or finger that started this entry

// Stamped when the key goes down, not when the form is handled.
entry.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.repeat) pressed = stampOf(event);
});
document.getElementById("record").addEventListener("pointerdown", (event) => {
  pressed = stampOf(event);
});

entry.addEventListener("submit", async (event) => {
  event.preventDefault();
  const stamp = bibsOnly.checked ? null : (pressed ?? stampOf(event));
  pressed = null;
  const bib = bibField.value.trim().toUpperCase();
  if (bibsOnly.checked && !bib) return;
  bibField.value = "";
  who("");
  await write({ what: "read", source: bib ? "typed" : "button", bib: bib || null, stamp });
  bibField.focus();
});

document.getElementById("undo").addEventListener("click", undo);
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
    event.preventDefault();
    undo();
  } else if (event.key === "Escape") {
    bibField.value = "";
    who("");
    bibField.focus();
  }
});

bibField.addEventListener("input", () => who(bibField.value.trim().toUpperCase()));

async function write(draft) {
  try {
    await box.add({ ...draft, offset: clock.offset, written: Date.now() });
  } catch (error) {
    show("unsent", texts.notSaved, "bad");
    throw error;
  }
  await refresh();
  post.now();
}

async function undo() {
  const lines = await box.latest(200);
  const gone = new Set(lines.filter((line) => line.what === "undo").map((line) => line.about));
  const last = lines.find((line) => line.what === "read" && !gone.has(line.n));
  if (last) await write({ what: "undo", about: last.n, bib: null, source: "typed", stamp: stampOf() });
}

// Called by the list: a time gets its bib, or a wrong bib another one.
async function name(line, bib) {
  await write({ what: "bib", about: line.n, bib, source: "typed", stamp: stampOf() });
}

function who(bib) {
  const person = people.get(bib);
  const text = !bib ? "" : person ? `${person.name} · ${person.contest}` : people.size ? texts.unknown : "";
  show("who", text || "\u00a0", bib && !person && people.size ? "warn" : "");
}

async function refresh() {
  const lines = await box.latest(SHOWN * 2);
  showLines(lines, { texts, people, timezone: page.dataset.timezone, limit: SHOWN, name });
  const unsent = await box.countUnsent();
  const words = post.closed
    ? `${post.closed} ${texts.kept}`
    : unsent
      ? texts.unsent.replace("%d", unsent) + (post.online === false ? ` ${texts.offline}` : "")
      : texts.allSent;
  show("unsent", words, post.closed ? "bad" : unsent ? "warn" : "good");
  const offset = clock.offset;
  const seconds = offset === null ? "" : (Math.abs(offset) / 1e6).toFixed(1);
  const wild = offset !== null && Math.abs(offset) > 2e6;
  show("offset", offset === null ? texts.noClock : texts.clock.replace("%s", seconds), wild ? "warn" : "");
}

async function loadPeople() {
  const answer = await fetch("/api/v1/stations/expected", {
    headers: { Authorization: `Bearer ${page.dataset.token}` },
    credentials: "omit",
  });
  if (!answer.ok) return;
  const { people: found } = await answer.json();
  people.clear();
  for (const person of found) people.set(person.bib, person);
  const list = document.getElementById("expected");
  list.replaceChildren(
    ...found
      .filter((person) => !person.here && !["DNS", "DNF", "DQ"].includes(person.status))
      .slice(0, 60)
      .map((person) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "plain";
        button.textContent = `${person.bib} ${person.name}`;
        button.addEventListener("pointerdown", (event) => (pressed = stampOf(event)));
        button.addEventListener("click", () => {
          const stamp = bibsOnly.checked ? null : (pressed ?? stampOf());
          pressed = null;
          write({ what: "read", source: "typed", bib: person.bib, stamp });
          item.remove();
        });
        item.append(button);
        return item;
      }),
  );
  refresh();
}

// A reload without network opens the page that the worker kept (only over https or on this machine).
async function keepPage() {
  await navigator.serviceWorker.register("/s/worker.js", { scope: "/s/" });
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((part) => part.name);
  const ours = parts.filter((name) => name.startsWith(`${location.origin}/static/`));
  active.postMessage({ keep: [location.href, ...ours] });
}

setInterval(() => {
  const now = new Date(Date.now() + (clock.offset ?? 0) / 1000);
  const time = now.toLocaleTimeString([], { hour12: false, timeZone: page.dataset.timezone });
  document.getElementById("clock").textContent = time;
}, 250);
setInterval(() => loadPeople().catch(() => {}), 30_000);

if ("wakeLock" in navigator) {
  const keepAwake = () => navigator.wakeLock.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", () => document.hidden || keepAwake());
  keepAwake();
}
if ("serviceWorker" in navigator) keepPage().catch(() => {});
if (navigator.storage?.persist) navigator.storage.persist().catch(() => {});

post.start();
await refresh();
loadPeople().catch(() => {});
page.dataset.ready = "yes";
