// What the station shows. Knows words and elements, no storage and no network.

export function show(id, text, mood = "") {
  const element = document.getElementById(id);
  if (element.textContent !== text) element.textContent = text;
  element.dataset.mood = mood;
}

// lines: newest first, undo and bib lines among them.
export function showLines(lines, { texts, people, timezone, limit, name }) {
  const undone = new Set();
  const named = new Map();
  for (const line of [...lines].reverse()) {
    if (line.what === "undo") undone.add(line.about);
    if (line.what === "bib") named.set(line.about, line);
  }
  const reads = lines.filter((line) => line.what === "read").slice(0, limit);
  const items = reads.map((line) => item(line, { texts, people, timezone, name, undone, named }));
  const list = document.getElementById("lines");
  if (!list.contains(document.activeElement) || document.activeElement.tagName !== "INPUT") list.replaceChildren(...items);
}

function item(line, { texts, people, timezone, name, undone, named }) {
  const later = named.get(line.n);
  const bib = later ? later.bib : line.bib;
  const person = people.get(bib);
  const strange = bib && people.size && !person;
  const state = undone.has(line.n) ? "undone" : strange || line.state === "look" ? "look" : line.state;
  const element = document.createElement("li");
  element.className = `line ${state}`;
  element.value = line.n;
  element.append(
    span("bib-cell", bib || texts.noBib),
    span("time-cell", line.stamp === null ? texts.noTime : time(line, timezone)),
    span("name-cell", person ? person.name : strange ? texts.unknown : ""),
    span("state-cell", line.sentence || texts[state]),
  );
  if (!undone.has(line.n)) element.append(bibForm(line, bib, texts, name));
  return element;
}

function bibForm(line, bib, texts, name) {
  const form = document.createElement("form");
  const field = document.createElement("input");
  field.inputMode = "numeric";
  field.maxLength = 12;
  field.placeholder = bib ? texts.otherBib : texts.addBib;
  field.setAttribute("aria-label", `${field.placeholder}, ${line.n}`);
  form.append(field);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = field.value.trim().toUpperCase();
    field.blur();
    if (value) name(line, value);
  });
  return form;
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
  const clock = moment.toLocaleTimeString([], { hour12: false, timeZone: timezone });
  return `${clock}.${Math.floor((micros / 1e5) % 10)}`;
}
