// A heat by keyboard: Enter and the arrows move down a column, function keys are statuses.

const grid = document.getElementById("grid");
const rows = [...grid.querySelectorAll("tbody tr")];
const cells = (row) => [...rows[row].querySelectorAll("input")];

grid.addEventListener("keydown", (event) => {
  const row = rows.indexOf(event.target.closest("tr"));
  if (row < 0) return;
  const column = cells(row).indexOf(event.target);
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  const status = { F4: "DNF", F6: "DQ TR", F7: "FS" }[event.key];
  if (step) {
    event.preventDefault();
    const next = rows[row + step] ? cells(row + step)[column] : document.getElementById("save");
    next.focus();
    next.select?.();
  } else if (status) {
    event.preventDefault();
    cells(row)[1].value = status;
    cells(row)[1].focus();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    grid.requestSubmit(document.getElementById("save"));
  } else if (event.key === "F5" && document.getElementById("next")) {
    event.preventDefault();
    grid.requestSubmit(document.getElementById("next"));
  }
});

// A reaction is typed in thousandths: 145 is 0.145.
grid.addEventListener("change", (event) => {
  const [, sign, digits] = /^(-?)(\d{1,4})$/.exec(event.target.value.trim()) ?? [];
  if (!event.target.matches(".reaction") || !digits) return;
  event.target.value = `${sign}${(Number(digits) / 1000).toFixed(3)}`;
});

// Digits get their punctuation as soon as the cell is left: 12345 is 1:23.45.
grid.addEventListener("change", (event) => {
  const typed = event.target.value.trim();
  if (!event.target.matches(".time-cell") || !/^\d{3,8}$/.test(typed)) return;
  const padded = typed.padStart(8, "0");
  const [hours, minutes, seconds, parts] = padded.match(/../g);
  if (Number(minutes) > 59 || Number(seconds) > 59) return;
  const whole = `${Number(hours) * 60 + Number(minutes)}`;
  event.target.value = Number(whole) ? `${whole}:${seconds}.${parts}` : `${Number(seconds)}.${parts}`;
});

cells(0)?.[1]?.focus();
grid.dataset.ready = "yes";
