// Finds people on the device as the server would: bib first, beginnings of words, then the like.

export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[øđðłħıßæœ]/g, (letter) => LETTERS[letter])
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const LETTERS = { ø: "o", đ: "d", ð: "d", ł: "l", ħ: "h", ı: "i", ß: "ss", æ: "ae", œ: "oe" };

// people: {bib, name, external, folded}; gives at most limit of them.
export function find(people, words, limit = 12) {
  const typed = words.trim().toLowerCase();
  if (!typed) return [];
  const exact = people.filter((one) => one.bib.toLowerCase() === typed || (one.external && one.external.toLowerCase() === typed));
  if (exact.length) return exact;
  const wanted = fold(words).split(" ").filter(Boolean);
  if (!wanted.length) return [];
  const begins = people.filter((one) => wanted.every((word) => ` ${one.folded}`.includes(` ${word}`)));
  if (begins.length) return begins.slice(0, limit);
  return people.filter((one) => wanted.every((word) => one.folded.split(" ").some((name) => near(word, name)))).slice(0, limit);
}

// One slip of typing in a word, two in a long one.
function near(word, name) {
  const slips = word.length > 7 ? 2 : word.length > 3 ? 1 : 0;
  if (Math.abs(word.length - name.length) > slips) return false;
  let row = Array.from({ length: name.length + 1 }, (_, place) => place);
  for (let i = 1; i <= word.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= name.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (word[i - 1] === name[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[name.length] <= slips;
}
