// Reads a barcode or QR code with the camera, where the browser can (a secure context only).

export function offerCamera(button, told) {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  button.hidden = false;
  button.addEventListener("click", () => read(told).catch(() => (button.hidden = true)));
}

async function read(told) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const video = document.createElement("video");
  video.srcObject = stream;
  video.playsInline = true;
  video.className = "camera";
  document.getElementById("main").prepend(video);
  await video.play();
  const detector = new BarcodeDetector();
  const stop = () => {
    stream.getTracks().forEach((track) => track.stop());
    video.remove();
  };
  const end = Date.now() + 30_000;
  while (video.isConnected && Date.now() < end) {
    const [code] = await detector.detect(video);
    if (code) {
      stop();
      told(code.rawValue);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  stop();
}

// A code may hold the bib alone or the address of a runner's page.
export function bibOf(text) {
  const found = /\/bib\/([^/?#]+)/.exec(text);
  return found ? decodeURIComponent(found[1]) : text.trim();
}

// The entry that an entrant's own address names, null for any other text. Only the server can tell
// whether the address is forged; here it merely opens a card.
export function entryOf(text) {
  const found = /\/s\/([\w-]+)\.[\w-]+\/me/.exec(text);
  if (!found) return null;
  try {
    const [, entry] = JSON.parse(atob(found[1].replace(/-/g, "+").replace(/_/g, "/")));
    return entry;
  } catch {
    return null;
  }
}
