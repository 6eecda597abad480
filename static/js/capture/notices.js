// What is called off, at the head of the page: told again with every answer of the server.

export function showNotices(told) {
  const place = document.getElementById("notices");
  const boxes = told.map(({ fate, text, reason }) => {
    const box = document.createElement("div");
    box.className = `notice called-off ${fate === "postponed" ? "warn" : "bad"}`;
    box.setAttribute("role", "alert");
    const line = box.appendChild(document.createElement("p"));
    line.appendChild(document.createElement("strong")).textContent = text;
    line.append(reason ? ` ${reason}` : "");
    return box;
  });
  if (boxes.map((box) => box.textContent).join() === [...place.children].map((box) => box.textContent).join()) return;
  place.replaceChildren(...boxes);
}
