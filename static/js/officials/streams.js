// Two streams by keyboard: a cell is picked; insert, delete and anchor act on it.

import { goBack, moveOn } from "./place.js";

const table = document.getElementById("streams");
const act = document.getElementById("act");
if (table) run();

function run() {
  const rows = [...table.tBodies[0].rows];
  let row = Math.min(goBack("row"), rows.length - 1);
  let side = goBack("side") ? "bib" : "time";
  let marked = null;

  const cell = () => rows[row].cells[side === "time" ? 1 : 2];

  function pick(index, other = side) {
    for (const each of table.querySelectorAll("[aria-current]")) each.removeAttribute("aria-current");
    for (const each of rows) each.classList.remove("picked");
    row = Math.max(0, Math.min(rows.length - 1, index));
    side = other;
    rows[row].classList.add("picked");
    cell().setAttribute("aria-current", "true");
    cell().tabIndex = -1;
    cell().focus();
  }

  function send(kind, fields) {
    if (Object.values(fields).some((value) => !value)) return;
    moveOn("row", row);
    moveOn("side", side === "bib" ? 1 : 0);
    act.elements.kind.value = kind;
    for (const [name, value] of Object.entries(fields)) act.elements[name].value = value;
    act.submit();
  }

  const line = () => rows[row].dataset[side];
  const keys = {
    ArrowDown: () => pick(row + 1),
    ArrowUp: () => pick(row - 1),
    ArrowLeft: () => pick(row, "time"),
    ArrowRight: () => pick(row, "bib"),
    Insert: () => send("blank", { line: line() }),
    i: () => send("blank", { line: line() }),
    Delete: () => send("void", { line: line() }),
    x: () => send("void", { line: line() }),
    p: () => send("pair", { time: rows[row].dataset.time, bib: rows[row].dataset.bib }),
    m: mark,
    z: () => document.querySelector(".decided button")?.click(),
  };

  function mark() {
    if (side === "time") marked = line();
    else if (marked) send("pair", { time: marked, bib: line() });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, button, a")) return;
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  table.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    const tapped = event.target.closest("tbody tr");
    if (!button && tapped) pick(rows.indexOf(tapped), { 1: "time", 2: "bib" }[event.target.closest("td")?.cellIndex]);
    if (!button) return;
    row = rows.indexOf(button.closest("tr"));
    side = button.dataset.side ?? side;
    if (button.dataset.do === "pair") keys.p();
    else send(button.dataset.do, { line: line() });
  });
  pick(row);
  table.dataset.ready = "yes";
}
