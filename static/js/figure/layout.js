// From the interface's answer to what is drawn where: groups that hang on a day, spans that reach over days.
//
// A group is {at, things}, a thing {key, type, x, y, kind, href, name, ...} with x counted from the group's day; a span is
// {from, to, y, height, ...}. Days are numbers, see days.js; so zooming needs nothing but new places for groups and spans.

import { parse } from "./days.js";
import { kindOf, nameOf, PITCH, SIZE } from "./marks.js";
import { inRuns, moreOf } from "./more.js";
import { cut, measure, pack, PILL_FONT, SMALL } from "./packing.js";
import { highest, values } from "./values.js";

const ROW = 17;
const PILL = { marks: 10, labels: 15, days: 10, weeks: 10 };
const COUNT = 14; // pixels above a bar for its number
const SHARE = 0.42; // of the troop lane's height that bars may take; above them stand claims by value

// `boxes` are the lanes' {top, height, head} in pixels, `shown` is {a, b, pixels}: what is on the screen, pixels a day.
export function layout(answer, boxes, shown, isNarrow) {
  const drawn = { groups: [], spans: [], scale: null };
  const lanes = answer.lanes.map((lane, n) => {
    const box = { ...boxes[n], level: answer.level };
    const rows = pillRows(lane, box, isNarrow, drawn, shown);
    const room = { ...box, bottom: box.top + box.height - 6 - (rows ? rows * PILL[answer.level] + 3 : 0) };
    room.first = box.top + box.head + (lane.name === "troops" && box.head ? 8 : 4);
    return [lane, room];
  });
  if (answer.level === "weeks" || answer.level === "days") {
    bars(lanes, answer.scale, shown, drawn);
    return drawn;
  }
  for (const [lane, room] of lanes) {
    if (answer.level === "labels") labels(lane, room, shown, drawn);
    else if (lane.name === "troops") drawn.scale = values(lane, room, answer.scale, shown, drawn);
    else stacks(lane, room, shown, drawn);
  }
  return drawn;
}

// Marks stacked by day from the bottom; where there is no room for all, "+N" on top.
function stacks(lane, room, shown, drawn) {
  const places = Math.max(1, Math.floor((room.bottom - room.first) / PITCH));
  const size = Math.min(SIZE, shown.pixels - 0.5);
  let row = 0;
  const days = lane.days.map((day) => {
    const at = parse(day.day);
    const isFull = day.rest > 0 || day.marks.length > places;
    const fitting = isFull ? day.marks.slice(0, places - 1) : day.marks;
    const things = fitting.map((mark, n) => ({ key: mark.uid, type: "mark", lane: lane.name, uid: mark.uid, x: 0, y: room.bottom - PITCH / 2 - n * PITCH, size, kind: mark.kind, href: mark.href, label: mark.label, name: nameOf(mark.kind, at, mark.label), day: day.day }));
    if (isFull) row = Math.max(row, things.length);
    drawn.groups.push({ key: `${lane.name}-${day.day}`, lane: lane.name, at: at + 0.5, things });
    return { at, day, things, rest: day.rest + day.marks.length - fitting.length };
  });
  for (const { run, x } of inRuns(days, shown, row)) run[0].things.push(moreOf(lane, run, x, room.bottom - PITCH / 2 - row * PITCH, shown));
}

