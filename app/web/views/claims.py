"""The number of a troop claim in words, with its sign and unit or in little room."""

from app.knowledge.country_names import adjective
from app.web.views import words

SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "~"}  # the longer signs come first


def figure(quantity: str, low: int, high: int) -> str:
    """A claim's number in little room: "169–190k", ">100k", "~1.5m"; `quantity` gives the sign."""
    sign = next((shown for written, shown in SIGNS.items() if quantity.startswith(written)), "")
    if sign:
        digits = quantity.lstrip("<>=~")
        return sign + _short(int(digits) if digits.isdigit() else low)
    if low == high:
        return _short(low)
    first, last = _short(low), _short(high)
    return f"{first[:-1] if first[-1] == last[-1] and first[-1].isalpha() else first}–{last}"


def claim(quantity: str, unit: str, force: str = "", *, is_added: bool = False) -> str:
    """A claim's number in full: ">130,000 troops", "7,000 more Russian personnel"; "" without a number."""
    sign = next((shown for written, shown in SIGNS.items() if quantity.startswith(written)), "")
    number, _ = words.quantity(quantity)
    if not number:
        return ""
    if is_added:
        number += " more"
    elif quantity in words.ROUGH or quantity.endswith("%"):
        number += " of"
    return " ".join(filter(None, (sign + number, adjective(force), unit or "troops")))


def _short(number: int) -> str:
    for unit, size in (("m", 1_000_000), ("k", 1_000)):
        if number >= 0.9995 * size:  # what rounds up to one of the unit
            return f"{number / size:,.0f}{unit}" if number >= 100 * size else f"{number / size:.3g}{unit}"
    return str(number)
