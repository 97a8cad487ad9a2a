// From the interface's answer to what is drawn where: groups that hang on a day, spans that reach over days.
//
// A group is {at, things}, a thing {key, type, x, y, kind, href, name, ...} with x counted from the group's day; a span is
// {from, to, y, height, ...}. Days are numbers, see days.js; so zooming needs nothing but new places for groups and spans.

import { long, parse } from "./days.js";
import { cut, measure, pack } from "./packing.js";

export const FONT = '12px Inter, system-ui, sans-serif';
export const BOLD = '600 12px Inter, system-ui, sans-serif';
const SMALL = '500 11px Inter, system-ui, sans-serif';
const PILL_FONT = '10.5px Inter, system-ui, sans-serif';
const PITCH = 10;
const SIZE = 8;
const ROW = 17;
const PILL = { marks: 10, labels: 15, days: 10, weeks: 10 };
const VALUE_ROOM = 8; // above the scale's top line, for the numbers that go beyond it
const WORDS = { diplomatic: "Diplomatic move", military: "Military move", troops: "Troop claim", statement: "Statement" };

// `boxes` are the lanes' {top, height, head} in pixels, `shown` is {a, b, pixels}: what is on the screen, pixels a day.
export function layout(answer, boxes, shown, isNarrow) {
  const drawn = { groups: [], spans: [], scale: null };
  const most = Math.max(1, ...answer.lanes.flatMap((lane) => lane.bars.map((bar) => bar.count)));
  answer.lanes.forEach((lane, n) => {
    const box = { ...boxes[n], level: answer.level };
    const rows = pillRows(lane, box, isNarrow, drawn, shown);
    const room = { ...box, bottom: box.top + box.height - 6 - (rows ? rows * PILL[answer.level] + 3 : 0) };
    room.first = box.top + box.head + 4;
    if (answer.level === "weeks" || answer.level === "days") bars(lane, room, most, shown, drawn);
    else if (answer.level === "labels") labels(lane, room, shown, drawn);
    else if (lane.name === "troops") drawn.scale = values(lane, room, answer.scale, shown, drawn);
    else stacks(lane, room, shown, drawn);
  });
  return drawn;
}

const nameOf = (kind, day, label) => `${WORDS[kind]}, ${long(day)}: ${label}`;

function moreOf(lane, day, count, y) {
  return { key: `more-${lane.name}-${day.day}`, type: "more", lane: lane.name, x: 0, y, kind: kindOf(lane), href: day.href, count, text: `+${count}`, name: `${count} more on ${long(parse(day.day))}`, day: day.day };
}

const kindOf = (lane) => ({ diplomatic: "diplomatic", troops: "troops", statements: "statement" })[lane.name];

// Marks stacked by day from the bottom; where there is no room for all, "+N" on top.
function stacks(lane, room, shown, drawn) {
  const places = Math.max(1, Math.floor((room.bottom - room.first) / PITCH));
  const size = Math.min(SIZE, shown.pixels - 0.5);
  const tops = [];
  for (const day of lane.days) {
    const number = parse(day.day);
    const isFull = day.rest > 0 || day.marks.length > places;
    const fitting = isFull ? day.marks.slice(0, places - 1) : day.marks;
    const things = fitting.map((mark, n) => ({ key: mark.uid, type: "mark", lane: lane.name, uid: mark.uid, x: 0, y: room.bottom - PITCH / 2 - n * PITCH, size, kind: mark.kind, href: mark.href, label: mark.label, name: nameOf(mark.kind, number, mark.label), day: day.day }));
    const rest = day.rest + day.marks.length - fitting.length;
    if (rest) things.push(moreOf(lane, day, rest, room.bottom - PITCH / 2 - fitting.length * PITCH));
    tops.push({ at: number, things });
    drawn.groups.push({ key: `${lane.name}-${day.day}`, lane: lane.name, at: number + 0.5, things });
  }
  shorten(tops, shown);
}

// "+28" becomes "+" where it would cover the next days' marks or their own "+N"; the largest numbers go first.
function shorten(tops, shown) {
  const things = new Map(tops.map((each) => [each.at, each.things]));
  const full = tops.flatMap(({ at, things }) => things.filter(({ type }) => type === "more").map((more) => ({ at, more })));
  const wide = new Set();
  for (const { at, more } of full.sort((one, other) => other.more.count - one.more.count)) {
    const half = measure(more.text, SMALL) / 2 + 3;
    const covers = (day, isWide) => Math.abs(day - at) * shown.pixels < half + (isWide ? 14 : SIZE / 2);
    const near = Math.ceil((half + 14) / shown.pixels);
    let isFree = true;
    for (let day = at - near; day <= at + near && isFree; day += 1) {
      if (day === at) continue;
      isFree = !(things.get(day) ?? []).some((other) => Math.abs(other.y - more.y) < 9 && covers(day, wide.has(day)));
    }
    if (isFree) wide.add(at);
    else more.text = "+";
  }
}

