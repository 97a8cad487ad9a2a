// The troop ledger: choices take effect at once; a mark tells more of its claim and lights its row, and the other way.

import { Pointed } from "./figure/pointed.js";

const form = document.querySelector("#ledger-form");
form?.addEventListener("change", (event) => event.target.matches("select") && form.requestSubmit()); // a date is typed in parts

// Nothing chosen is not in the address.
form?.addEventListener("submit", () => {
  for (const field of form.elements) field.disabled = field.name !== "" && field.value === "";
});
addEventListener("pageshow", () => {
  for (const field of form?.elements ?? []) field.disabled = false;
});

const chart = document.querySelector("#ledger-chart");
const plots = chart?.querySelector(".ledger-plots");
if (plots) {
  const marks = [...plots.querySelectorAll(".mark[data-uid]")];
  for (const mark of marks) {
    mark.thing = { ...mark.dataset, kind: "troops", href: mark.getAttribute("href") }; // uid, when, label
  }
  new Pointed(chart, { svg: plots }, "#ledger tbody tr");

  // The other claims of the same side stay in sight, those of others fade.
  const light = (mark) => {
    plots.classList.toggle("has-side", mark !== null);
    for (const each of marks) each.classList.toggle("of-side", each.dataset.side === mark?.dataset.side);
  };
  for (const [name, of] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    plots.addEventListener(name, (event) => light(of ? event.target.closest(".mark[data-uid]") : null));
  }
}
