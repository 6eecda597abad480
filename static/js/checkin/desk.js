// Keys of the check-in desk: Escape goes back to the box, arrows walk the list.

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