// The troop lane: claims by value, ranges as bars; below them a rail for the others, and one for military moves.
function values(lane, room, top, shown, drawn) {
  const rails = { military: room.bottom - 4, troops: room.bottom - 17 };
  const zero = room.bottom - 28;
  const high = room.first + VALUE_ROOM;
  const y = (value) => Math.max(zero - (Math.min(value, 2 * top) / top) * (zero - high), room.first);
  const size = Math.min(SIZE, shown.pixels - 0.5);
  const reach = Math.max(0, shown.pixels / 2 - SIZE / 2);
  const labelled = [];
  for (const day of lane.days) {
    const number = parse(day.day);
    const things = [];
    const used = [];
    for (const mark of [...day.marks].sort((one, other) => one.claimed.high - other.claimed.high)) {
      const { low, high: upper, figure } = mark.claimed;
      const at = y((low + upper) / 2);
      const x = [0, -7, 7].find((x) => Math.abs(x) <= reach && used.every((other) => other.x !== x || Math.abs(other.y - at) >= SIZE)) ?? 0;
      used.push({ x, y: at });
      const thing = { key: mark.uid, type: "mark", lane: lane.name, uid: mark.uid, x, y: at, size, kind: "troops", href: mark.href, label: mark.label, name: nameOf("troops", number, `${figure}, ${mark.label}`), bar: low < upper ? [y(upper) - at, y(low) - at] : null, day: day.day };
      things.push(thing);
      labelled.push({ thing, at: number + 0.5, figure, key: (mark.mentions ?? 1) * 1e9 + (low < upper ? 5e8 : 0) + upper });
    }
    for (const rail of day.rail) {
      const isRoom = shown.pixels >= 15 + 6 * String(rail.count).length;
      things.push({ key: `rail-${rail.kind}-${day.day}`, type: "mark", lane: lane.name, uid: rail.uid, x: rail.count > 1 && isRoom ? -4 : 0, y: rails[rail.kind], size: Math.min(size, 7), isHollow: rail.kind === "troops", kind: rail.kind, href: rail.href, label: rail.label, text: rail.count > 1 && isRoom ? String(rail.count) : "", textX: 6, name: rail.count > 1 ? rail.label : nameOf(rail.kind, number, rail.label), day: day.day });
    }
    if (day.rest) things.push(moreOf(lane, day, day.rest, room.first + 2));
    drawn.groups.push({ key: `${lane.name}-${day.day}`, lane: lane.name, at: number + 0.5, things });
  }
  labelKeyValues(labelled, shown, (shown.b - shown.a) * shown.pixels - (room.head ? 36 : 0));
  return [{ y: y(top), text: thousands(top) }, { y: y(top / 2), text: thousands(top / 2) }, { y: zero, text: "0" }];
}

const thousands = (value) => (value >= 1e6 ? `${value / 1e6}m` : `${value / 1e3}k`);

// The claims that say most get their number beside them, where it covers nothing.
function labelKeyValues(labelled, shown, end) {
  const left = ({ thing, at }) => (at - shown.a) * shown.pixels + thing.x;
  const boxes = labelled.map((each) => [left(each) - 6, left(each) + 6, each.thing.y]);
  const isFree = (from, to, y) => boxes.every(([start, stop, other]) => Math.abs(other - y) >= 11 || stop <= from || start >= to);
  for (const each of labelled.sort((one, other) => other.key - one.key)) {
    const width = measure(each.figure, SMALL);
    const x = left(each);
    for (const [from, side] of [[x + 7, "start"], [x - 7 - width, "end"]]) {
      if (!isFree(from, from + width, each.thing.y) || (from < 0 && x > 0) || (from + width > end && x < end)) continue;
      boxes.push([from - 6, from + width + 6, each.thing.y]);
      each.thing.text = each.figure;
      each.thing.textX = side === "start" ? 7 : -7;
      each.thing.anchor = side;
      break;
    }
  }
}

