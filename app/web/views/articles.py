"""The list of articles, and the reader."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from urllib.parse import urlencode

from app.db.rows import Beside, DocumentPage, DocumentRow, ItemRow
from app.domain.edtf import FuzzyDate
from app.domain.vocabulary import DocumentStatus, ItemKind, Precision
from app.web.views import words
from app.web.views.cards import Card, card
from app.web.views.reading import Paragraph, Sentence, coverage, paragraphs
from app.web.views.shell import Shell
from app.web.views.source import marked

UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article in a list, with its state and what it gave."""

    id: int
    title: str
    outlet: str
    published: str
    status: DocumentStatus
    status_word: str
    error: str
    words: int
    items: int
    counts: Mapping[ItemKind, int]
    is_demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesPage:
    """All articles, newest first."""

    template: ClassVar[str] = "articles/list.html"
    shell: Shell
    articles: tuple[ArticleLine, ...]
    text: str
    only_unread: bool
    more_href: str | None
    start_href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph of the reader, or its `sentences` in the coverage; the margin has the items that begin in it."""

    paragraph: Paragraph | None
    sentences: tuple[Sentence, ...]
    notes: tuple[tuple[Card, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """An article's whole text with its items marked in place and in the margin.

    With `shows_coverage`, its sentences take the place of the text: which gave items and which did not. `newer` and
    `older` are its neighbours in the list of articles.
    """

    template: ClassVar[str] = "articles/page.html"
    shell: Shell
    article: ArticleLine
    url: str | None
    learnt: str
    passages: tuple[Passage, ...]
    shows_coverage: bool
    items: int
    newer: Beside | None
    older: Beside | None
    warnings: tuple[str, ...]

    @property
    def told(self) -> tuple[bool, ...]:
        """Of each sentence of the coverage, whether it gave an item."""
        return tuple(bool(sentence.items) for passage in self.passages for sentence in passage.sentences)

    @property
    def description(self) -> str:
        """Where the article is from and what it gave, in a sentence."""
        where = ", ".join(filter(None, (self.article.outlet, self.article.published)))
        counts = self.article.counts
        gave = ", ".join(words.counted(counts[kind], *words.COUNTED[kind]) for kind in ItemKind if counts.get(kind))
        return f"{where}: {gave or 'no items'}." if where else f"{gave or 'No items'}."


def article_line(row: DocumentRow) -> ArticleLine:
    """The article as a line of a list."""
    return ArticleLine(
        id=row.id,
        title=row.title or row.source_file or "Untitled",
        outlet=row.outlet or "",
        published=words.day(row.published) if row.published else "",
        status=row.status,
        status_word=words.STATUSES[row.status],
        error=row.error or "",
        words=row.words,
        items=row.items,
        counts=row.counts,
        is_demo=row.is_demo,
    )


def articles_page(page: DocumentPage, *, shell: Shell, text: str, only_unread: bool, is_start: bool) -> ArticlesPage:
    """A page of the list; `text` is the search in it, `only_unread` says that it has what somebody must see to."""
    search = [("q", text)] if text else []
    search += [("state", UNREAD)] if only_unread else []
    following = [("after", page.next.encode())] if page.next else []
    return ArticlesPage(
        shell=shell,
        articles=tuple(article_line(row) for row in page.documents),
        text=text,
        only_unread=only_unread,
        more_href=f"/articles?{urlencode(search + following)}" if following else None,
        start_href=None if is_start else f"/articles?{urlencode(search)}",
    )


def article_page(
    row: DocumentRow,
    items: Sequence[ItemRow],
    beside: tuple[Beside | None, Beside | None],
    *,
    shell: Shell,
    shows_coverage: bool = False,
) -> ArticlePage:
    """The reader's view of an article, or its coverage; `items` are its mentions in the order of the text."""
    first = {item.uid: item for item in reversed(items)}  # an item's first mention
    notes: dict[int, list[tuple[Card, str]]] = defaultdict(list)
    for item in items:
        if item is first[item.uid]:
            notes[item.paragraph].append((card(item), _day(item.date, row.published)))
    if shows_coverage:
        text: Sequence[tuple[Paragraph | None, tuple[Sentence, ...]]] = [
            (None, each) for each in coverage(row.text, marked(items))
        ]
    else:
        text = [(each, ()) for each in paragraphs(row.text, marked(items))]
    return ArticlePage(
        shell=shell,
        article=article_line(row),
        url=row.url if row.url and row.url.startswith(("http://", "https://")) else None,
        learnt=words.day(row.learnt_at.date()),
        passages=tuple(
            Passage(paragraph=paragraph, sentences=told, notes=tuple(notes[number]))
            for number, (paragraph, told) in enumerate(text)
        ),
        shows_coverage=shows_coverage,
        items=len(first),
        newer=beside[0],
        older=beside[1],
        warnings=row.warnings,
    )


def _day(value: FuzzyDate | None, published: date | None) -> str:
    """An item's date in the margin, without the year where it is the article's; "" for none."""
    if value is None:
        return ""
    if value.precision is Precision.DAY:
        return words.short_day(value.earliest, with_year=published is None or published.year != value.earliest.year)
    return words.fuzzy(value)
