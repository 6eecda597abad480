// Who comes next and who was seen how often, as far as this device knows: what the server counted,
// and the own lines that it has not counted yet. Only shown; what counts is decided elsewhere.

export class People {
  constructor() {
    this.known = new Map();
    this.counted = 0;
    this.own = [];
    this.fresh = new Map();
  }

  get size() {
    return this.known.size;
  }

  get(bib) {
    return this.known.get(bib);
  }

  // found: as the server lists them, who comes next first. counted: the last own line it had then.
  learn(found, counted) {
    this.known = new Map(found.map((person) => [person.bib, person]));
    this.counted = counted;
    this.saw(this.own);
  }

  // own: lines as { n, bib }, those that were taken back left out. Fresh ones are not counted yet.
  saw(own) {
    this.own = own;
    this.fresh = new Map();
    for (const { n, bib } of own) {
      if (n > this.counted) this.fresh.set(bib, [...(this.fresh.get(bib) ?? []), n]);
    }
  }

  // The lap that the next crossing ends: { lap, of, left, behind }, null where there are none.
  lap(bib) {
    const person = this.known.get(bib);
    if (!person || person.of === 1) return null;
    const lap = person.passed + (this.fresh.get(bib) ?? []).length + 1;
    const left = person.of ? person.of - lap : null;
    return { lap, of: person.of, left, behind: Math.max(0, person.lead - lap) };
  }

  // Whether anybody's bib begins like this.
  begins(typed) {
    const fits = pattern(typed);
    return [...this.known.keys()].some((bib) => fits.test(bib));
  }

  // Those who come next; who was just seen comes again when the server says so.
  // typed: only whose bib begins like this, ? standing for any character.
  next(typed, most) {
    const fits = pattern(typed);
    const found = [];
    const leads = new Set();
    for (const person of this.known.values()) {
      if (found.length === most) break;
      if (person.here || person.out || this.fresh.has(person.bib)) continue;
      const lap = this.lap(person.bib);
      const soon = lap && person.passed < person.lead && leads.has(person.contest);
      if (person.due !== null && person.passed === person.lead) leads.add(person.contest);
      if (fits.test(person.bib)) found.push({ person, lap: lap && { ...lap, soon } });
    }
    return found;
  }
}

function pattern(typed) {
  const plain = typed.replace(/[.*+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${plain.replace(/\?/g, ".")}`);
}

export function lapText(lap, texts) {
  if (!lap) return "";
  const said = [];
  if (lap.left === null) said.push(texts.lap.replace("%s", lap.lap));
  else if (lap.left < 0) said.push(texts.tooMany.replace("%s", lap.of));
  else if (lap.left === 0) said.push(texts.finish);
  else said.push(texts.lapOf.replace("%s", lap.lap).replace("%s", lap.of));
  if (lap.left === 1) said.push(texts.bell);
  if (lap.behind > 0) said.push((lap.behind > 1 ? texts.lappedBy : texts.lapped).replace("%s", lap.behind));
  else if (lap.soon) said.push(texts.lappedSoon);
  return said.join(" · ");
}
