// What the pointer or the focus is on: a small card beside the mark, and mark and card of the list lit together.

import { long, parse } from "./days.js";
import { shape } from "./draw.js";
import { make } from "./svg.js";

const PATIENCE = 90; // milliseconds on a mark before its card opens
const GRACE = 160; // to move the pointer from the mark to the card
const KIND = { diplomatic: "Diplomatic move", military: "Military move", troops: "Troop claim", statement: "Statement" };
const KEPT = 300;

export class Pointed {
  constructor(slot, picture, cards = "#results .card") {
    [this.slot, this.picture] = [slot, picture];
    this.known = new Map(); // uid -> promise of the item
    this.tip = slot.appendChild(Object.assign(document.createElement("div"), { className: "tip", id: "mark-tip", hidden: true }));
    this.tip.setAttribute("role", "tooltip");
    const { svg } = picture;
    svg.addEventListener("pointerover", (event) => event.pointerType !== "touch" && this.over(event.target.closest(".mark")));
    svg.addEventListener("pointerout", (event) => !event.relatedTarget?.closest?.(".tip, .mark") && this.away());
    svg.addEventListener("focusin", (event) => event.target.matches(":focus-visible") && this.over(event.target.closest(".mark"), 0));
    svg.addEventListener("focusout", () => this.hide());
    this.tip.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.tip.addEventListener("pointerleave", () => this.away());
    this.abort = new AbortController();
    const { signal } = this.abort;
    for (const [name, isOn] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]]) {
      document.addEventListener(name, (event) => this.card(event.target.closest?.(cards), isOn), { signal });
    }
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.tip.hidden) return;
      this.hide();
      event.stopImmediatePropagation();
    }, { signal, capture: true });
  }

  leave() {
    this.abort.abort();
  }

  over(mark, patience = PATIENCE) {
    clearTimeout(this.timer);
    if (!mark || mark === this.mark) return;
    this.timer = setTimeout(() => this.show(mark), this.mark ? 30 : patience);
  }

  away() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hide(), GRACE);
  }

  hide() {
    clearTimeout(this.timer);
    this.tip.hidden = true;
    this.mark?.removeAttribute("aria-describedby");
    this.mark = null;
    this.lightCard(null);
  }

  async show(mark) {
    if (!mark.isConnected) return;
    this.hide();
    this.mark = mark;
    const { thing } = mark;
    this.lightCard(thing.uid);
    this.fill(thing, null);
    this.place(mark);
    const isOne = thing.uid && thing.href.startsWith("/items/");
    if (!isOne) return;
    const item = await this.item(thing.uid);
    if (this.mark !== mark || !item) return;
    this.fill(thing, item);
    this.place(mark);
    mark.setAttribute("aria-describedby", this.tip.id);
  }

  item(uid) {
    if (!this.known.has(uid)) {
      if (this.known.size > KEPT) this.known.clear();
      const asked = fetch(`/api/v1/items/${encodeURIComponent(uid)}`).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
      this.known.set(uid, asked.then((found) => found?.item ?? (this.known.delete(uid), null)));
    }
    return this.known.get(uid);
  }

  fill(thing, item) {
    const line = (className, text) => Object.assign(document.createElement("p"), { className, textContent: text });
    const day = thing.when ?? (thing.day ? long(parse(thing.day)) : "");
    const head = line(`tip-head k-${thing.kind}`, "");
    const icon = make("svg", { class: `kind-mark k-${thing.kind}`, viewBox: "-6 -6 12 12", width: 12, height: 12, "aria-hidden": "true" });
    icon.append(make("path", { d: shape(thing.kind, 0, 0, 10), fill: "currentColor" }));
    head.append(icon, [KIND[thing.kind], day].filter(Boolean).join(", "));
    if (!thing.label) {
      this.tip.replaceChildren(line("tip-text", thing.name));
      return;
    }
    const said = item?.kind === "statement" ? (item.statement_kind === "indirect" ? item.span.text : `“${item.span.text.replace(/^[“"]|[”",]+$/g, "")}”`) : "";
    const text = said ? (said.length > 220 ? `${said.slice(0, said.lastIndexOf(" ", 220))}…` : said) : thing.label;
    const who = item && (item.speaker ?? item.claimant);
    const by = item ? [who ? [who.name, item.speaker_role ?? who.role].filter(Boolean).join(", ") : "", item.place, item.span.outlet].filter(Boolean).join(" · ") : "\u00a0";
    this.tip.replaceChildren(head, line("tip-text", text), line("tip-by", by));
  }

  // Above the mark where there is room, else below it; never wider than the figure.
  place(mark) {
    this.tip.hidden = false;
    const box = mark.getBoundingClientRect();
    const around = this.slot.getBoundingClientRect();
    const middle = Math.min(Math.max((box.left + Math.min(box.right, box.left + 12)) / 2, around.left), around.right);
    const left = Math.min(Math.max(middle - around.left - 24, 4), around.width - this.tip.offsetWidth - 4);
    const above = box.top - this.tip.offsetHeight - 8;
    const isBelow = above < 64;
    this.tip.style.left = `${left}px`;
    this.tip.style.top = `${(isBelow ? box.bottom + 8 : above) - around.top}px`;
  }

  lightCard(uid) {
    this.lit?.classList.remove("is-pointed");
    this.lit = uid ? document.getElementById(`card-${uid}`) : null;
    this.lit?.classList.add("is-pointed");
  }

  card(card, isOn) {
    for (const mark of this.picture.svg.querySelectorAll(".is-pointed")) mark.classList.remove("is-pointed");
    if (isOn && card) this.markOf(card.id.slice("card-".length), card)?.classList.add("is-pointed");
  }

  // The item's mark; where it is one of those that "+N" stands for, that.
  markOf(uid, card) {
    const { svg } = this.picture;
    const own = svg.querySelector(`.mark[data-uid="${CSS.escape(uid)}"]`);
    if (own || !card) return own;
    const day = card.closest(".group")?.id.slice("day-".length);
    const kind = [...card.classList].find((name) => name.startsWith("k-"))?.slice(2);
    const lane = { diplomatic: "diplomatic", statement: "statements" }[kind] ?? "troops";
    return [...svg.querySelectorAll(`.lane[data-lane="${lane}"] .mark:not(.pill)`)].find(({ thing }) => (thing.type === "more" ? thing.day <= day && day <= thing.last : thing.day === day && thing.kind === kind && thing.text === String(parseInt(thing.text, 10)))) ?? null;
  }

  // The item that is open in the source pane.
  open(uid) {
    for (const mark of this.picture.svg.querySelectorAll("[aria-current]")) mark.removeAttribute("aria-current");
    if (uid) this.markOf(uid, document.getElementById(`card-${uid}`))?.setAttribute("aria-current", "true");
  }
}
