// A form is sent once: a second press of its key is a slip, until the page is shown again.
// It may be sent anew after a while, in case the network lost it.

const PATIENCE = 20_000;

function release(form) {
  delete form.dataset.sent;
  for (const key of form.querySelectorAll("[aria-busy]")) key.removeAttribute("aria-busy");
}

addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(release, PATIENCE, form);
});

addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
