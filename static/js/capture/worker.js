// Keeps the station page and its parts, so that a reload without network still opens it.
// The network is asked first: a new version is used as soon as it is there.

const SHELF = "station-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const ours = url.origin === location.origin && !url.pathname.startsWith("/api/");
  if (request.method === "GET" && ours) event.respondWith(newestOrKept(request));
});

// The first visit was loaded before this script was there: the page names its parts.
self.addEventListener("message", (event) => {
  const keep = event.data?.keep ?? [];
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.addAll(keep)));
});

async function newestOrKept(request) {
  const shelf = await caches.open(SHELF);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(4000) });
    if (answer.ok) await shelf.put(request, answer.clone());
    return answer;
  } catch (error) {
    const kept = await shelf.match(request);
    if (kept) return kept;
    throw error;
  }
}
