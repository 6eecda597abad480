// Sends what is in the box, in the background, until the server has named every line.

import { stampOf } from "./clock.js";

const BATCH = 200;
const FEWEST = 5; // lines that the slowest network carries in time
const PATIENCE = 8000;
const WAITS = [1000, 2000, 4000, 8000, 15000];

// Who asks, and in which language the answer is read: that of the page, not of the browser.
export function headers(token) {
  return { Authorization: `Bearer ${token}`, "Accept-Language": document.documentElement.lang };
}

export class Post {
  constructor(box, clock, token, changed) {
    Object.assign(this, { box, clock, token, changed });
    this.failures = 0;
    this.size = BATCH;
    this.busy = false;
    this.online = null;
    this.closed = "";
  }

  start() {
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
    this.now();
  }

  // Sends at once; calls while a batch is under way are served by the next one.
  async now() {
    clearTimeout(this.timer);
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    this.again = false;
    let more = false;
    try {
      more = await this.batch();
      this.failures = 0;
      this.online = true;
    } catch (error) {
      this.failures += 1;
      // What took too long is asked for in smaller pieces, or it would never arrive.
      if (error.name === "TimeoutError") this.size = Math.max(FEWEST, Math.floor(this.size / 4));
      this.online = false;
      this.error = error;
      await this.back();
    }
    this.busy = false;
    this.changed();
    const wait = this.failures ? WAITS[Math.min(this.failures, WAITS.length) - 1] : 5000;
    this.timer = setTimeout(() => this.now(), more || this.again ? 0 : wait);
  }

  async batch() {
    const offset = this.clock.offset;
    // Nothing is sent before the clocks were compared: a line's moment is fixed when it is sent.
    const lines = offset === null ? [] : await this.box.unsent(this.size);
    for (const line of lines) {
      // The first time a line is sent its moment is fixed: the same line must stay the same.
      if (line.at === undefined) line.at = line.stamp === null ? null : line.stamp + (line.offset ?? offset ?? 0);
      line.state = "sent";
    }
    if (lines.length) await this.box.put(lines);
    const unsent = (await this.box.countUnsent()) - lines.length;
    const sent = stampOf() / 1000;
    const answer = await fetch("/api/v1/stations/lines", {
      method: "POST",
      headers: { ...headers(this.token), "Content-Type": "application/json" },
      body: JSON.stringify({ station: this.box.id, offset, unsent, lines: lines.map(wire) }),
      signal: AbortSignal.timeout(PATIENCE),
      credentials: "omit",
    });
    if (answer.status === 401 || answer.status === 403) {
      this.closed = (await answer.json().catch(() => ({}))).detail || "closed";
    }
    if (!answer.ok) throw new Error(`server says ${answer.status}`);
    const told = await answer.json();
    this.closed = "";
    this.clock.heard(sent, stampOf() / 1000, told.server_time);
    if (told.name) document.querySelector("[data-device]").textContent = told.name;
    await this.settle(lines, told.receipts);
    this.size = Math.min(BATCH, this.size * 2);
    return unsent > 0;
  }

  // What the server did not name is only saved here, whatever became of the request.
  async back() {
    const lines = (await this.box.unsent(BATCH)).filter((line) => line.state === "sent");
    if (lines.length) await this.box.put(lines.map((line) => ({ ...line, state: "saved" })));
  }

  // Only a line that the server names leaves the pile.
  async settle(lines, receipts) {
    const byNumber = new Map(receipts.map((receipt) => [receipt.n, receipt]));
    const settled = lines.filter((line) => byNumber.has(line.n));
    for (const line of settled) {
      const receipt = byNumber.get(line.n);
      line.state = receipt.outcome === "unreadable" ? "look" : "accepted";
      line.sentence = receipt.sentence;
    }
    if (settled.length) await this.box.put(settled);
  }
}

function wire({ n, bib, at, source, what, about, text, stamp, offset }) {
  return { n, bib, at, source, what, about, text, stamp, offset };
}
