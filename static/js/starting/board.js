// The start: a key is stamped when it goes down, kept on this device, and sent until it is accepted.

import { ServerClock, stampOf } from "../capture/clock.js";
import { asking, follow, forget, pressed as answer } from "./early.js";
import { call } from "./turns.js";

const board = document.getElementById("board");
const texts = JSON.parse(board.dataset.texts);
const waves = [...board.querySelectorAll(".wave")];
const shelf = `guns:${board.dataset.slug}`;
const DAY = 86_400_000_000; // microseconds
const PATIENCE = 6000; // milliseconds after which a silent network counts as none
const ECHO = 1_000_000; // microseconds: a second tap on a page that has changed under the finger
const before = Number(sessionStorage.getItem(shelf) ?? 0); // the last gun of the page as it was before
const clock = new ServerClock();
let armed = Math.max(0, waves.findIndex((wave) => wave.classList.contains("armed")));
let pressed = null;
let refused = "";

for (const form of board.querySelectorAll("form.gun")) {
  const key = form.querySelector("button");
  key.addEventListener("pointerdown", (event) => (pressed = stampOf(event)));
  // A finger that slid off its key pressed nothing; a later Enter has a moment of its own.
  key.addEventListener("click", (event) => event.detail || (pressed = null), { capture: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    press(form.closest(".wave"), pressed ?? stampOf(event));
    pressed = null;
  });
}

document.addEventListener("keydown", (event) => {
  const onKey = event.target.matches(".start-key");
  if (event.repeat && onKey) event.preventDefault(); // a key that is held down is pressed once
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const free = event.target === document.body || onKey;
  if (event.key === "Escape") forget();
  if (event.key === " " && free) {
    event.preventDefault();
    const wave = event.target.closest(".wave") ?? waves[armed];
    if (wave?.querySelector("form.gun")) press(wave, stampOf(event));
  } else if (free && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    arm(armed + (event.key === "ArrowDown" ? 1 : -1));
  }
});

// Letting the space bar go would press the key under the cursor once more in some browsers.
document.addEventListener("keyup", (event) => {
  if (event.key === " " && event.target.matches(".start-key")) event.preventDefault();
});

function arm(index) {
  forget();
  armed = Math.min(waves.length - 1, Math.max(0, index));
  waves.forEach((wave, place) => wave.classList.toggle("armed", place === armed));
  waves[armed].scrollIntoView({ block: "nearest" });
  waves[armed].querySelector(".start-key")?.focus();
}

// Kept before anything else, so that neither a reload nor a dead network loses a gun.
function press(wave, stamp) {
  if (wave.dataset.gun || kept().some((gun) => gun.wave === wave.dataset.wave)) return;
  if (stamp - before < ECHO) return;
  const { fire, first } = answer(wave, stamp, stamp + (clock.offset ?? 0));
  if (!fire) return;
  keep([...kept(), { wave: wave.dataset.wave, name: wave.dataset.name, stamp, first, offset: clock.offset }]);
  sessionStorage.setItem(shelf, stamp);
  wave.dataset.gun = stamp + (clock.offset ?? 0);
  wave.querySelector(".start-key").disabled = true;
  show();
  send();
}

const kept = () => JSON.parse(localStorage.getItem(shelf) ?? "[]");
const keep = (guns) => localStorage.setItem(shelf, JSON.stringify(guns));

let sending = false;
async function send() {
  if (sending) return;
  sending = true;
  try {
    for (const gun of kept()) {
      const form = document.querySelector(`.wave[data-wave="${CSS.escape(gun.wave)}"] form.gun`);
      if (!form) {
        keep(kept().filter((each) => each.wave !== gun.wave));
        continue;
      }
      const body = new FormData(form);
      gun.offset ??= clock.offset; // fixed when it is sent first: sent again it is the same gun
      keep(kept().map((each) => (each.wave === gun.wave ? gun : each)));
      body.set("stamp", gun.stamp);
      body.set("offset", gun.offset ?? "");
      body.set("first", gun.first ?? "");
      body.set("sent", stampOf());
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
      if (answer.status >= 500 || answer.redirected) throw new Error(answer.status);
      if (!answer.ok) refused = texts.refused.replace("%s", gun.name);
      keep(kept().filter((each) => each.wave !== gun.wave));
      if (answer.ok) location.reload();
    }
  } catch {
    setTimeout(send, 1000);
  }
  sending = false;
  trouble();
}

function trouble() {
  const waiting = kept().map((gun) => gun.name).join(", ");
  const words = refused || (waiting && texts.unsent.replace("%s", waiting));
  const notice = document.getElementById("trouble");
  notice.hidden = !words;
  notice.textContent = words;
}

async function compare() {
  const sent = stampOf() / 1000;
  const answer = await fetch(board.dataset.state, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok || answer.redirected) return;
  const { guns, fates, server_time } = await answer.json();
  clock.heard(sent, stampOf() / 1000, server_time);
  const open = asking() && !guns[asking().dataset.wave];
  const typing = document.querySelector("details[open]") || kept().length || open;
  const differs = waves.some(({ dataset: { wave, gun, fate } }) => String(guns[wave] ?? "") !== gun || (fates[wave] ?? "") !== fate);
  if (differs && !typing) location.reload();
}

function show() {
  const now = stampOf() + (clock.offset ?? 0);
  follow(waves, now, stampOf());
  for (const wave of waves) {
    const { gun, scheduled } = wave.dataset;
    const text = gun ? signed(now - gun, "") : scheduled ? signed(now - scheduled, "+") : "";
    const running = wave.querySelector(".running");
    running.hidden = !text || Math.abs(now - (gun || scheduled)) > DAY; // nobody runs that long to a start
    if (running.textContent !== text) running.textContent = text;
    call(wave, now, span);
  }
  const time = new Date(now / 1000).toLocaleTimeString([], { hour12: false, timeZone: board.dataset.timezone });
  document.getElementById("now").textContent = time;
  const offset = document.getElementById("offset");
  const off = clock.offset ?? 0;
  const words = Math.abs(off) < 50_000 ? texts.clockGood : texts.clock;
  const seconds = (Math.abs(off) < 50_000 ? Math.abs(off) / 1e6 : off / 1e6).toFixed(1);
  offset.textContent = clock.offset === null ? texts.noClock : words.replace("%s", seconds);
  offset.classList.toggle("warn", Math.abs(clock.offset ?? 0) > 2e6);
}

// A moment to come has a minus; a gun may lie ahead where a device's clock was wrong.
const signed = (micros, plus) => `${micros < 0 ? "−" : plus}${span(Math.abs(micros))}`;

function span(micros) {
  const seconds = Math.floor(micros / 1e6);
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  return `${hours ? `${hours}:` : ""}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

setInterval(show, 200);
setInterval(() => compare().catch(() => {}), 3000);
await compare().catch(() => {});
show();
send();
board.querySelector(".wave.armed")?.scrollIntoView({ block: "nearest" });
board.dataset.ready = "yes";
