// Any digit typed anywhere begins a look-up; Enter shows the runner at once, without leaving the page.

const input = document.querySelector("[data-lookup]");
const found = document.getElementById("found");

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
  if (!typing && /^[0-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    input.value = "";
    input.focus();
  }
  if (event.key === "Escape") { input.value = ""; found.replaceChildren(); }
});

let asked = 0;
async function look() {
  const turn = ++asked, bib = input.value.trim();
  if (!bib) return found.replaceChildren();
  const address = new URL(location.href);
  address.searchParams.set("bib", bib);
  const answer = await fetch(address);
  if (turn !== asked || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  found.replaceChildren(...page.getElementById("found").childNodes);
}
input.form.addEventListener("submit", (event) => { event.preventDefault(); look(); input.select(); });
input.addEventListener("input", () => { const now = input.value; setTimeout(() => { if (input.value === now) look(); }, 250); });

const clock = document.getElementById("clock");
if (clock) setInterval(() => {
  clock.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "medium", hourCycle: "h23", timeZone: clock.dataset.timezone }).format();
}, 500);
