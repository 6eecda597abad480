// The station page: keys and taps become lines, lines are shown with their state in words.

import { stampOf } from "./clock.js";
import { lapText, People } from "./laps.js";
import { openLink } from "./link.js";
import { show, showLines, showNext, sumUp } from "./view.js";

const page = document.getElementById("station");
const entry = document.getElementById("entry");
const bibField = document.getElementById("bib");
const bibsOnly = document.getElementById("bibs-only");
const record = document.getElementById("record");
const SHOWN = 40;
const NEXT = 6;
const NOTABLE = 50_000; // microseconds that a clock may differ without a word
const WILD = 60_000_000;

const people = new People();
const link = await openLink(page, refresh);
const { box, clock, texts } = link;

let pressed = null; // the stamp of the key or finger that started this entry
let asked = -Infinity; // when the list of people was asked for, by the clock that nobody sets
const uncounted = new Map(); // own lines by number: those that the server may not have counted yet
let seen = 0; // the newest own line among them
let accepted = 0; // the last own line of which the server is known to have all before

function stamped(event) {
  const key = event.type === "pointerdown" || event.key === "Enter" || event.key === " ";
  if (key && !event.repeat) pressed = stampOf(event);
}

function taken() {
  const stamp = bibsOnly.checked ? null : (pressed ?? stampOf());
  pressed = null;
  return stamp;
}

// Stamped when the key goes down, not when the form is handled.
entry.addEventListener("keydown", (event) => event.key === "Enter" && stamped(event));
record.addEventListener("pointerdown", stamped);

entry.addEventListener("submit", async (event) => {
  event.preventDefault();
  const stamp = taken();
  const bib = typed();
  if (bibsOnly.checked && !bib) return;
  bibField.value = "";
  who();
  await cross(bib, stamp);
  navigator.vibrate?.(30);
  bibField.focus();
});

document.getElementById("undo").addEventListener("click", undoLast);
document.addEventListener("keydown", (event) => {
  const inField = event.target === bibField;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && (inField ? !bibField.value : event.target.tagName !== "INPUT")) {
    event.preventDefault();
    undoLast();
  } else if (event.key === "Escape") {
    bibField.value = "";
    who();
    bibField.focus();
  } else if (event.key === "ArrowDown" && inField) {
    event.preventDefault();
    document.querySelector("#expected button")?.focus();
  }
});

