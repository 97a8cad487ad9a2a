// Pan and zoom by mouse, pen, thumbs and trackpad. Pointer events, since `touch-action: pan-y` leaves the scrolling of the
// page to the browser, and every other movement of one thumb or two to us.

import { days, moved, pinched, zoomed } from "./view.js";

const SLACK = 4; // pixels that a click may move
const LATELY = 100; // milliseconds
const SWIPE = 0.3; // pixels a millisecond from which on the lanes run on when the hand lets go
const PINCH_STEP = 0.01; // of a doubling, for each pixel of a wheel
const MOST_STEP = 0.5;

// `lanes` has view, whole, width, moveTo(view), settle() and coast(speed); the element's left edge is the window's.
export function listen(element, lanes) {
  const pointers = new Map(); // those that are down: id -> x now
  let anchors = []; // for each of them the day that it holds
  let isDragging = false;
  let downAt = 0;
  let trail = []; // where one thumb was lately: [time, x]

  const x = (event) => event.clientX - element.getBoundingClientRect().left;
  const dayAt = (at) => lanes.view.a + (at / lanes.width) * days(lanes.view);
  const hold = () => { anchors = [...pointers].map(([id, at]) => [id, dayAt(at)]); };

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || pointers.size === 2) return;
    pointers.set(event.pointerId, x(event));
    if (pointers.size === 1) [isDragging, downAt] = [false, x(event)];
    trail = [];
    hold();
  });
  element.addEventListener("pointermove", (event) => {
    if (!pointers.has(event.pointerId)) return;
    pointers.set(event.pointerId, x(event));
    if (!isDragging && pointers.size === 1 && Math.abs(x(event) - downAt) < SLACK) return;
    if (!isDragging) {
      isDragging = true;
      element.classList.add("is-dragged");
      for (const id of pointers.keys()) element.setPointerCapture(id);
    }
    trail = [...trail.filter(([time]) => event.timeStamp - time < LATELY), [event.timeStamp, x(event)]];
    const [[one, p], other] = anchors;
    const width = lanes.width;
    if (other) lanes.moveTo(pinched(p, pointers.get(one) / width, other[1], pointers.get(other[0]) / width, lanes.whole));
    else lanes.moveTo(moved(lanes.view, p - dayAt(pointers.get(one)), lanes.whole));
  });
  const release = (event) => {
    if (!pointers.delete(event.pointerId)) return;
    hold();
    const [first, last] = [trail[0], trail.at(-1)];
    trail = [];
    if (pointers.size) return;
    element.classList.remove("is-dragged");
    if (!isDragging) return;
    const speed = event.type === "pointerup" && first !== last && event.timeStamp - last[0] < LATELY / 2 ? (last[1] - first[1]) / (last[0] - first[0]) : 0;
    if (Math.abs(speed) > SWIPE) lanes.coast(speed);
    else lanes.settle();
  };
  element.addEventListener("pointerup", release);
  element.addEventListener("pointercancel", release);
  // What follows a drag is no click, and marks are dragged with the lanes, not as links.
  element.addEventListener("click", (event) => {
    if (!isDragging) return;
    isDragging = false;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  element.addEventListener("dragstart", (event) => event.preventDefault());

  // A plain wheel scrolls the page; with Ctrl (so also a trackpad's pinch) it zooms, sideways it pans.
  element.addEventListener("wheel", (event) => {
    const isZoom = event.ctrlKey || event.metaKey;
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? lanes.width : 1;
    if (isZoom) {
      const step = Math.min(Math.max(-event.deltaY * unit * PINCH_STEP, -MOST_STEP), MOST_STEP);
      lanes.moveTo(zoomed(lanes.view, 2 ** step, dayAt(x(event)), lanes.whole));
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      lanes.moveTo(moved(lanes.view, (event.deltaX * unit / lanes.width) * days(lanes.view), lanes.whole));
    } else return;
    event.preventDefault();
    lanes.settle();
  }, { passive: false });
  element.addEventListener("dblclick", (event) => {
    if (event.target.closest("a")) return;
    lanes.glideTo(zoomed(lanes.view, event.shiftKey ? 0.5 : 2, dayAt(x(event)), lanes.whole));
  });
}
