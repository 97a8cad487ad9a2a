// "+N" for the items that have no room on their day. Where the numbers of several days would cover each other or a mark,
// one of them stands for all these days, with a line below it: what it says is always true.

import { parse, span } from "./days.js";
import { kindOf, SIZE } from "./marks.js";
import { measure, SMALL } from "./packing.js";

const AIR = 2;

// "+N" of a run of days: `run` are its [{at, day, rest}], `x` is where it stands, in pixels from the first one's middle.
export function moreOf(lane, run, x, y, shown) {
  const [first, last] = [run[0], run.at(-1)];
  const count = run.reduce((sum, { rest }) => sum + rest, 0);
  const line = first === last ? null : [-SIZE / 2 - x, (last.at - first.at) * shown.pixels + SIZE / 2 - x];
  return { key: `more-${lane.name}-${first.day.day}`, type: "more", lane: lane.name, x, y, line, kind: kindOf(lane), href: until(first.day.href, last.day.day), count, text: `+${count}`, name: `${count} more on ${span(parse(first.day.day), parse(last.day.day))}`, day: first.day.day, last: last.day.day };
}

// The list of a day, and of those after it until another.
function until(href, day) {
  const url = new URL(href, location.origin);
  url.searchParams.set("to", day);
  return url.pathname + url.search;
}

// Days that have more than is shown, in runs that share a number: [{run, x}], see `moreOf`. `days` are {at, rest, things} in
// their order; a mark above the first `row` ones that a number would cover gives way to it, and is counted.
export function inRuns(days, shown, row = Infinity) {
  for (;;) {
    const runs = split(days.filter(({ rest }) => rest), shown);
    const isCovered = ({ at, things }) => things.length > row && runs.some((run) => {
      const [from, to] = edges(run, shown);
      return column(at, shown) + SIZE / 2 > from && column(at, shown) - SIZE / 2 < to;
    });
    const covered = days.filter(isCovered);
    if (!covered.length) return runs.map((run) => ({ run, x: middle(run, shown) - column(run[0].at, shown) }));
    for (const day of covered) day.rest += day.things.splice(row).length;
  }
}

// As many runs as there is room for: a number keeps clear of the one before it and of the next day that needs one.
function split(days, shown) {
  const runs = [];
  for (let n = 0; n < days.length;) {
    const before = runs.at(-1);
    const run = [days[n++]];
    const meetsBefore = () => before && edges(run, shown)[0] < edges(before, shown)[1] + AIR;
    const meetsNext = () => edges(run, shown)[1] + AIR > column(days[n].at, shown) - SIZE / 2;
    while (n < days.length && (meetsNext() || (meetsBefore() && days[n].at === run.at(-1).at + 1))) run.push(days[n++]);
    if (meetsBefore()) before.push(...run);
    else runs.push(run);
  }
  return runs;
}

const column = (day, shown) => (day + 0.5) * shown.pixels;

const half = (run) => measure(`+${run.reduce((sum, { rest }) => sum + rest, 0)}`, SMALL) / 2;

// Where the number stands: in the middle of its days, but in the window as long as one of them is.
function middle(run, shown) {
  const [from, to] = [column(run[0].at, shown), column(run.at(-1).at, shown)];
  const [left, right] = [shown.a * shown.pixels + half(run), shown.b * shown.pixels - half(run)];
  const isSeen = to > shown.a * shown.pixels && from < shown.b * shown.pixels;
  return isSeen ? Math.min(Math.max((from + to) / 2, left), right) : (from + to) / 2;
}

function edges(run, shown) {
  const at = middle(run, shown);
  const line = run.length > 1 ? [column(run[0].at, shown) - SIZE / 2, column(run.at(-1).at, shown) + SIZE / 2] : [at, at];
  return [Math.min(at - half(run), line[0]), Math.max(at + half(run), line[1])];
}
