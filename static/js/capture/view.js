// What the station shows. Knows words and elements, no storage and no network.

import { lapText } from "./laps.js";

export function show(id, text, mood = "") {
  const element = document.getElementById(id);
  if (element.textContent !== text) element.textContent = text;
  element.dataset.mood = mood;
}

// What the own lines say by now: { lines, newest first, each with bib, note and undone }.
export function sumUp(lines) {
  const undone = new Set();
  const bibs = new Map();
  const notes = new Map();
  for (const line of [...lines].reverse()) {
    if (line.what === "undo") undone.add(line.about);
    if (line.what === "bib") bibs.set(line.about, line.bib);
    if (line.what === "note") notes.set(line.about, line.text);
  }
  return lines
    .filter((line) => line.what === "read")
    .map((line) => ({
      ...line,
      bib: bibs.get(line.n) ?? line.bib,
      lap: bibs.has(line.n) || undone.has(line.n) ? "" : line.lap,
      note: notes.get(line.n) ?? "",
      undone: undone.has(line.n),
    }));
}

// lines: as summed up. act: { name(line, bib), note(line, text), undo(line) }.
// A line keeps its element, so that what somebody opened or types there is not taken from under the fingers.
export function showLines(lines, { texts, people, timezone, act }) {
  const list = document.getElementById("lines");
  const there = new Map([...list.children].map((element) => [element.value, element]));
  const items = lines.map((line) => {
    const element = there.get(line.n) ?? Object.assign(document.createElement("li"), { value: line.n });
    tell(element, line, factsOf(line, { texts, people, timezone }), { texts, act });
    return element;
  });
  arrange(list, items);
}

// What stays is not touched: a finger on it, or the keyboard in it, would be lost.
function arrange(list, items) {
  const wanted = new Set(items);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  items.forEach((each, place) => {
    if (list.children[place] !== each) list.insertBefore(each, list.children[place] ?? null);
  });
}

function factsOf(line, { texts, people, timezone }) {
  const person = people.get(line.bib);
  const strange = line.bib && people.size && !person;
  const state = line.undone ? "undone" : strange || line.state === "look" ? "look" : line.state;
  const name = person ? person.name : !strange ? "" : line.bib.includes("?") ? texts.halfRead : texts.unknown;
  return {
    state,
    bib: line.bib || "",
    time: line.stamp === null ? texts.noTime : time(line, timezone),
    name: [name, line.lap, line.note].filter(Boolean).join(" · "),
    said: line.sentence || texts[state],
  };
}

function tell(element, line, facts, { texts, act }) {
  const sign = JSON.stringify(facts);
  if (element.dataset.sign === sign) return;
  element.dataset.sign = sign;
  element.className = `line ${facts.state}`;
  const offered = facts.state === "undone" ? "" : `offers ${facts.bib}`;
  const box = offered === element.dataset.offered ? element.querySelector("details") : null;
  element.dataset.offered = offered;
  if (!box) element.replaceChildren(...(offered ? [repair(line, facts, texts, act)] : []));
  for (const cell of element.querySelectorAll(":scope > span")) cell.remove();
  element.prepend(
    span("bib-cell", facts.bib || texts.noBib),
    span("time-cell", facts.time),
    span("state-cell", facts.said),
    span("name-cell", facts.name),
  );
}

// A time without bib asks for it; everything else is behind one word.
function repair(line, facts, texts, act) {
  const forms = [
    form(facts.bib ? texts.otherBib : texts.addBib, line, "numeric", texts, (value) => act.name(line, value.toUpperCase())),
    form(texts.note, line, "text", texts, (value) => act.note(line, value)),
  ];
  const back = document.createElement("button");
  Object.assign(back, { type: "button", className: "plain", textContent: texts.takeBack });
  back.setAttribute("aria-label", `${texts.takeBack}, ${line.n}`);
  back.addEventListener("click", () => act.undo(line));
  const box = document.createElement("details");
  box.open = !facts.bib;
  const summary = document.createElement("summary");
  summary.textContent = texts.otherWhy;
  summary.setAttribute("aria-label", `${texts.otherWhy}, ${facts.bib || texts.noBib}, ${facts.time}`);
  box.append(summary, ...(facts.bib ? [...forms, back] : forms.slice(0, 1)));
  return box;
}

function form(label, line, mode, texts, done) {
  const element = document.createElement("form");
  const field = document.createElement("input");
  Object.assign(field, { inputMode: mode, maxLength: mode === "text" ? 200 : 12, placeholder: label });
  field.setAttribute("aria-label", `${label}, ${line.n}`);
  const button = document.createElement("button");
  Object.assign(button, { className: "plain", textContent: texts.keep });
  element.append(field, button);
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = field.value.trim();
    field.value = "";
    field.blur();
    if (value) done(value);
  });
  return element;
}

// next: as People.next gives them. cross(person, event): they were seen.
export function showNext(next, texts, stamped, cross) {
  const list = document.getElementById("expected");
  if (list.querySelector(":active")) return; // nothing moves under a finger
  document.getElementById("expected-box").hidden = !next.length;
  const there = new Map([...list.children].map((element) => [element.dataset.sign, element]));
  arrange(list, next.map(({ person, lap }) => {
    const sign = JSON.stringify([person.bib, person.name, lap]);
    if (there.has(sign)) return there.get(sign);
    const element = document.createElement("li");
    element.dataset.sign = sign;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.append(span("bib-cell", person.bib), span("", person.name), span("soft small", lapText(lap, texts)));
    if (lap && (lap.behind > 0 || lap.soon)) button.classList.add("lapped");
    button.addEventListener("pointerdown", stamped);
    button.addEventListener("keydown", stamped);
    button.addEventListener("click", () => cross(person));
    element.append(button);
    return element;
  }));
}

function span(kind, text) {
  const element = document.createElement("span");
  element.className = kind;
  element.textContent = text;
  return element;
}

function time(line, timezone) {
  const micros = line.at ?? line.stamp + (line.offset ?? 0);
  const moment = new Date(micros / 1000);
  const clock = moment.toLocaleTimeString("en-GB", { hour12: false, timeZone: timezone });
  return `${clock}.${Math.floor((micros / 1e5) % 10)}`;
}