// Mark and words in rows.
function labels(lane, room, shown, drawn) {
  const rows = Math.max(1, Math.floor((room.bottom - room.first - 13) / ROW));
  const wanted = [];
  const byDay = new Map();
  for (const day of lane.days) {
    const at = parse(day.day);
    const left = (at - shown.a) * shown.pixels;
    byDay.set(day.day, { day, at, things: [] });
    const keyFirst = [...day.marks].sort((one, other) => weight(other) - weight(one));
    keyFirst.forEach((mark, n) => wanted.push({ mark, day, at, rank: n * 1e3 - Math.min(weight(mark), 999), from: left + 9, to: left + Math.max(shown.pixels - 8, 10), bold: figureOf(mark), text: textOf(mark) }));
  }
  const end = (shown.b - shown.a) * shown.pixels * 1.5;
  for (const { label, x, row, bold, text } of pack(wanted, rows, end, FONT, BOLD)) {
    const { mark, day, at } = label;
    byDay.get(day.day).things.push({ key: mark.uid, type: "mark", lane: lane.name, uid: mark.uid, x: x - (at - shown.a) * shown.pixels, y: room.first + 7 + row * ROW, size: SIZE, kind: mark.kind, href: mark.href, label: mark.label, bold, text, textX: 9, name: nameOf(mark.kind, at, bold ? `${bold}${label.text}: ${mark.label}` : mark.label), day: day.day });
  }
  for (const { day, at, things } of byDay.values()) {
    const rest = day.count - things.length;
    if (rest > 0) things.push({ ...moreOf(lane, day, rest, room.bottom - 5), x: shown.pixels / 2 });
    drawn.groups.push({ key: `${lane.name}-${day.day}`, lane: lane.name, at, things });
  }
}

const weight = (mark) => (mark.mentions ?? 1) * 4 + (mark.claimed ? 3 : mark.figure ? 2 : 0) - (mark.label.length < 18 ? 2 : 0);
const figureOf = (mark) => (mark.claimed && !mark.figure ? mark.claimed.figure : mark.figure ?? "");
function textOf(mark) {
  const country = mark.claimed?.figure.split(" ")[1];
  if (mark.figure) return country ? `, ${country}` : "";
  return mark.label;
}

// Bars of weeks or days with their counts, all three lanes on one scale.
function bars(lane, room, most, shown, drawn) {
  const height = room.bottom - room.first - 14;
  for (const bar of lane.bars) {
    const from = parse(bar.first);
    const to = parse(bar.last) + 1;
    let y = room.bottom;
    const parts = ["military", "diplomatic", "statement", "troops"].filter((kind) => bar.kinds[kind]).map((kind) => {
      const part = (bar.kinds[kind] / most) * height;
      y -= part;
      return { kind, y, height: part };
    });
    const text = (to - from) * shown.pixels >= 5 + 6.5 * String(bar.count).length ? String(bar.count) : "";
    drawn.spans.push({ key: `bar-${lane.name}-${bar.first}-${to - from}`, type: "bar", lane: lane.name, from, to, parts, y, height: room.bottom - y, kind: kindOf(lane), href: bar.href, name: `${bar.count} ${bar.count === 1 ? "item" : "items"}, ${bar.label}`, text });
  }
}

// Pills along the lane's bottom; returns how many rows they take.
function pillRows(lane, box, isNarrow, drawn, shown) {
  const most = isNarrow || box.level === "weeks" ? 1 : 2;
  const pitch = PILL[box.level];
  const ends = [];
  let rows = 0;
  let rest = lane.pills_rest;
  for (const pill of lane.pills) {
    const from = parse(pill.first);
    const to = parse(pill.last) + 1;
    let row = ends.findIndex((end) => end <= from);
    if (row < 0) row = ends.length;
    if (row >= most) {
      rest += pill.count;
      continue;
    }
    ends[row] = to;
    if (to > shown.a && from < shown.b) rows = Math.max(rows, row + 1);
    const shape = pill.precision === "range" ? "is-range" : "is-vague";
    const y = box.top + box.height - 5 - (row + 1) * pitch + (pitch - (pitch - 2)) / 2;
    const width = (to - from) * shown.pixels - 16;
    const text = box.level === "labels" && width > 40 ? cut(pill.label, width, PILL_FONT) : "";
    drawn.spans.push({ key: `pill-${lane.name}-${pill.kind}-${pill.edtf}-${pill.precision}`, type: "pill", lane: lane.name, uid: pill.count === 1 ? pill.uid : "", from, to, y, height: pitch - 2, kind: pill.kind, shape, href: pill.href, label: pill.label, text, textWidth: text ? measure(text, PILL_FONT) : 0, name: pill.count > 1 ? pill.label : `${WORDS[pill.kind]}, ${pill.when}: ${pill.label}`, when: pill.when });
  }
  return box.level === "marks" && lane.name === "troops" ? most : rows; // the scale stays where it is
}
