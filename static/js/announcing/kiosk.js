// A number pad for fingers; after half a minute nobody's result stays on the screen.

const IDLE = 30_000;
const form = document.getElementById("pad"), input = document.getElementById("bib");
document.querySelector(".keys").hidden = false;
form.addEventListener("click", (event) => {
  const key = event.target.closest("[data-key]")?.dataset.key;
  if (!key) return;
  input.value = key === "back" ? input.value.slice(0, -1) : (input.value + key).slice(0, 12);
});
let timer = 0;
function wait() {
  clearTimeout(timer);
  if (location.search) timer = setTimeout(() => location.replace(location.pathname), IDLE);
}
["pointerdown", "keydown"].forEach((kind) => document.addEventListener(kind, wait));
wait();
