// The window of days that the lanes show: {a, b}, from day a to before day b, fractions in between. Pure arithmetic.

export const LEAST_DAYS = 1;

export const days = (view) => view.b - view.a;
export const same = (one, other) => one.a === other.a && one.b === other.b;

// The window inside the whole; its length is kept where the whole is long enough.
export function inside(view, whole) {
  const length = Math.min(Math.max(days(view), LEAST_DAYS), days(whole));
  const a = Math.min(Math.max(view.a, whole.a), whole.b - length);
  return { a, b: a + length };
}

export const moved = (view, by, whole) => inside({ a: view.a + by, b: view.b + by }, whole);

// Zoomed in by a factor above 1, out by one below; the day `at` stays in its place.
export function zoomed(view, factor, at, whole) {
  const length = Math.min(Math.max(days(view) / factor, LEAST_DAYS), days(whole));
  const share = (at - view.a) / days(view);
  return inside({ a: at - share * length, b: at + (1 - share) * length }, whole);
}

// The window in which day p stands at the share s of the width, and day q at the share t.
export function pinched(p, s, q, t, whole) {
  const length = Math.max((q - p) / (t - s || 1e-6), LEAST_DAYS);
  return inside({ a: p - s * length, b: p + (1 - s) * length }, whole);
}

// The window of whole days next to it, at least one.
export function snapped(view, whole) {
  const a = Math.round(view.a);
  return inside({ a, b: Math.max(Math.round(view.b), a + 1) }, whole);
}
