// Brings a list up to date in place: changed rows are marked, withdrawn results stay to be seen,
// and the row that somebody is reading stays where it is.

const words = (row) => row.textContent.replace(/\s+/g, " ").trim();
const hasTime = (row) => /\d/.test(row?.querySelector(".time")?.textContent ?? "") && !row.classList.contains("unranked");

/** Rows by their identity. */
export function rowsOf(root) {
  return new Map([...root.querySelectorAll("tr[id], section[id]")].map((row) => [row.id, row]));
}

/** The row at the top of the window, to hold on to. */
function anchor(root) {
  for (const row of root.querySelectorAll("tr[id]")) {
    const top = row.getBoundingClientRect().top;
    if (top >= 0) return { id: row.id, top };
  }
  return null;
}

/** Replace the inside of one live element by that of its newer self; returns the rows that changed. */
export function replace(now, fresh, texts) {
  const before = rowsOf(now), after = rowsOf(fresh), held = anchor(now);
  const changed = [];
  for (const [id, row] of after) {
    const old = before.get(id);
    if (old && words(old) === words(row) && !old.querySelector(".withdrawn")) continue;
    if (old) withdraw(old, row, texts);
    row.classList.add("news");
    changed.push(row);
  }
  for (const [id, old] of before) if (!after.has(id)) keepGone(id, old, after, before, texts);
  now.replaceChildren(...fresh.childNodes);
  const row = held && document.getElementById(held.id);
  if (row) window.scrollBy(0, row.getBoundingClientRect().top - held.top);
  return changed;
}

/** A time that is no longer there is shown struck out until the page is loaded again. */
function withdraw(old, row, texts) {
  const cell = row.querySelector(".time");
  const kept = old.querySelector(".withdrawn");
  if (kept) { cell?.prepend(kept.cloneNode(true), " "); return; }
  if (!cell || !hasTime(old) || hasTime(row)) return;
  const gone = document.createElement("s");
  gone.className = "withdrawn";
  gone.title = texts.withdrawn;
  gone.textContent = old.querySelector(".time").firstChild.textContent.trim();
  cell.prepend(gone, " ");
}

/** A whole row that is gone stays after its neighbour, struck out. */
function keepGone(id, old, after, before, texts) {
  if (old.localName !== "tr") return;
  const order = [...before.keys()];
  const neighbour = order.slice(0, order.indexOf(id)).reverse().map((each) => after.get(each)).find(Boolean);
  const body = neighbour?.parentElement ?? [...after.values()][0]?.parentElement;
  if (!body) return;
  const row = old.cloneNode(true);
  row.classList.add("gone");
  row.title = texts.gone;
  if (neighbour) neighbour.after(row); else body.prepend(row);
  after.set(id, row);
}
