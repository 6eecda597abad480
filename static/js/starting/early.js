// A key that is pressed before its wave is due is asked for once; the press that confirms is the gun.
// From when on a wave is due is said by the server, so that the question needs no network.

const STANDS = 120_000_000; // microseconds: whoever has left the question alone is asked again
const DOUBLE = 500_000; // a double click is one press: nobody has read a question so fast

let asked = null; // { wave, first: the stamp of the press that is asked about }

export const asking = () => asked?.wave;
export const isEarly = (wave, now) => !wave.dataset.gun && now < Number(wave.dataset.due);

// What a press does. stamp: of the device; now: the same on the server's clock. Gives { fire, first }:
// whether it is the gun, and the press that was asked about before, if there was one.
export function pressed(wave, stamp, now) {
  const first = asked?.wave === wave ? asked.first : null;
  if (!isEarly(wave, now)) return forget({ fire: true, first: null });
  if (first === null) {
    forget();
    asked = { wave, first: stamp };
    told(wave, now);
    return { fire: false };
  }
  return stamp - first < DOUBLE ? { fire: false } : forget({ fire: true, first });
}

export function forget(what) {
  if (asked) told(asked.wave, null);
  asked = null;
  return what;
}

// Keep the words of a question true while it stands.
export function follow(waves, now, stamp) {
  for (const wave of waves) wave.querySelector(".early")?.toggleAttribute("hidden", !isEarly(wave, now));
  if (asked && (!isEarly(asked.wave, now) || stamp - asked.first > STANDS)) forget();
  if (asked) told(asked.wave, now);
}

// The question stands on the key, which does not move under the finger; it is read aloud beside it.
function told(wave, now) {
  const [key, question] = [wave.querySelector(".start-key"), wave.querySelector(".question")];
  const face = key.querySelector(".early");
  key.classList.toggle("asks", now !== null);
  question.classList.add("visually-hidden");
  question.hidden = now === null;
  face.dataset.text ??= face.textContent;
  if (now === null) return (face.textContent = face.dataset.text);
  const words = question.dataset.text.replace("%s", span(Number(wave.dataset.scheduled) - now));
  const place = question.querySelector(".due");
  if (place.textContent === words) return;
  place.textContent = words;
  face.textContent = question.innerText;
}

function span(micros) {
  const seconds = Math.max(0, Math.floor(micros / 1e6));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const words = hours ? [hours, "h", minutes, "min"] : minutes ? [minutes, "min"] : [seconds, "s"];
  return words.join("\u00a0");
}
