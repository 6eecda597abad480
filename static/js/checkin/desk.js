// Keys of the check-in desk: Escape goes back to the box, arrows walk the list, and what a scanner
// types goes into the box wherever the cursor stands.

import { offerCamera } from "./camera.js";

// Scanners type at once, so the cursor must not wait for the browser.
document.querySelector("[autofocus]")?.focus();

document.addEventListener("keydown", (event) => {
  const box = document.getElementById("q");
  if (event.key === "Escape") {
    const cancel = document.getElementById("cancel");
    if (cancel) cancel.click();
    else {
      box.value = "";
      box.focus();
    }
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const links = [...document.querySelectorAll(".found a")];
    if (!links.length) return;
    const step = event.key === "ArrowDown" ? 1 : -1;
    const next = Math.max(0, links.indexOf(document.activeElement) + step);
    event.preventDefault();
    (links[next] ?? links.at(-1)).focus();
  }
  if (isTyped(event)) {
    box.value = "";
    box.focus();
  }
});

// A letter or a digit outside every field.
function isTyped(event) {
  const inField = event.target instanceof Element && event.target.closest("input:not([type=checkbox]), select, textarea");
  return !inField && !event.ctrlKey && !event.metaKey && !event.altKey && /^[\p{L}\p{N}]$/u.test(event.key);
}

const camera = document.querySelector("[data-camera]");
if (camera) {
  offerCamera(camera, (text) => {
    const box = document.getElementById("q");
    box.value = text;
    box.form.requestSubmit();
  });
}
