// SVG elements: making them, and keeping those that stay when the data change (so that the focus stays, too).

const NS = "http://www.w3.org/2000/svg";

export function make(name, attributes = {}, ...children) {
  const element = document.createElementNS(NS, name);
  set(element, attributes);
  element.append(...children);
  return element;
}

export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === "") element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
  }
}

// Children of `parent`, one for each of the data by its key: made where new, removed where gone; in the data's order.
export function join(parent, data, create, update) {
  const old = parent.joined ?? new Map();
  const now = new Map();
  let before = parent.firstChild;
  for (const datum of data) {
    let element = old.get(datum.key);
    if (!element) element = create(datum);
    else old.delete(datum.key);
    now.set(datum.key, element);
    update(element, datum);
    if (element === before) before = before.nextSibling;
    else parent.insertBefore(element, before);
  }
  for (const element of old.values()) element.remove();
  parent.joined = now;
  return now;
}
