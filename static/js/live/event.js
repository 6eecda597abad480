// The page of an event: favourites with what they do now, and a search that answers while typing.

import { poll } from "./poll.js";
import { favourites, state, tell } from "./favourites.js";

const box = document.getElementById("favourites");
const slug = document.body.dataset.event ?? "";

function card(key, name) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `${box.dataset.base}/${encodeURIComponent(key.slice(slug.length + 1))}${location.search}`;
  link.textContent = name;
  const now = document.createElement("p");
  now.className = "soft";
  now.textContent = "…";
  item.className = "card";
  item.append(link, now);
  return { item, link, now };
}

function follow(key, name) {
  const shown = card(key, name);
  let points = -1;
  const heard = (text) => {
    const starts = state(text);
    const total = starts.reduce((sum, each) => sum + each.points, 0);
    const news = starts.filter((each) => each.seen).map((each) => `${each.contest}: ${each.seen}`);
    shown.now.textContent = news.join(" · ") || "–";
    if (points >= 0 && total > points) tell(name, news.at(-1) ?? "");
    points = total;
  };
  const ask = poll(shown.link.href, { heard, same: () => {}, lost: () => {}, quiet: () => false });
  ask();
  return shown.item;
}

const mine = Object.entries(favourites()).filter(([key]) => key.startsWith(`${slug}/`)).slice(0, 12);
if (box && mine.length) {
  box.querySelector("ul").append(...mine.map(([key, name]) => follow(key, name)));
  box.hidden = false;
  const button = box.querySelector("button");
  const allowed = "Notification" in window && window.isSecureContext;
  button.hidden = !allowed || Notification.permission !== "default";
  button.addEventListener("click", async () => { await Notification.requestPermission(); button.hidden = true; });
}

const input = document.querySelector("input[data-instant]"), found = document.getElementById("found");
let asked = 0;
input?.addEventListener("input", () => {
  const turn = ++asked;
  setTimeout(async () => {
    if (turn !== asked) return;
    const address = new URL(input.form.action || location.href);
    address.search = new URLSearchParams(new FormData(input.form));
    const answer = await fetch(address, { credentials: "omit" });
    if (turn !== asked || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    found.replaceChildren(...(page.getElementById("found")?.childNodes ?? []));
  }, 120);
});
