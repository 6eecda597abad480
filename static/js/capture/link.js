// A page that a link opens: its lines are on the disk first and sent behind, and it opens without network.

import { openBox } from "./box.js";
import { ServerClock } from "./clock.js";
import { showNotices } from "./notices.js";
import { headers, Post } from "./post.js";
import { show } from "./view.js";

// changed: is called whenever a line was written or sent.
export async function openLink(page, changed) {
  const { token, texts } = page.dataset;
  return new Link(token, JSON.parse(texts), await openBox(token), changed);
}

class Link {
  constructor(token, texts, box, changed) {
    Object.assign(this, { token, texts, box, changed });
    this.clock = new ServerClock();
    this.post = new Post(box, this.clock, token, changed);
  }

  // Resolves with the line once it is on the disk.
  async write(draft) {
    let line;
    try {
      line = await this.box.add({ ...draft, offset: this.clock.offset, written: Date.now() });
    } catch (error) {
      show("unsent", this.texts.notSaved, "bad");
      throw error;
    }
    await this.changed();
    this.post.now();
    return line;
  }

  // Says how many lines are on this device only, and gives their number.
  async tellUnsent() {
    const { texts, post } = this;
    const unsent = await this.box.countUnsent();
    const waiting = texts.unsent.replace("%d", unsent) + (post.online === false ? ` ${texts.offline}` : "");
    const words = post.closed ? `${post.closed} ${texts.kept}` : unsent ? waiting : texts.allSent;
    show("unsent", words, post.closed ? "bad" : unsent ? "warn" : "good");
    return unsent;
  }

  // What the server says to the bearer of the link; null where it says no. Tells what is called off.
  async ask(path) {
    const asked = `${path}?lang=${document.documentElement.lang}`;
    const answer = await fetch(asked, { headers: headers(this.token), credentials: "omit" });
    const told = answer.ok ? await answer.json() : null;
    if (told?.notices) showNotices(told.notices);
    return told;
  }

  start() {
    if ("serviceWorker" in navigator) keepPage().catch(() => {});
    if (navigator.storage?.persist) navigator.storage.persist().catch(() => {});
    this.post.start();
  }
}

// A reload without network opens the page that the worker kept (only over https or on this machine).
async function keepPage() {
  await navigator.serviceWorker.register("/s/worker.js", { scope: "/s/" });
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((part) => part.name);
  const ours = parts.filter((name) => name.startsWith(`${location.origin}/static/`));
  active.postMessage({ keep: [location.href, ...ours] });
}
