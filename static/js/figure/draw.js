// Draws a layout, and moves what is drawn with the window. Panning moves the whole picture, which costs the browser nothing;
// zooming gives every group and span its new place.

import { ticks, today, weekends } from "./days.js";
import { measure, SMALL } from "./packing.js";
import { join, make, set } from "./svg.js";
import { days } from "./view.js";

const SMOOTH = 25; // milliseconds that a frame may take
const STRETCH = { quick: 1.04, slow: 1.7 }; // how far the picture is stretched before everything gets its new place

// The kinds' shapes around a point; `u` is an eighth of their size.
const SHAPES = {
  diplomatic: (x, y, u) => `M${x - 4 * u} ${y}a${4 * u} ${4 * u} 0 1 1 ${8 * u} 0a${4 * u} ${4 * u} 0 1 1 ${-8 * u} 0z`,
  military: (x, y, u) => `M${x} ${y - 4.4 * u}l${4.4 * u} ${8.2 * u}h${-8.8 * u}z`,
  troops: (x, y, u) => `M${x - 4 * u} ${y - 4 * u}h${8 * u}v${8 * u}h${-8 * u}z`,
  statement: (x, y, u) => `M${x - 4 * u} ${y - 3.5 * u}h${8 * u}v${5.4 * u}h${-3.8 * u}l${-2.2 * u} ${2.3 * u}v${-2.3 * u}h${-2 * u}z`,
};
export const shape = (kind, x, y, size) => SHAPES[kind](x, y, size / 8);

export class Picture {
  constructor(plot, scale) {
    this.scale = scale;
    this.grid = make("g", { class: "plot-grid", "aria-hidden": "true" });
    this.lanes = ["diplomatic", "troops", "statements"].map((lane) => make("g", { class: "lane", "data-lane": lane, role: "group" }));
    this.svg = make("svg", { class: "plot", role: "group" }, this.grid, ...this.lanes);
    plot.append(this.svg);
    this.base = null; // the window as everything was placed last
    this.lag = 0; // milliseconds that new places for everything took last
    this.placed = []; // [element, day] of groups
    this.stretched = []; // [rectangles, text, first day, day after] of spans
    this.boxes = [];
  }

  resize(width, height, boxes) {
    [this.width, this.height, this.boxes] = [width, height, boxes];
    set(this.svg, { width: 2 * width, height, viewBox: `0 0 ${2 * width} ${height}` });
  }

  // The picture is twice as wide as the plot, half of it to spare on each side.
  x(day) {
    return this.width / 2 + (day - this.base.a) * this.pixels;
  }

  // Between new places the picture is stretched: too little to be seen, or more where they take a browser too long.
  show(view) {
    const pixels = this.width / days(view);
    const ratio = this.base ? pixels / this.pixels : 0;
    const by = this.base ? (this.base.a - view.a) * pixels : 0;
    const isPan = Math.abs(ratio - 1) < 1e-9;
    const most = performance.now() < this.nextPlacing ? STRETCH.slow : STRETCH.quick;
    const isNear = isPan ? Math.abs(by) <= this.width / 2 : ratio < most && ratio > 1 / most;
    if (this.base && isNear) {
      this.svg.style.transform = `translateX(${by - (this.width / 2) * ratio}px)${isPan ? "" : ` scaleX(${ratio})`}`;
      return;
    }
    this.base = view;
    this.pixels = pixels;
    this.svg.style.transform = `translateX(${-this.width / 2}px)`;
    this.drawGrid();
    this.place();
    const began = performance.now();
    this.nextPlacing = Infinity;
    requestAnimationFrame(() => {
      this.lag = Math.min(performance.now() - began, 100);
      this.nextPlacing = began + (this.lag > SMOOTH ? 5 * this.lag : 0);
    });
  }

  place() {
    for (const [element, day] of this.placed) element.setAttribute("transform", `translate(${this.x(day).toFixed(1)} 0)`);
    const left = this.width / 2;
    for (const [element, from, to] of this.stretched) {
      const x = this.x(from);
      const width = Math.max(this.x(to) - x, 3);
      for (const child of element.children) {
        if (child.localName === "rect") {
          child.setAttribute("x", (x + 1).toFixed(1));
          child.setAttribute("width", Math.max(width - 2, 2).toFixed(1));
        } else {
          const from = x < left + this.width && x + width > left ? Math.max(x, left) : x; // the part in the window, if any
          const to = from < left + this.width && x + width > left ? Math.min(x + width, left + this.width) : x + width;
          const at = element.isBar ? (from + to) / 2 : 8 + Math.min(from, Math.max(x + width - element.textWidth - 16, x));
          child.setAttribute("transform", `translate(${at.toFixed(1)} ${element.textY})`); // a text that moves by its x is set anew
          if (element.isBar) child.setAttribute("visibility", to - from < element.textWidth ? "hidden" : "visible");
        }
      }
    }
  }

