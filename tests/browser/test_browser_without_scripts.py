"""Without JavaScript every page has the same content; only what acts by script alone is left out."""

from difflib import unified_diff

import pytest
from browsing import go
from every_page import ERRORS
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# Controls that act by script and what stands in for them; the lanes show the list's items once more.
BY_SCRIPT = (
    "#lanes", "#figure-bar", "#brush", ".only-live", ".only-plain", ".scripted", ".copies", ".drop-hint", ".map-hint",
    ".map-filters button", "noscript",
)  # fmt: skip
CONTENT = """(byScript) => {
  const shown = (node) =>
    node.nodeType === Node.TEXT_NODE || (node instanceof Element && node.checkVisibility() && !node.matches(byScript));
  const told = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent.trim();
    if (node.matches("a")) return `link ${node.getAttribute("href")}`;
    if (node.matches("form")) return `form ${node.method} ${node.getAttribute("action")}`;
    if (node.matches("input, select, button")) return `${node.type} ${node.name} ${node.value} ${node.checked ?? ""}`;
    return node.matches("h1, h2, h3, table, td, th, li, details") ? node.localName : "";
  };
  const lines = [];
  const walk = (node) => {
    lines.push(told(node));
    for (const child of node.childNodes) if (shown(child)) walk(child);
  };
  walk(document.querySelector("main"));
  return lines.filter((line) => line);
}"""


def content(page: Page, path: str) -> list[str]:
    go(page, path)
    return page.evaluate(CONTENT, ", ".join(BY_SCRIPT))


def test_every_page_has_the_same_content_without_scripts(open_page, paths: tuple[str, ...]) -> None:
    scripted, plain = (open_page("/help", js=js) for js in (True, False))
    different = []
    for path in (*paths, *ERRORS):
        expected, found = content(scripted, path), content(plain, path)
        assert len(expected) > 3, path
        different += unified_diff(expected, found, f"{path} with scripts", f"{path} without", lineterm="", n=2)
    assert not different, "\n".join(different)
