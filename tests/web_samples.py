"""Made-up articles and what is found in them, made by hand: web tests need items, not extraction."""

from datetime import date, timedelta

from sqlalchemy import Engine

from app.domain.items import Actor, Event, Extraction, Statement, TroopClaim
from app.domain.source import SourceText
from app.domain.vocabulary import ActorKind, EventCategory, Modality, Movement, Polarity, StatementKind
from app.services.importing import create_upload
from app.services.processing import process_next

TITLE = "Ministers trade warnings over the border"
PARAGRAPHS = tuple(
    """
MOSCOW - British Foreign Secretary Liz Truss met her Russian counterpart Sergey Lavrov in Moscow on Thursday. The talks lasted two hours.
“We see a conversation between a mute and a deaf person,” Mr. Lavrov told reporters after the talks. He said Russia would not withdraw its forces under pressure.
Ms. Truss said that more than 100,000 Russian troops stood near Ukraine’s border, a figure that Moscow denies. Between 169,000 and 190,000 personnel may be there by spring, a U.S. official said in February.
Russia and Belarus began ten days of joint exercises on Thursday. <b>No</b> observer was invited & none came.
A summit in Geneva is planned for next month.
""".strip().split("\n")  # noqa: E501
)
ACTORS = (
    Actor(name="Liz Truss", kind=ActorKind.PERSON, country="GB", role="Foreign Secretary"),
    Actor(name="Sergey Lavrov", kind=ActorKind.PERSON, country="RU", role="Foreign Minister"),
    Actor(name="U.S. officials", kind=ActorKind.GROUP, country="US"),
    Actor(name="Russia", kind=ActorKind.COUNTRY, country="RU"),
    Actor(name="Belarus", kind=ActorKind.COUNTRY, country="BY"),
    Actor(name="United Kingdom", kind=ActorKind.COUNTRY, country="GB"),
    Actor(name="United States", kind=ActorKind.COUNTRY, country="US"),
)
THURSDAY = date(2022, 2, 10)


def article_file(*, title: str = TITLE, published: date | None = THURSDAY, more: str = "") -> bytes:
    """The article as an uploaded file; `more` makes another text of it."""
    lines = [title, *([f"{published:%Y%m%d}"] if published else []), *PARAGRAPHS, *([more] if more else [])]
    return "\n".join(lines).encode()


def extraction(source: SourceText) -> Extraction:
    """What would be found in the article, dated from its publication day."""
    text, today = source.text, (source.published or THURSDAY).isoformat()

    def place(words: str, anchor: str = "") -> dict[str, object]:
        start = text.index(words)
        found: dict[str, object] = {
            "start": start, "end": start + len(words), "text": words, "paragraph": source.paragraph_at(start),
        }  # fmt: skip
        return found | ({"at": start + words.index(anchor)} if anchor else {})

    def event(words: str, trigger: str, category: EventCategory, **more: object) -> Event:
        found = place(words, trigger)
        return Event(trigger=trigger, trigger_start=found.pop("at"), category=category, plover="", **found, **more)  # type: ignore[arg-type]

    def statement(words: str, cue: str, **more: object) -> Statement:
        return Statement(cue=cue, cue_start=text.index(f" {cue}") + 1, **place(words), **more)  # type: ignore[arg-type]

    def claim(words: str, force: str, **more: object) -> TroopClaim:
        found = place(words, force)
        return TroopClaim(anchor_start=found.pop("at"), **found, **more)  # type: ignore[arg-type]

    weekday = "weekday “Thursday” before publication"
    return Extraction(
        source=source,
        events=(
            event(
                "British Foreign Secretary Liz Truss met her Russian counterpart Sergey Lavrov in Moscow on Thursday",
                "met",
                EventCategory.MEET,
                headline="Truss meets Lavrov in Moscow",
                actors=("Liz Truss", "Sergey Lavrov"),
                source="GB",
                target="RU",
                countries=("GB", "RU"),
                place="Moscow",
                date=today,
                date_rule=weekday,
                confidence=0.9,
            ),
            event(
                "The talks lasted two hours",
                "talks",
                EventCategory.TALK,
                same_as=0,
                headline="Talks last two hours",
                date=today,
                date_rule=weekday,
                confidence=0.8,
            ),
            event(
                "Russia and Belarus began ten days of joint exercises on Thursday",
                "exercises",
                EventCategory.EXERCISE,
                headline="Russia and Belarus begin joint exercises",
                actors=("Russia", "Belarus"),
                countries=("RU", "BY"),
                date="2022-02-10/2022-02-20",
                date_rule="ten days from “Thursday”",
                confidence=0.85,
            ),
            event(
                "A summit in Geneva is planned for next month",
                "summit",
                EventCategory.MEET,
                modality=Modality.PLANNED,
                headline="Summit planned in Geneva",
                place="Geneva",
                date="2022-03",
                date_rule="“next month”",
                confidence=0.7,
            ),
        ),
        statements=(
            statement(
                "“We see a conversation between a mute and a deaf person,”",
                "told",
                kind=StatementKind.DIRECT,
                speaker="Sergey Lavrov",
                speaker_mention="Mr. Lavrov",
                speaker_role="Foreign Minister",
                speaker_country="RU",
                audience="reporters",
                date=today,
                date_rule="day of the talks",
                confidence=0.95,
            ),
            statement(
                "Russia would not withdraw its forces under pressure",
                "said",
                kind=StatementKind.INDIRECT,
                speaker="Sergey Lavrov",
                speaker_mention="He",
                speaker_country="RU",
                polarity=Polarity.DENIES,
                date=today,
                date_rule="day of the talks",
                confidence=0.75,
            ),
            statement(
                "more than 100,000 Russian troops stood near Ukraine’s border, a figure that Moscow denies",
                "said",
                kind=StatementKind.INDIRECT,
                speaker="Liz Truss",
                speaker_mention="Ms. Truss",
                speaker_country="GB",
                date=today,
                date_rule="day of the talks",
                confidence=0.8,
            ),
        ),
        troop_claims=(
            claim(
                "more than 100,000 Russian troops stood near Ukraine’s border",
                "troops",
                quantity=">100000",
                low=100_001,
                force_country="RU",
                place="near Ukraine’s border",
                claimed_by="Liz Truss",
                modality=Modality.DENIED,
                date=today,
                date_rule="day of the statement",
                confidence=0.9,
            ),
            claim(
                "Between 169,000 and 190,000 personnel may be there by spring",
                "personnel",
                quantity="169000-190000",
                low=169_000,
                high=190_000,
                unit="personnel",
                movement=Movement.BUILDUP,
                force_country="RU",
                claimed_by="U.S. officials",
                modality=Modality.POSSIBLE,
                date=None,
                confidence=0.5,
            ),
        ),
        actors=ACTORS,
        knowledge_hash="made by hand",
    )


def add_articles(engine: Engine, count: int = 1, *, first: date = THURSDAY) -> str:
    """Upload so many articles, one a day, and store what is found in them; returns the upload's uid."""
    files = [
        (f"article-{n}.txt", article_file(published=first + timedelta(n), more=f"This is report number {n}."))
        for n in range(count)
    ]
    uid = create_upload(engine, files)
    read_all(engine)
    return uid


def read_all(engine: Engine) -> None:
    """Do the worker's work with the made-up extraction."""
    while process_next(engine, extraction, worker="test", lease_seconds=30) is not None:
        pass
