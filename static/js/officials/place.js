// Where the eye was, so that the page comes back there after a decision.

const key = (name) => `place:${location.pathname}:${name}`;

export function moveOn(name, index) {
  sessionStorage.setItem(key(name), Math.max(0, index));
}

export function goBack(name) {
  return Number(sessionStorage.getItem(key(name)) ?? 0);
}
