// The check-in desk of a link: people are on the device, lines are safe before the screen confirms.

import { openBox } from "../capture/box.js";
import { ServerClock, stampOf } from "../capture/clock.js";
import { Post } from "../capture/post.js";
import { show } from "../capture/view.js";
import { bibOf, entryOf, offerCamera } from "./camera.js";
import { card, list } from "./card.js";
import { find, fold } from "./match.js";

const page = document.getElementById("desk");
const texts = JSON.parse(page.dataset.texts);
const words = JSON.parse(page.dataset.words);
const field = document.getElementById("q");
const found = document.getElementById("found");
const SHELF = `check-in ${page.dataset.token.slice(0, 8)}`;
const LINES = 5000;

const clock = new ServerClock();
const box = await openBox(page.dataset.token);
const post = new Post(box, clock, page.dataset.token, refresh);
const fresh = new Set(); // own check-ins since the page was opened
let people = [];
let unsentBefore = 0;

document.getElementById("search").addEventListener("submit", (event) => {
  event.preventDefault();
  look(field.value);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") back("");
});

function look(scanned) {
  const own = entryOf(scanned);
  const typed = bibOf(scanned);
  const hits = own === null ? find(people, typed) : people.filter((one) => one.entries.includes(own));
  show("told", hits.length || !typed.trim() ? "" : texts.nobody, hits.length ? "" : "warn");
  if (hits.length === 1) open(hits[0]);
  else found.replaceChildren(list(hits, open));
  found.querySelector("button")?.focus();
}

function open(person) {
  const acts = { checkIn: (all) => checkIn(person, all), undo: () => undo(person), cancel: () => back("") };
  found.replaceChildren(card(person, texts, words, acts));
  (found.querySelector("[data-first]") ?? field).focus();
}

// Items that are ticked, or all of them, are written with the check-in.
async function checkIn(person, all) {
  const seen = [...found.querySelectorAll(all ? "input" : "input:checked")].map((each) => each.value);
  for (const item of seen) {
    for (const entry of person.entries) await write({ what: "seen", about: entry, text: item, bib: null, source: "desk", stamp: stampOf() });
  }
  if (!person.here) {
    const line = await write({ what: "read", source: "desk", bib: person.bib, stamp: stampOf() });
    Object.assign(person, { here: true, own: line.n, by: "" });
    fresh.add(line.n);
  }
  Object.assign(person, { missing: person.missing.filter((item) => !seen.includes(item)) });
  keep();
  back(texts.done.replace("%s", person.name));
}

async function undo(person) {
  await write({ what: "undo", about: person.own, bib: null, source: "desk", stamp: stampOf() });
  Object.assign(person, { here: false, own: undefined });
  keep();
  back(texts.undone.replace("%s", person.name));
}

function back(words) {
  found.replaceChildren();
  field.value = "";
  field.focus();
  show("told", words, words ? "good" : "");
}

async function write(draft) {
  try {
    const line = await box.add({ ...draft, offset: clock.offset, written: Date.now() });
    refresh();
    post.now();
    return line;
  } catch (error) {
    show("unsent", texts.notSaved, "bad");
    throw error;
  }
}

async function refresh() {
  const unsent = await box.countUnsent();
  if (unsentBefore && !unsent && fresh.size) load().catch(() => {});
  unsentBefore = unsent;
  const told = post.closed
    ? `${post.closed} ${texts.kept}`
    : unsent
      ? texts.unsent.replace("%d", unsent) + (post.online === false ? ` ${texts.offline}` : "")
      : texts.allSent;
  show("unsent", told, post.closed ? "bad" : unsent ? "warn" : "good");
  show("people", people.length ? texts.people.replace("%d", people.length) : texts.loading);
}

// What this device wrote itself counts at once, whatever the server knows by now.
async function take(listed) {
  const own = new Map();
  for (const line of (await box.latest(LINES)).reverse()) {
    if (line.what === "read") own.set(line.bib, line.n);
    if (line.what === "undo") for (const [bib, n] of own) if (n === line.about) own.delete(bib);
  }
  people = listed.map((one) => {
    const line = own.get(one.bib);
    const others = (one.desks ?? []).filter(([read]) => read !== `${box.id}:${line}`);
    if (others.length && fresh.delete(line)) taken(one.name, others[0][1]);
    return { ...one, folded: fold(one.name), own: line, by: one.desks?.[0]?.[1], here: one.here || line !== undefined };
  });
  refresh();
}

// Another desk took the same person without this one knowing: whoever works here is told, once.
function taken(name, desk) {
  show("told", texts.elsewhere.replace("%s", name).replace("%s", desk), "warn");
}

function keep() {
  try {
    localStorage.setItem(SHELF, JSON.stringify(people));
  } catch {
    // Too many for this device: they are in memory, and come again with the network.
  }
}

async function load() {
  const answer = await fetch("/api/v1/stations/people", {
    headers: { Authorization: `Bearer ${page.dataset.token}` },
    credentials: "omit",
  });
  if (!answer.ok) return;
  await take((await answer.json()).people);
  keep();
}

async function keepPage() {
  await navigator.serviceWorker.register("/s/worker.js", { scope: "/s/" });
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((part) => part.name);
  const ours = parts.filter((name) => name.startsWith(`${location.origin}/static/`));
  active.postMessage({ keep: [location.href, ...ours] });
}

const kept = localStorage.getItem(SHELF);
if (kept) await take(JSON.parse(kept));
offerCamera(page.querySelector("[data-camera]"), look);
if ("serviceWorker" in navigator) keepPage().catch(() => {});
if (navigator.storage?.persist) navigator.storage.persist().catch(() => {});
post.start();
await load().catch(() => {});
await refresh();
setInterval(() => load().catch(() => {}), 20_000);
page.dataset.ready = "yes";
