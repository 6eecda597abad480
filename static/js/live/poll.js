// Asks again and again for a page, gently: only what changed, never all at once, not in the background.

const USUAL = 2000, CALM = 60_000, SLOWEST = 60_000;

/** A wait that differs from reader to reader, so that they do not all come at the same moment. */
export function jittered(wait, chance = Math.random()) {
  return Math.round(wait * (0.75 + chance / 2));
}

/** The next wait: after a failure twice as long; when nothing has happened for hours, calm. */
export function nextWait({ failures, quiet }) {
  if (failures) return Math.min(SLOWEST, USUAL * 2 ** failures);
  return quiet ? CALM : USUAL;
}

/**
 * Poll an address. heard(text, at): something new; same(at): nothing new; lost(failures).
 * at: the moment of the answer by the server's clock. quiet(): whether the race is long over.
 * Returns a function that asks at once.
 */
export function poll(address, { heard, same, lost, quiet }) {
  let etag = "", failures = 0, timer = 0, asking = false;

  async function ask() {
    clearTimeout(timer);
    if (document.hidden || asking) return;
    asking = true;
    try {
      const answer = await fetch(address, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store", credentials: "omit" });
      const at = Date.parse(answer.headers.get("Date") ?? "") || Date.now();
      if (answer.status === 304) same(at);
      else if (answer.ok) {
        const fresh = answer.headers.get("ETag") ?? "";
        const text = await answer.text();
        if (fresh && fresh === etag) same(at); else heard(text, at);
        etag = fresh;
      } else throw new Error(String(answer.status));
      failures = 0;
    } catch {
      failures += 1;
      lost(failures);
    } finally {
      asking = false;
      timer = setTimeout(ask, jittered(nextWait({ failures, quiet: quiet() })));
    }
  }

  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  timer = setTimeout(ask, jittered(USUAL / 2));
  return ask;
}
