// A list is checked while it is typed; the server says how it understands each line.

const form = document.getElementById("paper");
const list = document.getElementById("checked");
let timer;

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => check().catch(() => {}), 400);
});

async function check() {
  const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) });
  if (!answer.ok || answer.redirected) return;
  const { lines, problem } = await answer.json();
  list.replaceChildren(...(problem ? [item("bad", problem, "")] : lines.map(line)));
}

function line({ number, bib, name, at, problem, refused }) {
  const time = at === null ? "" : new Date(at / 1000).toLocaleTimeString([], { hour12: false, timeZone: form.dataset.timezone });
  const mood = refused ? "bad" : problem ? "warn" : "good";
  return item(mood, problem || "\u2713", ` ${number}: ${bib} ${name} ${time}`);
}

function item(mood, word, text) {
  const element = document.createElement("li");
  const tag = document.createElement("span");
  tag.className = `tag ${mood}`;
  tag.textContent = word;
  element.append(tag, text);
  return element;
}

form.dataset.ready = "yes";
