// The keyboard in the lanes: one tab stop, arrows from mark to mark, within a lane and to the next one.

const COLUMN = 3; // pixels within which marks stand above each other

// `picture` is what is drawn, `reveal(x, width)` brings a place of the plot into the window.
export class Walk {
  constructor(picture, reveal) {
    [this.picture, this.reveal] = [picture, reveal];
    this.current = null;
    picture.svg.addEventListener("focusin", (event) => this.stopAt(event.target.closest(".mark")));
    picture.svg.addEventListener("keydown", (event) => this.key(event));
  }

  // All marks with their places: the middle of a mark (or of a span) by what was laid out, without asking the browser.
  places() {
    const { picture } = this;
    const found = [];
    const days = new Map(picture.placed);
    const left = -picture.width / 2;
    picture.lanes.forEach((lane, n) => {
      for (const child of lane.children) {
        const span = child.thing;
        if (span) {
          const x = (picture.x(span.from) + picture.x(span.to)) / 2 + left;
          found.push({ element: child, lane: n, x, y: span.y + span.height / 2 });
          continue;
        }
        const x = picture.x(days.get(child)) + left;
        for (const mark of child.children) if (mark.thing) found.push({ element: mark, lane: n, x: x + mark.thing.x, y: mark.thing.y });
      }
    });
    return found;
  }

  // After drawing: keep one tab stop, the same mark where it is still there, else the first one in the window.
  renew(hadFocus) {
    const marks = [...this.picture.svg.querySelectorAll(".mark")];
    for (const mark of marks) if (mark !== this.current && mark.tabIndex === 0) mark.setAttribute("tabindex", -1);
    if (!this.current?.isConnected) {
      const inWindow = this.places().filter(({ x }) => x >= 0 && x <= this.picture.width);
      const near = this.last && inWindow.length ? nearest(inWindow.filter(({ lane }) => lane === this.last.lane), this.last, 1) ?? inWindow[0] : inWindow[0];
      this.current = near?.element ?? marks[0] ?? null;
    }
    this.current?.setAttribute("tabindex", 0);
    if (hadFocus && this.current !== document.activeElement) this.current?.focus({ preventScroll: true });
  }

  stopAt(mark) {
    if (!mark) return;
    if (this.current !== mark) this.current?.setAttribute("tabindex", -1);
    mark.setAttribute("tabindex", 0);
    this.current = mark;
    const place = this.places().find(({ element }) => element === mark);
    if (!place) return;
    this.last = place;
    if (place.x < 0 || place.x > this.picture.width) this.reveal(place.x);
  }

  key(event) {
    const mark = event.target.closest?.(".mark");
    if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
    const places = this.places();
    const here = places.find(({ element }) => element === mark);
    const lane = places.filter((place) => place.lane === here.lane);
    const next = {
      ArrowRight: () => sideways(lane, here, 1),
      ArrowLeft: () => sideways(lane, here, -1),
      ArrowUp: () => upwards(places, here, -1),
      ArrowDown: () => upwards(places, here, 1),
      Home: () => lane.reduce((one, other) => (other.x < one.x ? other : one)),
      End: () => lane.reduce((one, other) => (other.x > one.x ? other : one)),
    }[event.key];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next()?.element.focus({ preventScroll: true });
  }
}

function sideways(lane, here, direction) {
  const ahead = lane.filter(({ x }) => (x - here.x) * direction > COLUMN);
  if (!ahead.length) return null;
  const closest = Math.min(...ahead.map(({ x }) => Math.abs(x - here.x)));
  return nearest(ahead.filter(({ x }) => Math.abs(x - here.x) <= closest + COLUMN), here, 0);
}

// The next one in the column; at its end, the nearest mark of the next lane.
function upwards(places, here, direction) {
  const column = places.filter(({ lane, x, y }) => lane === here.lane && Math.abs(x - here.x) <= COLUMN && (y - here.y) * direction > 0.5);
  if (column.length) return column.reduce((one, other) => (Math.abs(other.y - here.y) < Math.abs(one.y - here.y) ? other : one));
  for (let lane = here.lane + direction; lane >= 0 && lane <= 2; lane += direction) {
    const found = nearest(places.filter((place) => place.lane === lane), here, 1);
    if (found) return found;
  }
  return null;
}

function nearest(places, here, weightOfX) {
  const far = ({ x, y }) => Math.abs(x - here.x) * weightOfX * 1e3 + Math.abs(y - here.y);
  return places.length ? places.reduce((one, other) => (far(other) < far(one) ? other : one)) : null;
}
