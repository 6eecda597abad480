// How far a print run is. Without it the page is looked at again by hand.

const run = document.getElementById("run");
const bar = document.getElementById("progress");
const PAUSE = 700;

async function look() {
  try {
    const answer = await fetch(run.dataset.state, { cache: "no-store" });
    const { stage, step, steps } = await answer.json();
    if (stage !== "running") return location.reload();
    bar.max = steps || 1;
    bar.value = step;
    document.getElementById("step").textContent = step;
    document.getElementById("steps").textContent = steps;
  } catch {
    // the next look may find the server again
  }
  return setTimeout(look, PAUSE);
}

if (run) setTimeout(look, PAUSE);
