"""What a first visit costs, and that every test sees what a page complains of."""

import time

import pytest
from browsing import Running, settle

pytestmark = pytest.mark.browser

MOST_KILOBYTES = 250
SECONDS_TO_COMPLAIN = 5


@pytest.mark.parametrize("width", [1440, 390])
def test_a_first_visit_is_light(open_page, crisis: Running, width: int) -> None:
    page = open_page("about:blank", site=crisis, width=width)
    cdp = page.context.new_cdp_session(page)
    loaded: dict[str, float] = {}
    names: dict[str, str] = {}
    cdp.on("Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]}))
    cdp.on("Network.loadingFinished", lambda event: loaded.update({event["requestId"]: event["encodedDataLength"]}))
    cdp.send("Network.enable")
    cdp.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto("/")
    settle(page)
    parts = {names[request]: size / 1024 for request, size in loaded.items()}
    assert len(parts) > 10, "page, styles, scripts, fonts and lanes were counted"
    assert any(".woff2" in name for name in parts)
    assert any("/api/v1/lanes" in name for name in parts)
    assert sum(parts.values()) <= MOST_KILOBYTES, parts


COMPLAINTS = (
    "console.error('logged')",
    "setTimeout(() => { throw new Error('thrown'); })",
    "void Promise.reject(new Error('rejected'))",
    "document.body.setAttribute('style', 'color: red')",  # the policy forbids it
    "void fetch('/api/v1/items/missing')",
)


def test_what_a_page_complains_of_is_noticed(open_page, console_errors: list[str]) -> None:
    """`open_page` fails each test with what is in this list at its end."""
    page = open_page("/help")
    for number, complaint in enumerate(COMPLAINTS):
        assert len(console_errors) == number
        page.evaluate(f"() => {{ {complaint}; }}")
        deadline = time.monotonic() + SECONDS_TO_COMPLAIN
        while len(console_errors) == number and time.monotonic() < deadline:
            page.wait_for_timeout(10)
        assert len(console_errors) == number + 1, complaint
    console_errors.clear()
