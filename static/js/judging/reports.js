// A judge's report is kept on this device before anything else, and sent until the server has it.
// It is numbered here, so that sending it twice writes it down once.

import { ServerClock, stampOf } from "../capture/clock.js";

const PATIENCE = 8000;
const PAUSE = 3000;
const form = document.querySelector("form.judge");
const [kept, waiting, written, log] = ["kept", "waiting", "written", "log"].map((id) => document.getElementById(id));
const shelf = `judge:${form.dataset.slug}:${form.dataset.who}`; // nobody sends what another judge has seen
const clock = new ServerClock();
let closed = false;
let sending = false;
let timer = null;

const load = () => JSON.parse(localStorage.getItem(shelf) ?? "null") ?? { device: minted(), last: 0, reports: [] };
const save = (box) => localStorage.setItem(shelf, JSON.stringify(box));

function minted() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `judge-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

form.addEventListener("submit", (event) => {
  const box = load();
  const { bib, code, post, note } = Object.fromEntries(new FormData(form));
  const seen = form.querySelector(`[name=code][value="${CSS.escape(code)}"]`).closest("label").querySelector("span").firstChild.textContent.trim();
  box.last += 1;
  save({ ...box, reports: [...box.reports, { n: box.last, bib: bib.trim(), code, post, note, seen, stamp: stampOf() }] });
  event.preventDefault(); // a device that cannot keep anything sends as browsers do
  form.elements.bib.value = form.elements.note.value = "";
  form.querySelector("[name=code]:checked").checked = false;
  written.hidden = true;
  navigator.vibrate?.(30);
  show();
  send();
});

function change(n, facts) {
  const box = load();
  save({ ...box, reports: box.reports.flatMap((each) => (each.n !== n ? [each] : facts ? [{ ...each, ...facts }] : [])) });
}

async function send() {
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  try {
    await compare();
    for (let next; (next = load().reports.find((each) => !each.refused)); ) await sendOne(next);
    closed = false;
  } catch {
    timer = setTimeout(send, PAUSE);
  }
  sending = false;
  show();
}

async function sendOne(report) {
  const at = report.at ?? report.stamp + clock.offset; // fixed when it is sent first
  change(report.n, { at });
  const body = new FormData();
  const facts = { ...report, at, device: load().device, csrf_token: form.elements.csrf_token.value };
  for (const [name, value] of Object.entries(facts)) body.set(name, value);
  const answer = await ask(location.pathname, { method: "POST", body });
  if (answer.status === 422) return change(report.n, { refused: (await answer.json()).problems.join(" ") });
  closed = answer.redirected || (!answer.ok && answer.status < 500);
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  change(report.n, null);
  written.textContent = written.dataset.text.replace("%s", report.bib);
  written.hidden = false;
  const page = new DOMParser().parseFromString(await (await ask(location.pathname)).text(), "text/html");
  log.replaceChildren(...(page.getElementById("log")?.children ?? []));
}

async function compare() {
  const sent = stampOf() / 1000;
  const { server_time } = await (await ask("/api/v1/clock")).json();
  clock.heard(sent, stampOf() / 1000, server_time);
}

const ask = (path, more = {}) => fetch(path, { headers: { Accept: more.body ? "application/json" : "text/html" }, signal: AbortSignal.timeout(PATIENCE), ...more });

function show() {
  const { reports } = load();
  kept.hidden = !reports.length;
  const words = closed ? waiting.dataset.closed : waiting.dataset.text;
  waiting.hidden = !reports.some((each) => !each.refused);
  waiting.textContent = words.replace("%s", reports.filter((each) => !each.refused).length);
  kept.querySelector("ul").replaceChildren(...reports.map(line));
}

function line(report) {
  const item = document.createElement("li");
  item.append(`${report.bib}: ${report.seen}${report.refused ? ` – ${report.refused} ` : ""}`);
  if (!report.refused) return item;
  const key = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: waiting.dataset.change });
  key.addEventListener("click", () => mend(report));
  item.append(key);
  return item;
}

// What was refused goes back into the form: nothing of it is typed again but what was wrong.
function mend(report) {
  for (const name of ["bib", "post", "note"]) form.elements[name].value = report[name];
  form.elements.code.value = report.code;
  change(report.n, null);
  show();
  form.elements.bib.select();
}

addEventListener("online", send);
show();
if (load().reports.length) send();
form.dataset.ready = "yes";
