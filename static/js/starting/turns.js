// Pursuit, interval and individual starts: who leaves next, and in how many seconds.

const SHOWN = 6;
const GO = 3_000_000; // microseconds for which somebody who leaves still stands at the head

// now: on the server's clock. span: writes microseconds.
export function call(wave, now, span) {
  const list = wave.querySelector(".turns ol");
  if (!list) return;
  const gun = wave.dataset.gun ? Number(wave.dataset.gun) : null;
  const turns = [...list.children];
  const left = (turn) => (gun === null ? 0 : gun + Number(turn.dataset.after) - now);
  const first = turns.findIndex((turn) => left(turn) > -GO);
  list.parentElement.hidden = first < 0;
  turns.forEach((turn, place) => {
    const shown = place >= first && place < first + SHOWN;
    if (turn.hidden === shown) turn.hidden = !shown;
    if (shown && gun !== null) count(turn, left(turn), list.dataset.go, place === first, span);
  });
}

function count(turn, left, go, first, span) {
  const words = left > 0 ? span(left + 999_999) : go; // up: it says 0:01 until the second is over
  const place = turn.querySelector(".left");
  if (place.textContent !== words) place.textContent = words;
  turn.classList.toggle("next", first || left <= 0);
  turn.classList.toggle("go", left <= 0);
}
