// What the desk shows of people. Knows words and elements, no storage and no network.

export function list(people, open, texts) {
  const all = make("ul", "found");
  for (const person of people) {
    const item = make("li");
    const button = make("button", "plain");
    const about = make("span", "", person.name);
    if (person.here) about.append(" ", make("span", "tag good", `✓ ${texts.hereAlready}`));
    about.append(make("span", "soft", [person.club, person.nation, person.born, person.contests].filter(Boolean).join(" · ")));
    button.append(make("b", "bibno", person.bib || "–"), about);
    button.type = "button";
    button.addEventListener("click", () => open(person));
    item.append(button);
    all.append(item);
  }
  return all;
}

// acts: checkIn (told whether everything was seen), undo, cancel.
export function card(person, texts, words, acts) {
  const missing = person.missing.filter((item) => item !== "bib");
  const ready = person.here && !person.missing.length;
  const section = make("section", `person ${ready ? "ready" : person.here ? "here" : "away"}`);
  section.append(make("p", "verdict", verdict(person, ready, texts, words)));
  const title = make("h2");
  title.append(make("span", "bibno", person.bib || "–"), ` ${person.name}`);
  const about = [person.club, person.nation, person.born, person.contests].filter(Boolean).join(" · ");
  section.append(title, make("p", "soft facts", about));
  if (person.here && person.by) section.append(make("p", "", texts.by.replace("%s", person.by)));
  for (const item of missing) section.append(box(item, words));
  const row = make("div", "row");
  if (!person.bib) section.append(make("p", "notice warn", texts.noBib));
  else if (missing.length) {
    row.append(button(person.here ? texts.allSeenHere : texts.allSeen, "big", () => acts.checkIn(true), true));
    row.append(button(texts.asTicked, "plain big", () => acts.checkIn(false)));
  } else if (!person.here) row.append(button(texts.checkIn, "big", () => acts.checkIn(false), true));
  if (person.here && person.own !== undefined) row.append(button(texts.undo, "danger", acts.undo));
  row.append(button(texts.cancel, "plain", acts.cancel));
  section.append(row);
  return section;
}

function verdict(person, ready, texts, words) {
  if (ready) return `✓ ${texts.ready}`;
  const named = person.missing.map((item) => words[item].word).join(", ");
  const here = person.here ? `✓ ${texts.here}` : `○ ${texts.notHere}`;
  return named ? `${here} · ! ${texts.missing}: ${named}` : here;
}

function box(item, words) {
  const label = make("label", "check");
  const field = make("input");
  field.type = "checkbox";
  field.value = item;
  label.append(field, ` ${words[item].sentence}`);
  return label;
}

function button(text, kind, act, first = false) {
  const made = make("button", kind, text);
  made.type = "button";
  if (first) made.dataset.first = "";
  made.addEventListener("click", act);
  return made;
}

function make(tag, kind = "", text = "") {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  if (text) element.textContent = text;
  return element;
}
