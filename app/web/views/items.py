"""An item's own page."""

from dataclasses import dataclass
from typing import ClassVar

from app.web.views.reading import Paragraph
from app.web.views.shell import Shell
from app.web.views.source import Mention, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """The item, its sentence in context, how it was read, and every telling of it."""

    template: ClassVar[str] = "items/page.html"
    shell: Shell
    source: Source
    context: tuple[Paragraph, ...]
    mentions: tuple[Mention, ...]
    day: str
