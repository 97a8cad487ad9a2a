// The map's hands: drag, pinch, Ctrl + wheel and keys move the drawing; then the server draws what is in view now.
// All of it are addresses, so the page's links do the same without this.

const SLACK = 4; // pixels that a click may move
const PAUSE = 220; // milliseconds without a turn of the wheel
const PINCH_STEP = 0.01; // of a doubling, for each pixel of a wheel
const KEYS = { ArrowLeft: "west", ArrowRight: "east", ArrowUp: "north", ArrowDown: "south", "+": "closer", "=": "closer", "-": "wider", 0: "fit" };

const view = document.getElementById("map-view");
const frame = () => document.getElementById("map-frame");
const isOnMap = ({ target }) => target.closest("#map-frame") && !target.closest("nav");
const sheet = () => [...view.querySelectorAll(".map-sheet")].find((each) => each.checkVisibility());
let now = { x: 0, y: 0, k: 1 }; // how the drawing has been moved, in pixels of its sheet
let asked = null;
let timer = 0;

// Put what the address shows in the place of what is there. An answer that comes too late is not waited for.
async function show(address, { push = true } = {}) {
  asked?.abort();
  const mine = asked = new AbortController();
  frame()?.classList.add("is-asking");
  try {
    const answer = await fetch(address, { signal: mine.signal, headers: { "HX-Request": "true", "HX-Target": "div#map-view" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const html = await answer.text();
    if (mine.signal.aborted) return;
    const focused = document.activeElement?.id;
    view.innerHTML = html;
    now = { x: 0, y: 0, k: 1 };
    document.getElementById(focused)?.focus({ preventScroll: true });
    if (push) history.pushState(null, "", answer.headers.get("HX-Push-Url"));
  } catch {
    if (!mine.signal.aborted) location.assign(address); // the browser says what is wrong
  }
}

// What has been moved becomes the next view: where its middle lies, in radii of the globe, and how much closer it is.
function settle() {
  const { clientWidth: width, clientHeight: height, dataset } = sheet();
  const globe = dataset.globe * width;
  const by = [((width / 2 - now.x) / now.k - width / 2) / globe, -((height / 2 - now.y) / now.k - height / 2) / globe, now.k];
  if (Math.hypot(now.x, now.y) < 1 && now.k === 1) return;
  const address = new URL(location.href);
  address.hash = "";
  address.searchParams.set("view", dataset.view);
  address.searchParams.set("by", `${by.map((each) => each.toFixed(5)).join()},${dataset.sheet}`);
  show(address);
}

function moveTo(next) {
  asked?.abort();
  clearTimeout(timer);
  hideTip();
  now = next;
  sheet().firstElementChild.style.transform = `translate(${now.x}px, ${now.y}px) scale(${now.k})`;
}

// So that the point stays under the fingers.
function zoomed(from, times, x, y) {
  const k = Math.min(Math.max(from.k * times, 0.2), 12);
  const share = k / from.k;
  return { x: x - (x - from.x) * share, y: y - (y - from.y) * share, k };
}

// `touch-action: pan-y` leaves scrolling up and down to the page; one finger sideways and two fingers are ours.
const pointers = new Map();
let held = null; // the pointers and the drawing when the last finger came or went
let isDragging = false;
const at = (event) => {
  const box = sheet().getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
};
const middle = (points) => {
  const [a, b = a] = points;
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, reach: Math.hypot(a.x - b.x, a.y - b.y) };
};
const hold = () => { held = { ...middle([...pointers.values()]), from: now }; };

view.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || pointers.size === 2 || !isOnMap(event)) return;
  if (!pointers.size) isDragging = false;
  pointers.set(event.pointerId, at(event));
  hold();
});
view.addEventListener("pointermove", (event) => {
  if (!pointers.has(event.pointerId)) return over(event);
  pointers.set(event.pointerId, at(event));
  const { x, y, reach } = middle([...pointers.values()]);
  if (!isDragging && pointers.size === 1 && Math.hypot(x - held.x, y - held.y) < SLACK) return;
  if (!isDragging) {
    isDragging = true;
    frame().classList.add("is-moving");
    for (const id of pointers.keys()) frame().setPointerCapture(id);
  }
  const moved = { ...held.from, x: held.from.x + x - held.x, y: held.from.y + y - held.y };
  moveTo(held.reach ? zoomed(moved, reach / held.reach, x, y) : moved);
});
for (const name of ["pointerup", "pointercancel"]) {
  view.addEventListener(name, (event) => {
    if (!pointers.delete(event.pointerId)) return;
    if (pointers.size) return hold();
    frame()?.classList.remove("is-moving");
    if (isDragging) settle();
  });
}
view.addEventListener("dragstart", (event) => isOnMap(event) && event.preventDefault());
view.addEventListener("wheel", (event) => {
  if (!(event.ctrlKey || event.metaKey) || !isOnMap(event)) return;
  event.preventDefault();
  const pixels = Math.min(Math.max(-event.deltaY * (event.deltaMode ? 16 : 1), -50), 50);
  const { x, y } = at(event);
  moveTo(zoomed(now, 2 ** (pixels * PINCH_STEP), x, y));
  timer = setTimeout(settle, PAUSE);
}, { passive: false });

view.addEventListener("click", (event) => {
  if (isDragging) { // what follows a drag is no click
    isDragging = false;
    if (isOnMap(event)) return event.preventDefault();
  }
  const link = event.target.closest("a[href]");
  if (!link || link.pathname !== "/map" || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.href.split("#")[0]);
}, true);
view.addEventListener("submit", (event) => {
  event.preventDefault();
  show(`/map?${new URLSearchParams(new FormData(event.target))}`);
});
view.addEventListener("change", ({ target: { form } }) => {
  if (form && !form.querySelector("button").checkVisibility()) form.requestSubmit();
});
view.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest("#map-frame") || !KEYS[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  document.getElementById(`map-${KEYS[event.key]}`)?.click();
});
addEventListener("popstate", () => show(location.href, { push: false }));

// What the pointer or the focus is on: its items and places.
function over(event) {
  const ring = event.pointerType === "touch" ? null : event.target.closest(".ring");
  if (ring) showTip(ring);
  else hideTip();
}
function hideTip() {
  view.querySelector(".map-tip")?.setAttribute("hidden", "");
}
function showTip(ring) {
  const title = ring.querySelector("title");
  if (title) { // the browser's own tip would come beside ours
    ring.dataset.tip = title.textContent;
    title.remove();
  }
  const tip = view.querySelector(".map-tip");
  const [name, ...lines] = ring.dataset.tip.split("\n").map((line) => line.trim()).filter(Boolean);
  const part = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  tip.replaceChildren(part("strong", name), ...lines.map((line) => part("p", line)));
  tip.hidden = false;
  const box = ring.querySelector(".disc").getBoundingClientRect();
  const around = frame().getBoundingClientRect();
  const above = box.top - around.top - tip.offsetHeight - 8;
  tip.style.left = `${Math.min(Math.max(box.left + box.width / 2 - around.left - tip.offsetWidth / 2, 4), around.width - tip.offsetWidth - 4)}px`;
  tip.style.top = `${above < 4 ? box.bottom - around.top + 8 : above}px`;
}
view.addEventListener("focusin", (event) => {
  const ring = event.target.closest(".ring");
  if (ring?.matches(":focus-visible")) showTip(ring);
});
view.addEventListener("focusout", hideTip);
view.addEventListener("pointerleave", hideTip);
document.addEventListener("keydown", (event) => event.key === "Escape" && hideTip());
