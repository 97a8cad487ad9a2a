// The overview's window: two handles to drag or to move by keys, the part between them to drag, the rest to drag anew.

import { iso, long, short } from "./days.js";
import { inside, LEAST_DAYS } from "./view.js";

const SLACK = 4;
const AIR = 7; // pixels between a handle's middle and a label, half a handle among them
const EDGE = 14; // pixels that a label may stand out at the sides
const MOST_STEP = 72; // pixels that a label may stand beside its day
const GRASP = { mouse: 8, pen: 12, touch: 22 }; // pixels around a handle that still are the handle

// `lanes` has view, whole, axis, isAll(), moveTo(view), settle() and glideTo(view); the chart is as wide as the axis.
export class Brush {
  constructor(chart, slot, lanes) {
    [this.chart, this.slot, this.lanes] = [chart, slot, lanes];
    const part = (name) => Object.assign(document.createElement("div"), { className: name });
    [this.before, this.frame, this.after] = ["veil", "frame", "veil"].map(part);
    this.handles = ["From", "To"].map((name, n) => this.handle(name, n));
    slot.replaceChildren(this.before, this.after, this.frame, ...this.handles);
    this.listen();
    this.resize();
  }

  // Also after the server has drawn the overview anew.
  resize() {
    this.width = this.slot.clientWidth;
    this.labels = [...this.chart.querySelectorAll(".label")].map((label) => {
      label.removeAttribute("transform");
      const { x, width } = label.getBBox();
      return { label, from: x - AIR, to: x + width + AIR, by: 0 };
    }).filter(({ from, to }) => to - from > 2 * AIR); // those that a phone has no room for
  }

  handle(name, n) {
    const handle = Object.assign(document.createElement("div"), { className: "handle", tabIndex: 0 });
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-label", `${name}, handle of the overview`);
    handle.append(document.createElement("span"));
    handle.firstChild.append("");
    handle.addEventListener("keydown", (event) => this.key(event, n));
    return handle;
  }

  share(day) {
    const { a, b } = this.lanes.axis;
    return Math.min(Math.max((day - a) / (b - a), 0), 1);
  }

  // Called at every move of the window; nothing but transforms, so that the browser need not paint.
  show(view) {
    const [left, right] = [this.share(view.a), this.share(view.b)];
    this.before.style.transform = `scaleX(${left})`;
    this.after.style.transform = `scaleX(${1 - right})`;
    this.frame.style.transform = `translateX(${left * this.width}px) scaleX(${right - left})`;
    const isAll = this.lanes.isAll(view);
    this.slot.classList.toggle("is-all", isAll);
    this.clear(isAll ? [] : [left * this.width, right * this.width]);
    [view.a, view.b].forEach((edge, n) => {
      const handle = this.handles[n];
      const day = Math.round(edge) - n;
      handle.style.transform = `translateX(${[left, right][n] * this.width}px)`;
      handle.classList.toggle("is-left", n === 0 ? left < 0.06 : right < 0.94);
      if (handle.dataset.day === iso(day)) return;
      handle.dataset.day = iso(day);
      handle.firstChild.firstChild.data = short(day);
      const { a, b } = this.lanes.axis;
      for (const [name, value] of [["valuemin", a], ["valuemax", b - 1], ["valuenow", Math.min(Math.max(day, a), b - 1)], ["valuetext", long(day)]]) handle.setAttribute(`aria-${name}`, value);
    });
  }

  // The busiest days' labels give way to the handles: they stand beside them, or nowhere.
  clear(handles) {
    const others = [];
    for (const each of this.labels) {
      const { label, from, to } = each;
      const isFree = (by) => by + from >= -EDGE && by + to <= this.width + EDGE
        && handles.every((x) => by + to <= x || by + from >= x) && others.every(([start, stop]) => by + to <= start || by + from >= stop);
      const steps = [0, ...handles.flatMap((x) => [x - to, x - from])].filter((by) => Math.abs(by) <= MOST_STEP && isFree(by));
      const by = steps.reduce((one, other) => (Math.abs(other) < Math.abs(one) ? other : one), steps[0]);
      if (by !== undefined) others.push([by + from, by + to]);
      if (by === each.by) continue;
      each.by = by;
      label.classList.toggle("is-covered", by === undefined);
      if (by !== undefined) label.setAttribute("transform", `translate(${by.toFixed(1)})`);
    }
  }

  key(event, n) {
    const { axis, view } = this.lanes;
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7 };
    const edge = Math.round([view.a, view.b][n]);
    const to = event.key in steps ? edge + steps[event.key] : { Home: n ? view.a + 1 : axis.a, End: n ? axis.b : view.b - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.stretch(n, to);
    this.lanes.settle();
  }

  // One edge goes to a day; the other stays.
  stretch(n, day) {
    const { axis, view, whole } = this.lanes;
    const edge = Math.min(Math.max(day, axis.a), axis.b);
    const next = n ? { a: view.a, b: Math.max(edge, view.a + LEAST_DAYS) } : { a: Math.min(edge, view.b - LEAST_DAYS), b: view.b };
    this.lanes.moveTo(inside(next, whole));
  }

  listen() {
    const { chart } = this;
    let grip = null;
    const dayAt = (event) => {
      const box = this.slot.getBoundingClientRect();
      const { a, b } = this.lanes.axis;
      return a + Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1) * (b - a);
    };
    const grasped = (event) => {
      const distances = this.handles.map((handle) => Math.abs(event.clientX - handle.getBoundingClientRect().left));
      const nearest = distances[0] <= distances[1] ? 0 : 1;
      const isHidden = this.slot.classList.contains("is-all");
      if (!isHidden && distances[nearest] <= (GRASP[event.pointerType] ?? 8)) return nearest;
      const { view } = this.lanes;
      const day = dayAt(event);
      return !isHidden && day > view.a && day < view.b ? "frame" : "new";
    };
    chart.addEventListener("pointermove", (event) => {
      if (!grip) {
        if (event.pointerType === "mouse") chart.dataset.grip = grasped(event);
        return;
      }
      if (event.pointerId !== grip.id) return;
      if (!grip.isDragged) {
        if (Math.abs(event.clientX - grip.x) < SLACK) return;
        grip.isDragged = true;
        chart.setPointerCapture(grip.id);
        chart.classList.add("is-dragged");
      }
      const day = dayAt(event);
      const { whole } = this.lanes;
      if (grip.what === "frame") this.lanes.moveTo(inside({ a: grip.view.a + day - grip.day, b: grip.view.b + day - grip.day }, whole));
      else if (grip.what === "new") this.lanes.moveTo(inside({ a: Math.floor(Math.min(day, grip.day)), b: Math.ceil(Math.max(day, grip.day)) }, whole));
      else this.stretch(grip.what, day);
    });
    chart.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || grip) return;
      grip = { id: event.pointerId, x: event.clientX, day: dayAt(event), view: this.lanes.view, what: grasped(event), isDragged: false };
    });
    const release = (event) => {
      if (event.pointerId !== grip?.id) return;
      chart.classList.remove("is-dragged");
      this.wasDragged = grip.isDragged;
      grip = null;
      if (this.wasDragged) this.lanes.settle();
    };
    chart.addEventListener("pointerup", release);
    chart.addEventListener("pointercancel", release);
    chart.addEventListener("pointerdown", () => { this.wasDragged = false; }, true);
    chart.addEventListener("click", (event) => {
      if (!this.wasDragged) return;
      this.wasDragged = false;
      event.preventDefault();
      event.stopPropagation();
    }, true);
    chart.addEventListener("dragstart", (event) => event.preventDefault());
  }
}

