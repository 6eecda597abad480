// How far the clock of this device is from the server's, measured all the time.
// Of several answers the one that came back quickest is the best.

const KEEP = 8;

export class ServerClock {
  constructor() {
    this.answers = [];
  }

  // sent, came: device milliseconds; server: its microseconds.
  heard(sent, came, server) {
    const offset = Math.round(server - ((sent + came) / 2) * 1000);
    const answer = { trip: Math.max(0, came - sent), offset };
    // An answer is right to half its trip. One that cannot be true together with those before
    // means that somebody set the clock in between.
    this.answers = this.answers.filter((each) => agree(each, answer));
    this.answers.push(answer);
    this.answers = this.answers.slice(-KEEP);
  }

  // Microseconds to add to the device's time; null before the first answer.
  get offset() {
    if (!this.answers.length) return null;
    return this.answers.reduce((best, each) => (each.trip < best.trip ? each : best)).offset;
  }
}

const DRIFT = 20_000; // microseconds that a clock may run apart while a few answers come

function agree(one, other) {
  return Math.abs(one.offset - other.offset) <= ((one.trip + other.trip) / 2) * 1000 + DRIFT;
}

// The moment of a key press in microseconds since 1970 on this device's clock.
export function stampOf(event) {
  const since = event?.timeStamp > 0 ? event.timeStamp : performance.now();
  const late = performance.now() - since;
  return Math.round((Date.now() - Math.min(Math.max(late, 0), 2000)) * 1000);
}
