// Small things that make the pages nicer; every page works without them. The URL is the state, the server draws it.

const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const store = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* storage is forbidden: the choice lasts for this page */ } },
};

// Colours: system, light, dark.
const themes = ["system", "light", "dark"];
const themeButton = $("#theme");
function showTheme() {
  themeButton.setAttribute("aria-label", `Colours: ${document.documentElement.dataset.theme ?? "system"}`);
  themeButton.title = themeButton.getAttribute("aria-label");
}
function nextTheme() {
  const root = document.documentElement;
  const next = themes[(themes.indexOf(root.dataset.theme ?? "system") + 1) % themes.length];
  if (next === "system") delete root.dataset.theme;
  else root.dataset.theme = next;
  store.set("theme", next);
  showTheme();
  $("#status").textContent = themeButton.title;
}
themeButton.hidden = false;
themeButton.addEventListener("click", nextTheme);
showTheme();

// The help link opens a dialog of keys, which also turns single-letter keys off (WCAG 2.1.4).
const keysDialog = $("#keys");
const keysOn = $("#keys-on");
keysOn.checked = store.get("keys") !== "off";
keysOn.addEventListener("change", () => store.set("keys", keysOn.checked ? "on" : "off"));
$("#keys-close").addEventListener("click", () => keysDialog.close());
$("#help").addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  keysDialog.showModal();
});

// Cards.
const cardLinks = () => $$(".card-link").filter((link) => link.checkVisibility());
function moveCard(step) {
  const links = cardLinks();
  const at = links.findIndex((link) => link === document.activeElement);
  const open = links.findIndex((link) => link.closest(".card").hasAttribute("aria-current"));
  const from = at >= 0 ? at : open;
  const next = links[Math.min(Math.max(from + step, 0), links.length - 1)];
  next?.focus({ preventScroll: true });
  next?.closest(".card").scrollIntoView({ block: "nearest" });
}

// The source pane: show the sentence, mark its card, give the focus back when it closes.
let opener = null;
function showSentence() {
  const pane = $("#source");
  const first = $(".lit-first", pane ?? document.createElement("i"));
  const scroller = first?.closest(".source-scroll");
  if (!scroller) return;
  const offset = first.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  scroller.scrollTop += offset - scroller.clientHeight * 0.25;
}
function markCard() {
  const item = $("#source")?.dataset.item;
  for (const card of $$(".card[aria-current]")) card.removeAttribute("aria-current");
  const card = item && document.getElementById(`card-${item}`)?.closest(".card");
  card?.setAttribute("aria-current", "true");
  if (card && !card.checkVisibility()) card.closest("details")?.setAttribute("open", "");
}
function showTitle() {
  const item = $("#source")?.dataset.title;
  document.title = item ? `${item} · ${$("meta[property='og:site_name']").content}` : $("#results").dataset.title;
}
function closeSource() {
  const close = $(".source-close");
  if (!close) return false;
  close.click();
  return true;
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".card-link, .contested-list a, #lanes a");
  if (link) opener = link;
});

// Inputs show what the server answered: a filter taken away by its chip must not come back with the next change.
function syncInputs() {
  for (const input of $$("#results input[form=f]")) {
    if (input === document.activeElement && input.type === "date") continue;
    if (input.type === "checkbox") input.checked = input.defaultChecked;
    else input.value = input.defaultValue;
  }
  const sort = $("#sort");
  if (sort) sort.value = $("option[selected]", sort)?.value ?? "";
  const search = $("#q");
  if (search !== document.activeElement) search.value = new URLSearchParams(location.search).get("q") ?? "";
  const chips = $$(".chip").length;
  const button = $(".filters-button");
  if (button) button.dataset.count = chips || "";
}

// A value is shown or left out, not both.
document.addEventListener("change", (event) => {
  const row = event.target.closest?.(".tick-row");
  if (!row) return;
  for (const other of $$("input", row)) if (other !== event.target) other.checked = false;
  if (row.closest("#actor-found")) $("#actor-name").value = "";
}, true);

document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail.ctx?.target;
  const id = typeof target === "string" ? target.slice(1) : target?.id; // a header names its target, an attribute is it
  if (id !== "notice") $("#notice").replaceChildren();
  if (id === "results") {
    syncInputs();
    const sheet = $("#filters:popover-open");
    if (sheet) showSheet(sheet, true); // the swap has taken it for a column
    if (hadFocus && document.activeElement === document.body) $("#counts")?.focus({ preventScroll: true });
    hadFocus = false;
  }
  if (id === "results" || id === "source") {
    showTitle();
    markCard();
    showSentence();
  }
  if (id === "source") {
    const focused = $("#source").dataset.item ? $("#source-title") : opener?.isConnected ? opener : $("#main");
    focused.focus({ preventScroll: true });
  }
});