// Mark and words in rows.
function labels(lane, room, shown, drawn) {
  const rows = Math.max(1, Math.floor((room.bottom - room.first - 13) / ROW));
  const width = (shown.b - shown.a) * shown.pixels;
  const wanted = [];
  const byDay = new Map();
  for (const day of lane.days) {
    const at = parse(day.day);
    const left = (at - shown.a) * shown.pixels;
    const middle = left + shown.pixels / 2;
    const end = middle < 0 ? 0 : middle < width ? width : 1.5 * width; // no word is cut by the window's edge
    byDay.set(day.day, { day, at, things: [] });
    const keyFirst = [...day.marks].sort((one, other) => weight(other) - weight(one));
    keyFirst.forEach((mark, n) => wanted.push({ mark, day, at, end, rank: n * 1e3 - Math.min(weight(mark), 999), from: left + 9, to: left + Math.max(shown.pixels - 8, 10), ...textOf(mark) }));
  }
  for (const { label, x, row, bold, text } of pack(wanted, rows)) {
    const { mark, day, at } = label;
    const said = label.bold ? `${label.bold} ${label.text}: ${mark.label}` : mark.label;
    byDay.get(day.day).things.push({ key: mark.uid, type: "mark", lane: lane.name, uid: mark.uid, x: x - (at - shown.a) * shown.pixels, y: room.first + 7 + row * ROW, size: SIZE, kind: mark.kind, href: mark.href, label: mark.label, bold, text, textX: 9, name: nameOf(mark.kind, at, said), day: day.day });
  }
  for (const each of byDay.values()) {
    const { day, at, things } = each;
    const rest = day.count - things.length;
    if (rest > 0) things.push(moreOf(lane, [{ ...each, rest }], shown.pixels / 2, room.bottom - 5, shown));
    drawn.groups.push({ key: `${lane.name}-${day.day}`, lane: lane.name, at, things });
  }
}

const weight = (mark) => (mark.mentions ?? 1) * 4 + (mark.claimed ? 3 : mark.figure ? 2 : 0) - (mark.label.length < 18 ? 2 : 0);

// A claim by its number, whose forces and who says so; everything else by its words.
function textOf(mark) {
  if (!mark.figure) return { bold: "", text: mark.label };
  const [bold, ...words] = mark.figure.split(" ");
  return { bold, short: mark.claimed?.figure.split(" ")[0], text: words.join(" ") + (mark.claimant ? `, ${mark.claimant} says` : "") };
}

// Bars of weeks or days with their counts, all three lanes on one scale; above those of the troop lane its highest claims.
function bars(lanes, top, shown, drawn) {
  const high = ([lane, room]) => (room.bottom - room.first - COUNT) * (lane.name === "troops" ? SHARE : 1);
  const most = (lane) => Math.max(1, ...lane.bars.map((bar) => bar.count));
  const pixels = Math.min(...lanes.map((each) => high(each) / most(each[0])));
  for (const [lane, room] of lanes) {
    for (const bar of lane.bars) drawn.spans.push(barOf(lane, room, bar, pixels, shown));
    if (lane.name === "troops") drawn.scale = highest(lane, { ...room, bottom: room.bottom - high([lane, room]) - COUNT - 5 }, top, shown, drawn);
  }
}

function barOf(lane, room, bar, pixels, shown) {
  const from = parse(bar.first);
  const to = parse(bar.last) + 1;
  let y = room.bottom;
  const parts = ["military", "diplomatic", "statement", "troops"].filter((kind) => bar.kinds[kind]).map((kind) => {
    const height = bar.kinds[kind] * pixels;
    y -= height;
    return { kind, y, height };
  });
  const text = (to - from) * shown.pixels >= 5 + 6.5 * String(bar.count).length ? String(bar.count) : "";
  return { key: `bar-${lane.name}-${bar.first}-${to - from}`, type: "bar", lane: lane.name, from, to, parts, y, height: room.bottom - y, kind: kindOf(lane), href: bar.href, name: `${bar.count} ${bar.count === 1 ? "item" : "items"}, ${bar.label}`, text, textWidth: measure(text, SMALL) };
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
    drawn.spans.push({ key: `pill-${lane.name}-${pill.kind}-${pill.edtf}-${pill.precision}`, type: "pill", lane: lane.name, uid: pill.count === 1 ? pill.uid : "", from, to, y, height: pitch - 2, kind: pill.kind, shape, href: pill.href, label: pill.label, text, textWidth: text ? measure(text, PILL_FONT) : 0, name: pill.count > 1 ? pill.label : nameOf(pill.kind, pill.when, pill.label), when: pill.when });
  }
  return box.level === "marks" && lane.name === "troops" ? most : rows; // the scale stays where it is
}
