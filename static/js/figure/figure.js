// The timeline's figure: the server's overview with a brush over it, and three lanes that show a window of its days.
//
// One state: the address. The window is the filter `from`..`to`; pan, zoom and brush write it into the form, the server
// answers, and the figure follows whatever comes back. In a gesture things only move; they are laid out anew when it rests.

import { Brush } from "./brush.js";
import { iso, parse, span } from "./days.js";
import { Picture } from "./draw.js";
import { listen } from "./gestures.js";
import { layout } from "./layout.js";
import { Pointed } from "./pointed.js";
import { days, inside, moved, same, snapped, zoomed } from "./view.js";
import { Walk } from "./walk.js";

const REST = 80; // milliseconds without movement after which the lanes are laid out anew; more where frames take longer
const COMMIT = 260; // and after which the list follows
const GLIDE = 220;
const COAST = 600; // and after a swipe
const SLOW = 300; // until "Loading" is said
const AXIS = 24;
const NARROW = 859; // pixels of the figure; the stylesheet knows it, too
const PAPER = 672; // what A4 leaves between its margins
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Figure {
  constructor(root) {
    this.root = root;
    this.slot = root.querySelector("#lanes");
    this.plot = this.slot.querySelector(".lane-plot");
    this.state = this.slot.querySelector(".lane-state");
    this.picture = new Picture(this.plot, this.slot.querySelector(".plot-scale"));
    this.brush = new Brush(root.querySelector(".overview-chart"), root.querySelector("#brush"), this);
    this.pointed = new Pointed(this.slot, this.picture);
    this.walk = new Walk(this.picture, (x) => this.reveal(x));
    this.resizer = new ResizeObserver(() => this.resize());
    listen(this.plot, this);
    this.read();
    this.view = this.window;
    this.resizer.observe(this.plot);
    this.bar = root.querySelector("#figure-bar");
    this.bar.addEventListener("click", (event) => this.press(event.target.closest("button")));
    this.slot.querySelector(".lane-again").addEventListener("click", () => this.load());
  }

  leave() {
    this.resizer.disconnect();
    this.pointed.leave();
    this.asked?.abort();
    clearTimeout(this.resting);
    clearTimeout(this.committing);
  }

  // What the server says: the whole, the window, the filters.
  read() {
    const { start, end, first, last, query } = this.root.dataset;
    this.axis = { a: parse(start), b: parse(end) + 1 };
    this.window = { a: parse(first), b: parse(last) + 1 };
    this.whole = { a: Math.min(this.axis.a, this.window.a), b: Math.max(this.axis.b, this.window.b) };
    this.query = query;
  }

  isAll(view = this.view) {
    return view.a <= this.whole.a && view.b >= this.whole.b;
  }

  // After a swap: other filters are asked for anew, another window is gone to; a hand in the middle of a move goes first.
  follow() {
    const { query, window } = this;
    this.read();
    const isBusy = this.committing || this.held || this.resting;
    const isOther = query !== this.query;
    if (!isBusy && !same(this.window, this.view) && !same(this.window, window)) this.glideTo(this.window, false);
    else if (isOther) this.load();
    this.view = inside(this.view, this.whole);
    this.brush.resize();
    this.brush.show(this.view);
    this.showOpen();
  }

  showOpen() {
    this.pointed.open(document.getElementById("source")?.dataset.item);
  }

  resize() {
    const width = Math.round(this.plot.clientWidth);
    if (!width || width === this.width) return;
    [this.width, this.isNarrow] = [width, this.root.clientWidth <= NARROW];
    this.brush.resize();
    const top = this.plot.getBoundingClientRect().top;
    const boxes = [...this.slot.querySelectorAll(".lane-name")].map((name) => {
      const box = name.getBoundingClientRect();
      return { top: Math.round(box.top - top), height: Math.round(box.height), head: this.isNarrow ? 18 : 0 };
    });
    const last = boxes.at(-1);
    this.boxes = boxes;
    this.picture.resize(width, last.top + last.height + AXIS, boxes);
    if (this.answer) this.draw();
    else this.picture.draw({ groups: [], spans: [], scale: null }, this.view);
    this.brush.show(this.view);
    if (!this.isPrinted) this.load();
  }

  // Paper is narrower, and there is no time to ask: what is there is laid out for it.
  print(isPrinted) {
    this.isPrinted = isPrinted;
    this.root.classList.toggle("is-printed", isPrinted);
    this.root.style.width = isPrinted ? `${Math.min(this.root.clientWidth, PAPER)}px` : "";
    this.resize();
  }

  // Moving: called for every frame of a gesture.
  moveTo(view) {
    cancelAnimationFrame(this.gliding);
    clearTimeout(this.committing);
    this.committing = 0;
    this.held = true;
    this.pointed.hide();
    this.put(view);
    this.restSoon();
    const { loaded } = this; // past the days that are drawn it does not wait for the hand to pause
    if (loaded && !this.isAsking && (Math.max(view.a, this.whole.a) < loaded.a || Math.min(view.b, this.whole.b) > loaded.b)) this.load();
  }

  put(view) {
    this.view = view;
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.picture.show(this.view);
      this.brush.show(this.view);
    });
  }

  restSoon() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), REST + 2 * this.picture.lag);
  }

  // The hand has let go; the wheel, which has none, says so after every turn.
  settle() {
    this.held = false;
    this.restSoon();
  }

  rest() {
    if (navigator.scheduling?.isInputPending?.({ includeContinuous: true })) {
      this.restSoon(); // the page is late, the hand has not paused
      return;
    }
    this.resting = 0;
    if (this.held) {
      this.load();
      return;
    }
    const whole = snapped(this.view, this.whole);
    if (same(whole, this.view)) this.arrive(true);
    else this.glideTo(whole);
  }

  // Go to a window of whole days; `commits` is false where the server sent us there.
  glideTo(view, commits = true, duration = GLIDE) {
    cancelAnimationFrame(this.gliding);
    clearTimeout(this.resting);
    clearTimeout(this.committing);
    this.resting = this.committing = 0;
    this.held = false;
    const [from, to] = [this.view, snapped(view, this.whole)];
    if (still.matches || document.hidden || same(from, to)) {
      this.put(to);
      this.arrive(commits);
      return;
    }
    const began = performance.now();
    const step = (now) => {
      const t = Math.min((now - began) / duration, 1);
      const eased = 1 - (1 - Math.max(t, 0)) ** 3;
      this.view = t < 1 ? { a: from.a + (to.a - from.a) * eased, b: from.b + (to.b - from.b) * eased } : to;
      this.picture.show(this.view);
      this.brush.show(this.view);
      if (t < 1) this.gliding = requestAnimationFrame(step);
      else this.arrive(commits);
    };
    this.gliding = requestAnimationFrame(step);
  }

  // The hand has let go while moving so many pixels a millisecond: the lanes run out, and where motion is unwanted they rest.
  coast(speed) {
    if (still.matches) this.settle();
    else this.glideTo(moved(this.view, (-speed * COAST / 3 / this.width) * days(this.view), this.whole), true, COAST);
  }

  arrive(commits) {
    this.press(null);
    this.load();
    if (commits) this.committing = setTimeout(() => this.commit(), COMMIT);
  }

  // The window becomes the filter.
  commit() {
    this.committing = 0;
    const { a, b } = this.view;
    const [first, last] = this.isAll() ? ["", ""] : [iso(a), iso(b - 1)];
    const [from, to] = ["from", "to"].map((id) => document.getElementById(id));
    if (!from || from.value === first && to.value === last) return;
    [from.value, to.value] = [first, last];
    document.getElementById("f").dispatchEvent(new CustomEvent("timeline:range", { bubbles: true }));
  }

  async load() {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    const a = Math.floor(this.view.a);
    const b = Math.max(Math.ceil(this.view.b), a + 1);
    const count = b - a;
    const width = (this.width * count) / days(this.view);
    const parameters = new URLSearchParams({ a: iso(a), b: iso(b - 1), w: width.toFixed(1), m: Math.ceil(count / 2) });
    this.isAsking = true;
    const slow = setTimeout(() => this.say("Loading …"), SLOW);
    try {
      const response = await fetch(`/api/v1/lanes${this.query}${this.query ? "&" : "?"}${parameters}`, { signal: asked.signal });
      if (!response.ok) throw new Error(String(response.status));
      this.answer = await response.json();
      if (asked.signal.aborted) return;
      this.loaded = { a: a - Math.ceil(count / 2), b: b + Math.ceil(count / 2) };
      this.say("");
      this.draw();
    } catch {
      if (asked.signal.aborted) return;
      this.say(navigator.onLine ? "The items could not be loaded." : "There is no connection, so the items could not be loaded.", true);
      addEventListener("online", () => this.load(), { once: true, signal: asked.signal });
    } finally {
      clearTimeout(slow);
      if (this.asked === asked) this.isAsking = false;
    }
  }

  say(text, isBad = false) {
    this.state.hidden = !text;
    this.state.firstElementChild.textContent = text;
    this.state.lastElementChild.hidden = !isBad;
    this.plot.classList.toggle("is-stale", isBad);
    this.slot.setAttribute("aria-busy", String(Boolean(text) && !isBad));
  }

  draw() {
    const shown = { ...this.view, pixels: this.width / days(this.view) };
    const hadFocus = this.picture.svg.contains(document.activeElement);
    this.picture.draw(layout(this.answer, this.boxes, shown, this.isNarrow), this.view);
    this.plot.dataset.level = this.answer.level;
    this.walk.renew(hadFocus);
    this.showOpen();
    this.count();
  }

  count() {
    const total = this.answer.lanes.reduce((sum, lane) => sum + lane.count, 0);
    const names = [...this.slot.querySelectorAll(".lane-name")];
    const counted = (count) => `${count.toLocaleString("en")} ${count === 1 ? "item" : "items"}`;
    this.answer.lanes.forEach((lane, n) => {
      names[n].querySelector(".lane-count").textContent = counted(lane.count);
      this.picture.lanes[n].setAttribute("aria-label", `${names[n].querySelector("strong").textContent}, ${counted(lane.count)}`);
    });
    const [a, b] = [Math.floor(this.view.a), Math.ceil(this.view.b) - 1];
    this.picture.svg.setAttribute("aria-label", `${counted(total)} in three lanes, ${span(a, b)}; arrow keys move between them`);
    if (!total) this.say(this.root.dataset.none);
    this.press(null);
  }

  reveal(x) {
    const by = ((x - this.width / 2) / this.width) * days(this.view);
    this.glideTo(moved(this.view, by, this.whole));
  }

  press(button) {
    const { view, whole } = this;
    const middle = (view.a + view.b) / 2;
    const half = Math.max(days(view) / 2, 1);
    const steps = {
      earlier: () => moved(view, -half, whole),
      later: () => moved(view, half, whole),
      in: () => zoomed(view, 2, middle, whole),
      out: () => zoomed(view, 0.5, middle, whole),
      all: () => whole,
    };
    if (button && button.getAttribute("aria-disabled") !== "true") {
      this.glideTo(steps[button.value]());
      return;
    }
    for (const each of this.bar.querySelectorAll("button")) {
      each.setAttribute("aria-disabled", String(same(snapped(steps[each.value](), whole), snapped(this.view, whole))));
    }
  }
}
