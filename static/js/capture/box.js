// The box on the device: every line is in IndexedDB before the screen confirms it.
// One database per browser; a station is one timing point's link on this device.

const NAME = "timing-station";

function promise(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

function random() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function database() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("stations", { keyPath: "link" });
    const lines = request.result.createObjectStore("lines", { keyPath: ["station", "n"] });
    lines.createIndex("state", ["station", "state"]);
  };
  return promise(request);
}

// Opens the box of a link. A device whose storage was wiped mints a new station id.
export async function openBox(link) {
  const db = await database();
  const change = db.transaction("stations", "readwrite", { durability: "strict" });
  const kept = await promise(change.objectStore("stations").get(link));
  const station = kept ?? { link, id: random(), last: 0 };
  if (!kept) change.objectStore("stations").add(station);
  await done(change);
  return new Box(db, link, station.id);
}

class Box {
  constructor(db, link, id) {
    Object.assign(this, { db, link, id });
  }

  // Writes a line down and gives it with its number. Resolves once it is on the disk.
  async add(draft) {
    const change = this.db.transaction(["stations", "lines"], "readwrite", { durability: "strict" });
    const stations = change.objectStore("stations");
    const station = await promise(stations.get(this.link));
    station.last += 1;
    stations.put(station);
    const line = { ...draft, station: this.id, n: station.last, state: "saved" };
    change.objectStore("lines").add(line);
    await done(change);
    return line;
  }

  async put(lines) {
    const change = this.db.transaction("lines", "readwrite", { durability: "strict" });
    for (const line of lines) change.objectStore("lines").put(line);
    await done(change);
  }

  // Lines the server has not named yet, the oldest first.
  async unsent(limit) {
    const read = this.db.transaction("lines").objectStore("lines").index("state");
    const found = [];
    for (const state of ["saved", "sent"]) {
      found.push(...(await promise(read.getAll(IDBKeyRange.only([this.id, state])))));
    }
    return found.sort((a, b) => a.n - b.n).slice(0, limit);
  }

  async countUnsent() {
    const read = this.db.transaction("lines").objectStore("lines").index("state");
    const counts = ["saved", "sent"].map((state) => promise(read.count(IDBKeyRange.only([this.id, state]))));
    return (await Promise.all(counts)).reduce((a, b) => a + b, 0);
  }

  // All lines after a number, the oldest first.
  async since(n) {
    const store = this.db.transaction("lines").objectStore("lines");
    return promise(store.getAll(IDBKeyRange.bound([this.id, n + 1], [this.id, Number.MAX_SAFE_INTEGER])));
  }

  // The newest lines first.
  async latest(limit) {
    const store = this.db.transaction("lines").objectStore("lines");
    const own = IDBKeyRange.bound([this.id, 0], [this.id, Number.MAX_SAFE_INTEGER]);
    return new Promise((resolve, reject) => {
      const found = [];
      const walk = store.openCursor(own, "prev");
      walk.onerror = () => reject(walk.error);
      walk.onsuccess = () => {
        const cursor = walk.result;
        if (!cursor || found.length >= limit) return resolve(found);
        found.push(cursor.value);
        cursor.continue();
      };
    });
  }
}
