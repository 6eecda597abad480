// The check-in desk of a link: people are on the device, lines are safe before the screen confirms.

import { stampOf } from "../capture/clock.js";
import { openLink } from "../capture/link.js";
import { show } from "../capture/view.js";
import { bibOf, entryOf, offerCamera } from "./camera.js";
import { card, list } from "./card.js";
import { find, fold } from "./match.js";

const page = document.getElementById("desk");
const words = JSON.parse(page.dataset.words);
const field = document.getElementById("q");
const found = document.getElementById("found");
const SHELF = `check-in ${page.dataset.token.slice(0, 8)}`;
const LINES = 5000;

const link = await openLink(page, refresh);
const { box, texts } = link;
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
  else found.replaceChildren(list(hits, open, texts));
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
    for (const entry of person.entries) await link.write({ what: "seen", about: entry, text: item, bib: null, source: "desk", stamp: stampOf() });
  }
  if (!person.here) {
    const line = await link.write({ what: "read", source: "desk", bib: person.bib, stamp: stampOf() });
    Object.assign(person, { here: true, own: line.n, by: "" });
    fresh.add(line.n);
  }
  Object.assign(person, { missing: person.missing.filter((item) => !seen.includes(item)) });
  keep();
  back(texts.done.replace("%s", person.name));
}

async function undo(person) {
  await link.write({ what: "undo", about: person.own, bib: null, source: "desk", stamp: stampOf() });
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

async function refresh() {
  const unsent = await link.tellUnsent();
  if (unsentBefore && !unsent && fresh.size) load().catch(() => {});
  unsentBefore = unsent;
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
  const told = await link.ask("/api/v1/stations/people");
  if (!told) return;
  await take(told.people);
  keep();
}

const kept = localStorage.getItem(SHELF);
if (kept) await take(JSON.parse(kept));
offerCamera(page.querySelector("[data-camera]"), look);
link.start();
await load().catch(() => {});
await refresh();
setInterval(() => load().catch(() => {}), 20_000);
page.dataset.ready = "yes";
