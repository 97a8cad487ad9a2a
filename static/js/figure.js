// The figure on the page: it is mounted where the page has one, and what is pressed or clicked beside it reaches it here.

import { Figure } from "./figure/figure.js";

let figure = null;

function mount() {
  const root = document.getElementById("figure");
  if (figure && figure.root === root && figure.plot.isConnected) {
    figure.follow();
    return;
  }
  figure?.leave();
  figure = root ? new Figure(root) : null;
}

mount();
addEventListener("beforeprint", () => figure?.print(true));
addEventListener("afterprint", () => figure?.print(false));
document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail.ctx?.target;
  const id = typeof target === "string" ? target.slice(1) : target?.id;
  if (id === "results") mount();
  else if (id === "source") figure?.showOpen();
});

// Links of the figure go where their kind of link goes in the list: an item into the pane, days into the list.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#lanes a[href], .overview-chart a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const href = link.getAttribute("href");
  const [target, name] = href.startsWith("/items/") ? ["#source", "aside#source"] : ["#results", "div#results"];
  htmx.ajax("GET", href, { source: "#lanes", target, swap: "outerMorph", headers: { "HX-Target": name } });
});

document.addEventListener("keydown", (event) => {
  if (!figure || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.matches?.("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]")) return;
  if (!document.getElementById("keys-on").checked) return;
  const name = { "+": "in", "=": "in", "-": "out", "−": "out", 0: "all" }[event.key];
  if (!name) return;
  event.preventDefault();
  figure.press(figure.bar.querySelector(`[value=${name}]`));
});
