// Labels in rows, key items first: each stands on its own day, may reach over the next ones, and is cut at a whole word.

const LEAST_TEXT = 64; // pixels of text below which a label says too little
const MOST_TEXT = 250;
const GAP = 14;
export const FONT = "12px Inter, system-ui, sans-serif";
export const BOLD = "650 12px Inter, system-ui, sans-serif";
export const SMALL = "500 11px Inter, system-ui, sans-serif";
export const PILL_FONT = "10.5px Inter, system-ui, sans-serif";
const SPACE = 4; // between a bold number and the words after it
const pen = document.createElement("canvas").getContext("2d");
const widths = new Map();

// The width of a text in CSS pixels.
export function measure(text, font) {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 20_000) widths.clear();
    pen.font = font;
    widths.set(key, (width = pen.measureText(text).width));
  }
  return width;
}

// As many whole words as fit the width, with "…" where some are left out; "" where none fits.
export function cut(text, width, font) {
  if (measure(text, font) <= width) return text;
  const words = text.split(" ");
  let low = 0;
  let high = words.length - 1;
  const head = (count) => ended(words.slice(0, count).join(" "));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(head(middle), font) <= width) low = middle;
    else high = middle - 1;
  }
  if (low) return head(low);
  return width < LEAST_TEXT ? "" : ended(words[0].slice(0, Math.floor((words[0].length * width) / measure(words[0], font)) - 1)); // one long word
}

// With "…" at the end, which in a text from right to left is on its left.
const ended = (text) => `${text.replace(/[\s,;:.…–-]+$/, "")}…${/[\u0590-\u08ff]$/.test(text) ? "\u200f" : ""}`;

// Places for labels {from, to, end, bold, short, text, rank}: [{label, x, row, bold, text}]. `from` and `to` bound the mark's x,
// no text goes beyond `end`, and `short` stands for `bold` where there is no room.
export function pack(labels, rows) {
  const taken = Array.from({ length: rows }, () => []);
  const placed = [];
  for (const label of [...labels].sort((one, other) => one.rank - other.rank)) {
    const boldWidth = label.bold ? measure(label.bold, BOLD) + SPACE : 0;
    const wanted = Math.min(boldWidth + measure(label.text, FONT), MOST_TEXT);
    let best = null;
    for (let row = 0; row < rows && !(best?.room >= wanted); row += 1) {
      for (const gap of gaps(taken[row], label)) if (!best || gap.room > best.room + 1) best = { ...gap, row };
    }
    if (!best) continue;
    const isShort = label.short && best.room < boldWidth;
    const [bold, room] = isShort ? [label.short, measure(label.short, BOLD) + SPACE] : [label.bold, boldWidth];
    if (best.room < Math.min(wanted, Math.max(label.bold ? 0 : LEAST_TEXT, room - SPACE))) continue;
    const words = isShort ? "" : cut(label.text, Math.min(best.room, MOST_TEXT) - room, FONT);
    if (!words && !bold) continue;
    const piece = [best.x - 5, best.x + GAP + room + measure(words, FONT)];
    insert(taken[best.row], piece);
    placed.push({ label, x: best.x, row: best.row, bold, words, piece, used: room });
  }
  for (const each of placed) lengthen(each, taken[each.row]);
  return placed.map(({ label, x, row, bold, words }) => ({ label, x, row, bold, text: bold && words ? ` ${words}` : words }));
}

// What was cut short to leave room for others takes the room that they have left.
function lengthen(each, taken) {
  const { label, piece, x, used } = each;
  if (each.words === label.text || each.bold !== label.bold) return;
  const next = taken[taken.indexOf(piece) + 1]?.[0] ?? Infinity;
  each.words = cut(label.text, Math.min(next, label.end) - x - GAP - used + 0.1, FONT);
  piece[1] = x + GAP + used + measure(each.words, FONT);
}

// Where in a row the mark can stand, each with the room for its text.
function* gaps(taken, label) {
  let from = label.from;
  for (const [start, stop] of taken) {
    if (stop <= from) continue;
    if (start > from) yield { x: from, room: Math.min(start, label.end) - from - GAP };
    from = Math.max(from, stop + 5);
    if (from > label.to) return;
  }
  yield { x: from, room: label.end - from - GAP };
}

function insert(taken, piece) {
  const at = taken.findIndex(([start]) => start > piece[0]);
  taken.splice(at < 0 ? taken.length : at, 0, piece);
}