// A keypad of digits has no question mark; its star does instead.
bibField.addEventListener("input", () => {
  if (/[*#]/.test(bibField.value)) bibField.value = bibField.value.replace(/[*#]/g, "?");
  who();
});
const wild = document.getElementById("wild");
wild.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the keyboard
wild.addEventListener("click", () => {
  bibField.setRangeText("?", bibField.selectionStart, bibField.selectionEnd, "end");
  bibField.focus();
  who();
});

bibsOnly.checked = remembered("bibs-only") === "yes";
bibsOnly.addEventListener("change", () => {
  remember("bibs-only", bibsOnly.checked ? "yes" : "no");
  who();
  bibField.focus();
});

// The lap stands beside the line as it was when the line was written.
function cross(bib, stamp) {
  const lap = lapText(people.lap(bib), texts);
  return link.write({ what: "read", source: bib ? "typed" : "button", bib: bib || null, stamp, lap });
}

function later(what, line, more = {}) {
  return link.write({ what, about: line.n, bib: null, source: "typed", stamp: stampOf(), ...more });
}

const act = {
  name: (line, bib) => later("bib", line, { bib }),
  note: (line, text) => later("note", line, { text }),
  undo: (line) => later("undo", line),
};

async function undoLast() {
  const last = sumUp(await box.latest(200)).find((line) => !line.undone);
  if (last) await act.undo(last);
}

function typed() {
  return bibField.value.trim().toUpperCase();
}

// Says what the big button will do, who wears the bib, and who may come.
function who() {
  const bib = typed();
  const person = people.get(bib);
  const unknown = bib && people.size && !people.begins(bib);
  const lap = person ? people.lap(bib) : null;
  const said = person ? [person.name, person.contest, lapText(lap, texts)].filter(Boolean).join(" · ") : "";
  show("who", unknown ? texts.unknown : said || "\u00a0", unknown || lap?.behind ? "warn" : "");
  record.textContent = bibsOnly.checked ? texts.bibOnly : bib ? texts.recordBib.replace("%s", bib) : texts.record;
  showNext(people.next(bib, NEXT), texts, stamped, async (next) => {
    bibField.value = "";
    await cross(next.bib, taken());
  });
}

async function refresh() {
  const lines = await box.latest(SHOWN * 3);
  const summed = sumUp(lines);
  accepted = lines.find((line) => line.state === "accepted")?.n ?? 0;
  const gap = lines.length && lines.at(-1).n > seen + 1;
  for (const line of gap ? await box.since(Math.max(seen, people.counted)) : lines) uncounted.set(line.n, line);
  seen = Math.max(seen, lines[0]?.n ?? 0);
  people.saw(sumUp(fresh()).filter((line) => !line.undone));
  showLines(summed.slice(0, SHOWN), { texts, people, timezone: page.dataset.timezone, act });
  who();
  const help = document.getElementById("help");
  if (lines.length && help.dataset.done !== "yes") Object.assign(help, { open: false }).dataset.done = "yes";
  await link.tellUnsent();
  tellClock(clock.offset);
  if (accepted > people.counted && performance.now() - asked > pause()) loadPeople().catch(() => {});
}

// Without a network these are many more than those shown; the newest first.
function fresh() {
  for (const n of uncounted.keys()) if (n <= people.counted) uncounted.delete(n);
  return [...uncounted.values()].sort((a, b) => b.n - a.n);
}

function tellClock(offset) {
  const off = Math.abs(offset ?? 0);
  if (offset === null) show("offset", texts.noClock, "");
  else if (off < NOTABLE) show("offset", texts.clockGood.replace("%s", (off / 1e6).toFixed(1)), "");
  else if (off < WILD) show("offset", texts.clock.replace("%s", (offset / 1e6).toFixed(1)), "");
  else show("offset", texts.clockWild.replace("%s", span(off)), "warn");
}

function span(micros) {
  const seconds = Math.round(micros / 1e6);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

// A big field is not asked for with every line.
function pause() {
  return Math.min(120_000, Math.max(3000, people.size * 10));
}

async function loadPeople() {
  asked = performance.now();
  const counted = accepted;
  const told = await link.ask("/api/v1/stations/expected");
  if (!told) return;
  people.learn(told.people, counted);
  remember("people", JSON.stringify([told.people, counted]));
  await refresh();
}

function remember(what, value) {
  try {
    localStorage.setItem(`${what}:${page.dataset.token}`, value);
  } catch {
    // a full storage costs the names after a reload without network, nothing else
  }
}

function remembered(what) {
  try {
    return localStorage.getItem(`${what}:${page.dataset.token}`);
  } catch {
    return null;
  }
}

setInterval(() => {
  const now = new Date(Date.now() + (clock.offset ?? 0) / 1000);
  const time = now.toLocaleTimeString("en-GB", { hour12: false, timeZone: page.dataset.timezone });
  document.getElementById("clock").textContent = time;
}, 250);
setInterval(() => {
  if (performance.now() - asked > Math.max(30_000, pause())) loadPeople().catch(() => {});
}, 5000);

if ("wakeLock" in navigator) {
  const keepAwake = () => navigator.wakeLock.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", () => document.hidden || keepAwake());
  keepAwake();
}

people.learn(...JSON.parse(remembered("people") ?? "[[], 0]"));
link.start();
await refresh();
loadPeople().catch(() => {});
page.dataset.ready = "yes";