  // Where a tick's text begins: whole inside the window as long as its day is, and nowhere if the edge would cut it.
  tickX({ at, text, isDay }) {
    const [left, right] = [this.width / 2, 1.5 * this.width];
    const width = measure(text, SMALL);
    const x = isDay ? this.x(at + 0.5) - width / 2 : this.x(at) + 4;
    const isCut = (x < left && x + width > left) || (x < right && x + width > right);
    if (!isCut) return x;
    const isSeen = this.x(at + (isDay ? 0.5 : 0)) >= left && this.x(at + (isDay ? 0.5 : 0)) <= right;
    return isSeen && isDay ? Math.min(Math.max(x, left), right - width) : null;
  }

  draw(drawn, view) {
    this.drawn = drawn;
    this.base = null;
    this.placed = [];
    this.stretched = [];
    for (const lane of this.lanes) {
      const name = lane.dataset.lane;
      const spans = drawn.spans.filter((span) => span.lane === name).map((span) => ({ ...span, isSpan: true }));
      const groups = drawn.groups.filter((group) => group.lane === name);
      join(lane, [...spans, ...groups], (each) => (each.isSpan ? makeSpan(each) : make("g")), (element, each) => {
        if (each.isSpan) {
          updateSpan(element, each);
          this.stretched.push([element, each.from, each.to]);
        } else {
          join(element, [...stacksOf(each.things), ...each.things], makeThing, updateThing);
          this.placed.push([element, each.at]);
        }
      });
    }
    this.drawScale(drawn.scale);
    this.show(view);
  }

  drawScale(scale) {
    this.scale.classList.toggle("is-left", Boolean(scale?.isLeft));
    this.scale.replaceChildren(...(scale?.lines ?? []).map(({ y, text }) => {
      const label = Object.assign(document.createElement("span"), { textContent: text });
      label.style.top = `${y}px`;
      return label;
    }));
  }

  drawGrid() {
    const half = days(this.base) / 2;
    const [a, b] = [this.base.a - half, this.base.b + half];
    const foot = this.height - 24;
    const now = today() >= a && today() < b ? today() : null;
    const nowX = now === null ? 0 : this.x(now + 0.5);
    const things = [];
    if (this.pixels >= 4) {
      for (const [from, to] of weekends(a, b)) {
        things.push({ key: `w${from}`, name: "rect", attributes: { class: "weekend", x: this.x(from), y: 0, width: (to - from) * this.pixels, height: foot } });
      }
    }
    for (const tick of ticks(a, b, this.pixels)) {
      things.push({ key: `l${tick.at}`, name: "line", attributes: { class: "tick-line", x1: this.x(tick.at), x2: this.x(tick.at), y1: 0, y2: foot } });
      const x = this.tickX(tick);
      const isFree = now === null || x + measure(tick.text, SMALL) < nowX - 22 || x > nowX + 22;
      if (x !== null && isFree) things.push({ key: `t${tick.at}`, name: "text", attributes: { class: "tick", transform: `translate(${x} ${foot + 16})` }, text: tick.text });
    }
    if (now !== null) {
      things.push({ key: "now", name: "line", attributes: { class: "today", x1: nowX, x2: nowX, y1: 0, y2: foot } });
      things.push({ key: "now-text", name: "text", attributes: { class: "today-text", x: nowX, y: foot + 16, "text-anchor": "middle" }, text: "Today" });
    }
    this.boxes.slice(1).forEach((box, n) => things.push({ key: `s${n}`, name: "line", attributes: { class: "lane-line", x1: 0, x2: 2 * this.width, y1: box.top, y2: box.top } }));
    things.push({ key: "foot", name: "line", attributes: { class: "lane-line", x1: 0, x2: 2 * this.width, y1: foot, y2: foot } });
    for (const [n, { y }] of (this.drawn?.scale?.lines ?? []).entries()) {
      things.push({ key: `v${n}`, name: "line", attributes: { class: "scale-line", x1: 0, x2: 2 * this.width, y1: y, y2: y } });
    }
    join(this.grid, things, (each) => make(each.name), (element, each) => {
      set(element, each.attributes);
      if (each.text !== undefined && element.textContent !== each.text) element.textContent = each.text;
    });
  }
}

