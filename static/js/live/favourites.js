// Favourites live on this device only: nobody else learns whom somebody follows.

const KEY = "favourites";

export function favourites() {
  try { return JSON.parse(localStorage.getItem(KEY) ?? "{}"); } catch { return {}; }
}

function keep(all) {
  try { localStorage.setItem(KEY, JSON.stringify(all)); } catch { /* a closed storage has no favourites */ }
}

/** Buttons with data-star="event/bib" switch a favourite on and off. */
export function stars(root = document) {
  for (const button of root.querySelectorAll("[data-star]")) {
    const show = () => {
      const on = button.dataset.star in favourites();
      button.setAttribute("aria-pressed", String(on));
      button.querySelector("span").textContent = on ? "★" : "☆";
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      const all = favourites();
      if (button.dataset.star in all) delete all[button.dataset.star];
      else all[button.dataset.star] = button.dataset.name;
      keep(all);
      show();
    });
    show();
  }
}

/** Mark the rows of favourites in a list. */
export function markRows(root, slug) {
  const all = favourites();
  for (const row of root.querySelectorAll("tr[data-bib]")) {
    row.classList.toggle("mine", `${slug}/${row.dataset.bib}` in all);
  }
}

/** What a runner's page says now: one line a start, the newest last. */
export function state(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  return [...page.querySelectorAll("section.start")].map((start) => {
    const { contest, time, place, status, last, points } = start.dataset;
    const seen = status === "RUN" ? (last ?? "") : [place && `${place}.`, time].filter(Boolean).join(" ");
    return { contest, seen, points: Number(points), status };
  });
}

/** Tell about a favourite, where the browser allows. */
export function tell(name, body) {
  if ("Notification" in window && Notification.permission === "granted") {
    try { return new Notification(name, { body, tag: name }); } catch { /* some phones forbid it to pages */ }
  }
  return null;
}
