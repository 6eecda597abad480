// Keys of the check-in desk: Escape goes back to the box, arrows walk the list.

import { bibOf, offerCamera } from "./camera.js";

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
});

const camera = document.querySelector("[data-camera]");
if (camera) {
  offerCamera(camera, (text) => {
    const box = document.getElementById("q");
    box.value = bibOf(text);
    box.form.requestSubmit();
  });
}
