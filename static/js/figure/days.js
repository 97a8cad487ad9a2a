// Days as whole numbers since 1970, all in UTC: a day begins at its number and ends before the next one.

const LENGTH = 864e5;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const ROOM_FOR_DAY = 52; // pixels that "24 Feb" needs with some air
const ROOM_FOR_WEEKDAY = 84; // "Thu 24 Feb"
const ROOM_FOR_MONTH = 64;

export const parse = (text) => Math.round(Date.parse(text) / LENGTH);
export const iso = (day) => new Date(day * LENGTH).toISOString().slice(0, 10);
export const weekday = (day) => (((day + 3) % 7) + 7) % 7; // 0 is Monday

export function today() {
  const now = new Date();
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / LENGTH;
}

const at = (day) => new Date(day * LENGTH);
const monthOf = (day) => at(day).getUTCFullYear() * 12 + at(day).getUTCMonth();
const firstOf = (month) => Date.UTC(Math.floor(month / 12), month % 12) / LENGTH;

export const short = (day) => `${at(day).getUTCDate()} ${MONTHS[at(day).getUTCMonth()].slice(0, 3)}`;
export const long = (day) => `${at(day).getUTCDate()} ${MONTHS[at(day).getUTCMonth()]} ${at(day).getUTCFullYear()}`;
export const span = (first, last) => (first === last ? long(first) : `${long(first)} to ${long(last)}`);

// The ticks of an axis from day a to day b where a day has so many pixels: {at, text, isDay}, a day's text at its middle.
export function ticks(a, b, pixels) {
  const step = [1, 2, 7, 14].find((days) => days * pixels >= ROOM_FOR_DAY);
  if (step) return dayTicks(a, b, step, pixels);
  const months = [1, 3, 6, 12, 24, 60, 120].find((count) => count * 30 * pixels >= ROOM_FOR_MONTH) ?? 240;
  const found = [];
  for (let month = Math.ceil(monthOf(a) / months) * months; firstOf(month) <= b; month += months) {
    const year = Math.floor(month / 12);
    found.push({ at: firstOf(month), text: months < 12 ? `${MONTHS[month % 12].slice(0, 3)} ${year}` : String(year), isDay: false });
  }
  return found;
}

function dayTicks(a, b, step, pixels) {
  const found = [];
  const first = step % 7 === 0 ? Math.ceil((a - 4) / step) * step + 4 : Math.ceil(a / step) * step; // day 4 was a Monday
  for (let day = first; day <= b; day += step) {
    const name = pixels >= ROOM_FOR_WEEKDAY ? `${WEEKDAYS[weekday(day)].slice(0, 3)} ` : "";
    found.push({ at: day, text: name + short(day), isDay: true });
  }
  return found;
}

// The weekends that touch the days from a to b, as [first day, day after].
export function weekends(a, b) {
  const found = [];
  for (let saturday = Math.floor((a - 2) / 7) * 7 + 2; saturday < b; saturday += 7) found.push([saturday, saturday + 2]);
  return found;
}