// One path for all marks of a day that look the same: their links lie over it unseen until they are pointed at.
function stacksOf(things) {
  const paths = new Map();
  for (const each of things) {
    if (!isPlain(each)) continue;
    const key = `stack-${each.kind}${each.isHollow ? "-hollow" : ""}`;
    paths.set(key, { key, type: "stack", kind: each.kind, isHollow: each.isHollow, d: (paths.get(key)?.d ?? "") + shape(each.kind, each.x, each.y, each.size) });
  }
  return paths.values();
}

const isPlain = (each) => each.type === "mark" && !each.bar && !each.text && !each.bold;

function link(each) {
  const element = make("a", { tabindex: -1 });
  element.thing = each;
  return element;
}

function updateLink(element, each, kind) {
  element.thing = each;
  const shown = each.type === "mark" ? (each.bold ?? "") + (each.text ?? "") : "";
  const name = each.name.includes(shown) ? each.name : `${shown}, ${each.name}`; // who sees a text can call the mark by it
  set(element, { class: `${kind} k-${each.kind}`, href: each.href, "aria-label": name, "data-uid": each.uid });
}

function makeThing(each) {
  if (each.type === "stack") return make("path");
  const element = link(each);
  if (each.type === "mark") element.append(make("path"));
  return element;
}

function updateThing(element, each) {
  if (each.type === "stack") {
    set(element, { class: `stack k-${each.kind}${each.isHollow ? " hollow" : ""}`, d: each.d });
    return;
  }
  updateLink(element, each, `mark${each.type === "more" ? " more" : ""}${each.isHollow ? " hollow" : ""}${isPlain(each) ? " plain" : ""}`);
  set(element, { transform: `translate(${each.x.toFixed(2)} ${each.y.toFixed(2)})` });
  if (each.type === "more") {
    if (!element.firstChild) element.append(make("text", { "text-anchor": "middle" }), make("path"));
    const [text, line] = element.children;
    set(text, { y: each.line ? 2 : 4 });
    if (text.textContent !== each.text) text.textContent = each.text;
    set(line, { d: each.line ? `M${each.line[0]} 3.6H${each.line[1]}v1H${each.line[0]}z` : "" });
    return;
  }
  const bar = each.bar && Math.abs(each.bar[1] - each.bar[0]) > each.size;
  let rect = element.querySelector("rect");
  if (bar && !rect) rect = element.insertBefore(make("rect", { class: "reach", x: -4, width: 8, rx: 2 }), element.firstChild);
  if (bar) set(rect, { y: each.bar[0], height: each.bar[1] - each.bar[0] });
  else rect?.remove();
  const path = element.querySelector("path");
  set(path, { d: shape(each.kind, 0, 0, each.size) });
  const old = element.querySelector("text");
  if (!each.text && !each.bold) {
    old?.remove();
    return;
  }
  const text = old ?? element.appendChild(make("text"));
  set(text, { x: each.textX, y: 4, "text-anchor": each.anchor === "end" ? "end" : "" });
  const shown = (each.bold ?? "") + (each.text ?? "");
  if (text.textContent === shown) return;
  if (each.bold) text.replaceChildren(make("tspan", { class: "bold" }, each.bold), each.text);
  else text.textContent = each.text;
}

function makeSpan(each) {
  const element = link(each);
  element.isBar = each.type === "bar";
  return element;
}

function updateSpan(element, each) {
  if (each.type === "bar") {
    updateLink(element, each, "mark lane-bar");
    const parts = each.parts.map((part) => make("rect", { class: `k-${part.kind}`, y: part.y, height: Math.max(part.height, 1) }));
    element.textY = each.y - 4;
    element.textWidth = each.textWidth;
    const text = each.text ? [make("text", { "text-anchor": "middle" }, each.text)] : [];
    element.replaceChildren(...parts, ...text);
  } else {
    updateLink(element, each, `mark pill ${each.shape}`);
    element.textWidth = each.textWidth;
    element.textY = each.y + each.height - 3;
    const text = each.text ? [make("text", {}, each.text)] : [];
    element.replaceChildren(make("rect", { y: each.y, height: each.height, rx: each.height / 2 }), ...text);
  }
}
