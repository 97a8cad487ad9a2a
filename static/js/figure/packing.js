// Labels in rows, key items first: each stands on its own day, may reach over the next ones, and is cut at a whole word.

const LEAST_TEXT = 64; // pixels of text below which a label says too little
const MOST_TEXT = 250;
const GAP = 14;
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
  const head = (count) => `${words.slice(0, count).join(" ").replace(/[\s,;:.…–-]+$/, "")}…`;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(head(middle), font) <= width) low = middle;
    else high = middle - 1;
  }
  return low ? head(low) : "";
}

// Places for labels {from, to, bold, text, rank}, where from and to bound the mark's x: [{label, x, row, bold, text}].
export function pack(labels, rows, end, font, boldFont) {
  const taken = Array.from({ length: rows }, () => []);
  const placed = [];
  for (const label of [...labels].sort((one, other) => one.rank - other.rank)) {
    const boldWidth = label.bold ? measure(label.bold, boldFont) + 4 : 0;
    const wanted = Math.min(boldWidth + measure(label.text, font), MOST_TEXT);
    let best = null;
    for (let row = 0; row < rows && !(best?.room >= wanted); row += 1) {
      for (const gap of gaps(taken[row], label, end)) if (!best || gap.room > best.room + 1) best = { ...gap, row };
    }
    const least = Math.min(wanted, Math.max(LEAST_TEXT, boldWidth - 4));
    if (!best || best.room < least) continue;
    const text = cut(label.text, Math.min(best.room, MOST_TEXT) - boldWidth, font);
    if (!text && !label.bold) continue;
    const used = boldWidth + measure(text, font);
    insert(taken[best.row], [best.x - 5, best.x + GAP + used]);
    placed.push({ label, x: best.x, row: best.row, bold: label.bold, text });
  }
  return placed;
}

// Where in a row the mark can stand, each with the room for its text.
function* gaps(taken, label, end) {
  let from = label.from;
  for (const [start, stop] of taken) {
    if (stop <= from) continue;
    if (start > from) yield { x: from, room: start - from - GAP };
    from = Math.max(from, stop + 5);
    if (from > label.to) return;
  }
  yield { x: from, room: end - from - GAP };
}

function insert(taken, piece) {
  const at = taken.findIndex(([start]) => start > piece[0]);
  taken.splice(at < 0 ? taken.length : at, 0, piece);
}
