// The troop lane by value: claims of large numbers on a scale, so that one sees them escalate at any zoom.

import { long, parse } from "./days.js";
import { nameOf, SIZE } from "./marks.js";
import { inRuns, moreOf } from "./more.js";
import { measure, SMALL } from "./packing.js";

const ABOVE = 8; // pixels above the scale's top line, for the numbers that go beyond it
const RAILS = 28; // pixels below the scale, for the claims without a large number and for military moves
const LINE = 12; // pixels between two texts
const SCALE_TEXT = 36; // where the scale's text stands in the lane, on a phone

// The scale between two heights: `y` of a value, and its lines.
function scaleOf(top, first, zero) {
  const high = first + ABOVE;
  const y = (value) => Math.max(zero - (Math.min(value, 2 * top) / top) * (zero - high), first);
  return { y, lines: [{ y: y(top), text: thousands(top) }, { y: y(top / 2), text: thousands(top / 2) }, { y: zero, text: "0" }] };
}

const thousands = (value) => (value >= 1e6 ? `${value / 1e6}m` : `${value / 1e3}k`);

// Each claim by value, ranges as bars; below them a rail for the others, and one for military moves. Gives the scale, see `scaleBeside`.
export function values(lane, room, top, shown, drawn) {
  const rails = { military: room.bottom - 4, troops: room.bottom - 17 };
  const { y, lines } = scaleOf(top, room.first, room.bottom - RAILS);
  const size = Math.min(SIZE, shown.pixels - 0.5);
  const reach = Math.max(0, shown.pixels / 2 - SIZE / 2);
  const labelled = [];
  const tops = [];
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
    tops.push({ at: number, day, things, rest: day.rest });
    drawn.groups.push({ key: `${lane.name}-${day.day}`, lane: lane.name, at: number + 0.5, things });
  }
  for (const { run, x } of inRuns(tops, shown)) run[0].things.push(moreOf(lane, run, x, room.first + 2, shown));
  return scaleBeside(lines, labelled, shown, room);
}

// The highest claim of each week or day, with a bar down to the lowest one; those that exceed all before are labelled first. Gives the scale, see `scaleBeside`.
export function highest(lane, room, top, shown, drawn) {
  const { y, lines } = scaleOf(top, room.first, room.bottom);
  const labelled = [];
  let record = 0;
  for (const bar of lane.bars) {
    if (!bar.figure) continue;
    const from = parse(bar.first);
    const length = parse(bar.last) + 1 - from;
    const at = y(bar.high);
    const size = Math.min(SIZE, Math.max(length * shown.pixels - 1, 2));
    const when = length > 1 ? `${long(from)} to ${long(from + length - 1)}` : long(from);
    const name = `Highest troop claim, ${when}: ${bar.figure}`;
    const thing = { key: `highest-${bar.first}`, type: "mark", lane: lane.name, x: 0, y: at, size, kind: "troops", href: bar.href, name, bar: bar.low < bar.high ? [0, y(bar.low) - at] : null, day: bar.first };
    drawn.groups.push({ key: `highest-${bar.first}-${length}`, lane: lane.name, at: from + length / 2, things: [thing] });
    const figure = bar.figure.replace(/^[\d.]+[km]?–/, ""); // the square stands at the range's end
    const isClaimed = !bar.figure.includes(" of ");
    labelled.push({ thing, at: from + length / 2, figure, key: (isClaimed ? 2e12 : 0) + (bar.high > record ? 1e12 : 0) + bar.high });
    if (isClaimed) record = Math.max(record, bar.high);
  }
  return scaleBeside(lines, labelled, shown, room);
}

// The scale {lines, isLeft}: where its text stands in the lane, as on a phone, it is on the side where it covers less; and the
// claims' numbers beside their marks, which keep clear of it.
function scaleBeside(lines, labelled, shown, room) {
  const width = (shown.b - shown.a) * shown.pixels;
  const within = (from, to) => labelled.filter((each) => leftOf(each, shown) > from - SIZE && leftOf(each, shown) < to + SIZE).length;
  const isLeft = Boolean(room.head) && within(0, SCALE_TEXT) < within(width - SCALE_TEXT, width);
  const from = isLeft ? 0 : width - SCALE_TEXT;
  labelKeyValues(labelled, shown, width, room.head ? lines.map(({ y }) => [from, from + SCALE_TEXT, y]) : []);
  return { lines, isLeft };
}

const leftOf = ({ thing, at }, shown) => (at - shown.a) * shown.pixels + thing.x;

// The claims that say most get their number beside them, where it covers nothing, not what is `taken` either: [from, to, y].
function labelKeyValues(labelled, shown, width, taken) {
  const boxes = [...taken, ...labelled.map((each) => [leftOf(each, shown) - 6, leftOf(each, shown) + 6, each.thing.y, SIZE])];
  const isFree = (from, to, y) => boxes.every(([start, stop, other, apart = LINE]) => Math.abs(other - y) >= apart || stop <= from || start >= to);
  for (const each of labelled.sort((one, other) => other.key - one.key)) {
    const room = measure(each.figure, SMALL);
    const x = leftOf(each, shown);
    for (const [from, side] of [[x + 7, "start"], [x - 7 - room, "end"]]) {
      const isCut = [0, width].some((edge) => from < edge && from + room > edge);
      if (isCut || !isFree(from, from + room, each.thing.y)) continue;
      boxes.push([from - 6, from + room + 6, each.thing.y]);
      each.thing.text = each.figure;
      each.thing.textX = side === "start" ? 7 : -7;
      each.thing.anchor = side;
      break;
    }
  }
}