// What takes long shows that it is under way, and what failed can be tried again; the page stays as it was. Polls do neither.
const isPoll = (element) => element?.matches("#reading, #outcomes");
const underWay = new Set();
function showBusy() {
  $("#busy").classList.toggle("is-busy", underWay.size > 0);
  $("#results")?.setAttribute("aria-busy", String(underWay.size > 0));
}
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (isPoll(ctx.sourceElement)) return;
  underWay.add(ctx);
  showBusy();
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (underWay.delete(ctx)) showBusy();
});
function sayUnreachable(again) {
  const notice = document.createElement("div");
  notice.className = "notice bad";
  const text = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = "The site does not answer.";
  text.append(strong, " The page stays as it was.");
  const button = document.createElement("button");
  button.className = "button";
  button.textContent = "Try again";
  button.addEventListener("click", () => {
    $("#notice").replaceChildren();
    if (again.isConnected) again.matches("form") ? again.requestSubmit() : again.click();
  });
  notice.append(text, button);
  $("#notice").replaceChildren(notice);
}
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx && !isPoll(ctx.sourceElement)) sayUnreachable(ctx.sourceElement);
});

// On a phone the filters are a sheet: while it is open it is a dialog, and nothing behind it can be reached.
function showSheet(sheet, isOpen) {
  for (const [name, value] of [["role", "dialog"], ["aria-modal", "true"]]) {
    if (isOpen) sheet.setAttribute(name, value);
    else sheet.removeAttribute(name);
  }
  for (let inside = sheet; inside !== document.body; inside = inside.parentElement) {
    for (const other of inside.parentElement.children) if (other !== inside && !other.matches("#notice, #status")) other.inert = isOpen;
  }
}
document.addEventListener("beforetoggle", (event) => { // before: on closing, the browser gives the focus back to the button
  if (event.target.id === "filters") showSheet(event.target, event.newState === "open");
}, true);
document.addEventListener("toggle", (event) => {
  if (event.target.id === "filters" && event.newState === "open") event.target.focus();
}, true);

// Days that were unfolded stay so when the page is loaded again or gone back to.
const unfolded = () => `unfolded ${location.pathname}${location.search}`;
addEventListener("pagehide", () => {
  const ids = $$(".rest[open]").map((rest) => rest.id);
  try { sessionStorage.setItem(unfolded(), ids.join(" ")); } catch { /* storage is forbidden or full */ }
});
if (["reload", "back_forward"].includes(performance.getEntriesByType("navigation")[0]?.type)) {
  let ids = "";
  try { ids = sessionStorage.getItem(unfolded()) ?? ""; } catch { /* storage is forbidden */ }
  for (const id of ids.split(" ").filter(Boolean)) document.getElementById(id)?.setAttribute("open", "");
}

// What had the focus may be gone after a swap, as a chip that was clicked: then the focus goes to the count of items.
let hadFocus = false;
document.addEventListener("htmx:before:swap", () => { hadFocus = Boolean($("#results")?.contains(document.activeElement)); });

// "Show more": the focus goes to the first new card.
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.(".rest") && event.target.open && event.target.contains(document.activeElement)) $(".card-link", event.target)?.focus();
}, true);
let lastCard = null;
document.addEventListener("htmx:before:swap", (event) => {
  if (event.detail.ctx?.target?.id === "more") lastCard = cardLinks().at(-1);
});
document.addEventListener("htmx:after:settle", () => {
  if (!lastCard) return;
  const links = cardLinks();
  links[links.indexOf(lastCard) + 1]?.focus({ preventScroll: true });
  lastCard = null;
});

// Overview: one tab stop, arrows move between bars.
document.addEventListener("keydown", (event) => {
  const bar = event.target.closest?.(".overview .bar");
  if (!bar || !["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
  const bars = $$(".overview .bar");
  const at = bars.indexOf(bar);
  const next = { ArrowLeft: bars[at - 1], ArrowRight: bars[at + 1], Home: bars[0], End: bars.at(-1) }[event.key];
  if (!next) return;
  event.preventDefault();
  bar.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
});

// In the source pane, arrows lead to the article's items before and after.
document.addEventListener("keydown", (event) => {
  const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (!way || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !event.target.closest?.("#source")) return;
  const link = $(`.source-nav [rel=${way}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

// Keys.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const typing = event.target.matches?.("input:not([type=checkbox]), textarea, select");
  if (event.key === "Escape" && !keysDialog.open && !$(":popover-open")) {
    if (typing) event.target.blur();
    else closeSource();
    return;
  }
  if (typing || keysDialog.open || !keysOn.checked) return;
  const actions = {
    "/": () => $("#q").focus(),
    "?": () => keysDialog.showModal(),
    j: () => moveCard(1),
    k: () => moveCard(-1),
    t: nextTheme,
  };
  const kinds = $$("#filters label input[name=kind]");
  if (/^[1-4]$/.test(event.key) && kinds.length === 4) {
    const chosen = kinds[event.key - 1];
    const alone = chosen.checked && kinds.every((input) => input === chosen || !input.checked);
    for (const input of kinds) input.checked = input === chosen && !alone;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    event.preventDefault();
  } else if (actions[event.key]) {
    event.preventDefault();
    actions[event.key]();
  }
});

// Copy an item's link or citation. Browsers have the clipboard on secure sites only: elsewhere the old way, by selection.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy);
  let done = "Copied";
  try {
    await navigator.clipboard.writeText(text.textContent);
  } catch {
    getSelection().selectAllChildren(text);
    if (!document.execCommand("copy")) done = "Selected below";
  }
  button.dataset.label ??= button.textContent;
  button.textContent = $("#status").textContent = done;
  setTimeout(() => { button.textContent = button.dataset.label; $("#status").textContent = ""; }, 2000);
});

showSentence();
