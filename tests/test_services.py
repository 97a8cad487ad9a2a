"""What users and workers do to the store, on SQLite and PostgreSQL."""

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from store_samples import Article, count, nothing_found, stored_document, stored_uids

from app.db import queries
from app.db.engine import reading, writing
from app.db.models import actors, documents, item_actors, item_countries, items, mentions, sessions
from app.domain.errors import NotFound
from app.domain.filters import Filters
from app.domain.items import Actor, Extraction
from app.domain.source import SourceText
from app.domain.vocabulary import ActorKind, DocumentStatus, EventCategory, Outcome
from app.services import demo, importing, processing
from app.services import sessions as login
from app.services.actors import slug_of
from app.services.articles import delete_document
from app.services.processing import MAX_ATTEMPTS, claim_document, process_next, store_extraction
from app.settings import Settings

SEEDS = Path(__file__).parents[1] / "seeds"
ARTICLE = b"Envoys leave\n20220215\nThe envoys left on Tuesday.\nThey said nothing."

# Reading


def test_an_article_goes_from_waiting_to_done_with_its_items(engine: Engine) -> None:
    article = Article("The envoys met. All left.").event("The envoys met", "met", actors=("Anna Berg",))
    imported = importing.import_file(engine, article.file, filename="a.txt")
    with reading(engine) as conn:
        before = queries.generation(conn)
    assert process_next(engine, article.extraction, worker="w", lease_seconds=9) == imported.document_id
    stored = stored_document(engine, imported.document_id)
    assert (stored.status, stored.items, stored.error) == (DocumentStatus.DONE, 1, None)
    assert stored.processed_at is not None
    with reading(engine) as conn:
        assert queries.generation(conn) > before
    assert process_next(engine, article.extraction, worker="w", lease_seconds=9) is None


def test_extraction_runs_with_no_transaction_open(engine: Engine) -> None:
    importing.import_file(engine, ARTICLE, filename="a.txt")

    def extract(source: SourceText) -> Extraction:
        importing.import_file(engine, b"Other\n20220215\nOther text stands here.", filename="b.txt")
        return nothing_found(source)

    assert process_next(engine, extract, worker="w", lease_seconds=9)
    assert count(engine, documents) == 2


def test_the_readers_warnings_stay_and_those_of_extraction_are_renewed(engine: Engine) -> None:
    imported = importing.import_file(engine, b"20220215\nThe envoys left. They went.", filename="a.txt")

    def warned(words: str) -> processing.Extract:
        return lambda source: Extraction(source=source, warnings=(*source.warnings, words))

    process_next(engine, warned("one"), worker="w", lease_seconds=9)
    processing.retry_document(engine, imported.document_id or 0)
    process_next(engine, warned("two"), worker="w", lease_seconds=9)
    made_title, last = stored_document(engine, imported.document_id).warnings
    assert "no title" in made_title
    assert last == "two"


def test_an_error_is_tried_again_and_then_told(engine: Engine) -> None:
    imported = importing.import_file(engine, ARTICLE, filename="a.txt")

    def broken(source: SourceText) -> Extraction:
        raise ValueError("the model is missing")

    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert process_next(engine, broken, worker="w", lease_seconds=9) == imported.document_id
        failed = attempt == MAX_ATTEMPTS
        assert stored_document(engine, imported.document_id).status is (
            DocumentStatus.FAILED if failed else DocumentStatus.PENDING
        )
    assert "the model is missing" in (stored_document(engine, imported.document_id).error or "")
    assert process_next(engine, broken, worker="w", lease_seconds=9) is None
    processing.retry_document(engine, imported.document_id or 0)
    assert process_next(engine, nothing_found, worker="w", lease_seconds=9) == imported.document_id
    stored = stored_document(engine, imported.document_id)
    assert (stored.status, stored.error) == (DocumentStatus.DONE, None)
    with pytest.raises(NotFound):
        processing.retry_document(engine, 10_000)


def test_an_article_that_failed_does_not_hold_up_the_others(engine: Engine) -> None:
    bad = importing.import_file(engine, ARTICLE, filename="a.txt").document_id
    good = importing.import_file(engine, b"Other\n20220215\nOther text stands here.", filename="b.txt").document_id

    def broken(source: SourceText) -> Extraction:
        if source.title == "Other":
            return nothing_found(source)
        raise ValueError

    order = [process_next(engine, broken, worker="w", lease_seconds=9) for _ in range(5)]
    assert order == [bad, good, bad, bad, None]


def test_only_one_worker_holds_an_article_and_the_lease_decides(engine: Engine) -> None:
    article = Article("The envoys met. All left.").event("The envoys met", "met")
    importing.import_file(engine, article.file, filename="a.txt")
    lost = claim_document(engine, worker="first", lease_seconds=60)
    assert lost is not None
    assert claim_document(engine, worker="second", lease_seconds=60) is None
    expire_leases(engine)
    held = claim_document(engine, worker="second", lease_seconds=60)
    assert held is not None
    assert held.attempt == 2
    assert not store_extraction(engine, lost, article.extraction(lost.source), worker="first")
    assert count(engine) == 0, "nothing of a lost article is stored"
    assert store_extraction(engine, held, article.extraction(held.source), worker="second")
    assert not store_extraction(engine, held, article.extraction(held.source), worker="second"), "once only"
    assert count(engine) == 1


def test_a_lease_is_renewed_while_reading_goes_on(engine: Engine) -> None:
    importing.import_file(engine, ARTICLE, filename="a.txt")
    claim = claim_document(engine, worker="slow", lease_seconds=0.6)
    assert claim is not None
    with processing.kept_lease(engine, claim, worker="slow", lease_seconds=0.6):
        deadline = datetime.now(UTC) + timedelta(seconds=1.5)
        while datetime.now(UTC) < deadline:
            assert claim_document(engine, worker="other", lease_seconds=60) is None
            threading.Event().wait(0.1)
    threading.Event().wait(0.8)
    assert claim_document(engine, worker="other", lease_seconds=60) is not None


def test_an_article_whose_workers_die_fails_in_the_end(engine: Engine) -> None:
    imported = importing.import_file(engine, ARTICLE, filename="a.txt")
    for attempt in range(MAX_ATTEMPTS):
        claim = claim_document(engine, worker=f"dies {attempt}", lease_seconds=60)
        assert claim is not None
        expire_leases(engine)
    assert claim_document(engine, worker="next", lease_seconds=60) is None
    stored = stored_document(engine, imported.document_id)
    assert stored.status is DocumentStatus.FAILED
    assert stored.error == processing.STOPPED


def test_a_change_while_an_article_is_read_makes_it_be_read_again(engine: Engine) -> None:
    imported = importing.import_file(engine, ARTICLE, filename="a.txt")
    claim = claim_document(engine, worker="w", lease_seconds=60)
    assert claim is not None
    importing.set_date(engine, imported.document_id or 0, date(2021, 1, 1))
    assert not store_extraction(engine, claim, nothing_found(claim.source), worker="w")
    assert stored_document(engine, imported.document_id).status is DocumentStatus.PENDING


def test_two_workers_at_once_read_each_article_once(engine: Engine) -> None:
    for number in range(30):
        importing.import_file(engine, b"Title\n20220215\nText number %d stands here." % number, filename="a.txt")
    read: list[str] = []

    def extract(source: SourceText) -> Extraction:
        read.append(source.text)
        actors = ("Anna Berg", "Ivo Cerny", "Alliance")[:: 1 if len(read) % 2 else -1]
        article = Article(source.text).event("stands here", "stands", actors=actors)
        return article.extraction(source)

    def work(name: str) -> None:
        while process_next(engine, extract, worker=name, lease_seconds=60):
            pass

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read) == len(set(read)) == 30
    assert count(engine) == 30
    assert count(engine, actors) == 3


def expire_leases(engine: Engine) -> None:
    with writing(engine) as conn:
        conn.execute(update(documents).values(lease_until=datetime.now(UTC) - timedelta(seconds=1)))


# Reading again

TEXT = "Berg met Cerny on Monday. They spoke again on Friday.\nAnna Berg said talks went well.\nHe counts 5,000 troops."


def test_the_same_text_gives_the_same_links_in_any_database(engine: Engine) -> None:
    article = (
        Article(TEXT).event("Berg met Cerny on Monday", "met").statement("talks went well", "Anna Berg", cue="said")
    )
    document_id = article.store(engine)
    before = stored_uids(engine, document_id)
    delete_document(engine, document_id)
    assert count(engine) == count(engine, mentions) == 0
    assert stored_uids(engine, article.store(engine)) == before


def test_reading_again_keeps_the_links_of_what_is_the_same(engine: Engine) -> None:
    first = (
        Article(TEXT)
        .event("Berg met Cerny on Monday", "met", date="2022-02-14")
        .event("They spoke again on Friday", "spoke", category=EventCategory.TALK)
        .statement("talks went well", "Anna Berg", cue="said")
        .claim("He counts 5,000 troops")
    )
    document_id = first.store(engine)
    met, spoke, said, claimed = stored_uids(engine, document_id)
    with writing(engine) as conn:
        conn.execute(update(items).values(learnt_at=datetime(2022, 1, 1, tzinfo=UTC)))
        old_ids = dict(conn.execute(select(items.c.uid, items.c.id)).all())

    processing.retry_document(engine, document_id)
    second = (
        Article(TEXT)
        .event(
            "Berg met Cerny", "met", date="2022-02-15", category=EventCategory.VISIT, actors=("Anna Berg",)
        )  # category
        .statement("Anna Berg said talks went well", "Ivo Cerny", cue="talks")  # a wider span with another anchor
        .claim("5,000 troops")
        .event("They spoke again", "again", category=EventCategory.NEGOTIATE)  # another anchor and category: a new item
    )
    assert second.store(engine) == document_id
    with reading(engine) as conn:
        again = {item.uid: item for item in queries.document_items(conn, document_id)}
    assert set(again) >= {met, said, claimed}
    assert spoke not in again
    assert len(again) == 4
    assert (again[met].text, str(again[met].date)) == ("Berg met Cerny", "2022-02-15")
    assert [actor.name for actor in again[met].actors] == ["Anna Berg"]
    assert again[said].speaker is not None
    assert again[said].speaker.name == "Ivo Cerny"
    for uid in (met, said, claimed):
        assert again[uid].learnt_at == datetime(2022, 1, 1, tzinfo=UTC)
        assert again[uid].id == old_ids[uid]
    with reading(engine) as conn:
        assert queries.timeline_items(conn, Filters(text='"spoke again on Friday"')).items == ()
        assert len(queries.timeline_items(conn, Filters(text="cerny")).items) == 2


def test_items_at_the_same_place_have_links_of_their_own_and_keep_them(engine: Engine) -> None:
    def article() -> Article:
        return Article(TEXT).claim("He counts 5,000 troops").claim("He counts 5,000 troops", unit="ships")

    document_id = article().store(engine)
    before = stored_uids(engine, document_id)
    assert len(set(before)) == 2
    processing.reprocess_all(engine)
    article().store(engine)
    assert stored_uids(engine, document_id) == before


def test_an_item_that_comes_back_has_its_old_link(engine: Engine) -> None:
    document_id = Article(TEXT).event("Berg met Cerny on Monday", "met").store(engine)
    before = stored_uids(engine, document_id)
    processing.retry_document(engine, document_id)
    Article(TEXT).store(engine)
    assert stored_uids(engine, document_id) == []
    processing.retry_document(engine, document_id)
    Article(TEXT).event("Berg met Cerny on Monday", "met").store(engine)
    assert stored_uids(engine, document_id) == before


def test_reprocessing_takes_all_but_those_that_wait_for_a_date(engine: Engine) -> None:
    done = Article(TEXT).store(engine)
    undated = importing.import_file(engine, b"Title\nThe envoys left.", filename="a.txt").document_id
    assert processing.reprocess_all(engine) == 1
    assert stored_document(engine, done).status is DocumentStatus.PENDING
    assert stored_document(engine, undated).status is DocumentStatus.NEEDS_DATE
    assert processing.unread_articles(engine) == 1


# Actors


def test_what_knowledge_says_of_an_actor_replaces_what_was_learnt(engine: Engine) -> None:
    text = "Dora Novak met Anna Berg."
    learnt = (Actor(name="Dora Novak", kind=ActorKind.GROUP),)
    document_id = (
        Article(text, actors=learnt).event(text[:-1], "met", actors=("Dora Novak", "Somebody Else")).store(engine)
    )
    processing.retry_document(engine, document_id)
    known = (Actor(name="Dora Novak", kind=ActorKind.PERSON, key="novak", country="SI"),)
    Article(text, actors=known).event(text[:-1], "met", actors=("Dora Novak",)).store(engine)
    with reading(engine) as conn:
        found = conn.execute(select(actors).order_by(actors.c.name)).all()
        links = conn.execute(select(item_actors)).all()
    assert [(actor.name, actor.kind, actor.key, actor.country) for actor in found] == [
        ("Dora Novak", "person", "novak", "SI"),
        ("Somebody Else", "group", None, None),
    ]
    assert found[1].learnt_from == document_id
    assert len(links) == 1


def test_what_bodies_and_those_in_office_there_do_and_say_stands_under_their_code(engine: Engine) -> None:
    alliance = Actor(name="Alliance", kind=ActorKind.ORGANISATION, body="ALL")
    head = Actor(name="Ivo Cerny", kind=ActorKind.PERSON, country="CZ", body="ALL")
    text = "Cerny warned Germany. The alliance met. Berg has 40 troops, Cerny said. It is so, he said."
    article = Article(text, actors=(alliance, head))
    article.event("Cerny warned Germany", "warned", actors=("Ivo Cerny",), target="DE", countries=("DE",))
    article.event("The alliance met", "met", actors=("Alliance",))
    article.claim("40 troops", claimed_by="Ivo Cerny", force_country="DE", unit="troops")
    article.statement("It is so", "Ivo Cerny", speaker_country="CZ")
    article.store(engine)
    with reading(engine) as conn:
        rows = queries.timeline_items(conn, Filters()).items
        codes = {row.text: row.countries for row in rows}
        roles = set(conn.execute(select(items.c.headline, item_countries.c.country, item_countries.c.role).join(items)))
    assert codes == {
        "Cerny warned Germany": ("ALL", "DE"),
        "The alliance met": ("ALL",),
        "40 troops": ("DE", "ALL"),
        "It is so": ("ALL",),
    }
    assert ("Cerny warned Germany", "ALL", "source") in roles, "who does it to somebody"
    assert ("The alliance met", "ALL", "party") in roles, "nobody did it to anybody"


@pytest.mark.parametrize(
    ("name", "key", "country", "side"),
    [("NATO", "nato", None, "NATO"), ("Jens Stoltenberg", "jens-stoltenberg", None, "NATO"),
     ("Josep Borrell", "josep-borrell", "EU", "EU"), ("Liz Truss", "liz-truss", "GB", "GB")],
)  # fmt: skip
def test_bodies_and_who_has_office_there_belong_to_the_body(
    engine: Engine, name: str, key: str, country: str | None, side: str
) -> None:
    kind = ActorKind.ORGANISATION if name.isupper() else ActorKind.PERSON
    article = Article("They met.", actors=(Actor(name=name, kind=kind, key=key, country=country),))
    article.event("They met", "met", actors=(name,)).store(engine)
    with reading(engine) as conn:
        assert conn.execute(select(actors.c.country)).scalars().all() == [side]


def test_names_that_make_the_same_slug_are_two_actors(engine: Engine) -> None:
    names = ("Ivo Cerny", "Ivo Černý", "Иво Черни", "x" * 5_000)
    Article(TEXT).event("Berg met Cerny on Monday", "met", actors=names).store(engine)
    with reading(engine) as conn:
        found = {actor.slug: actor.name for actor in queries.timeline_items(conn, Filters()).items[0].actors}
        assert len(found) == 4
        for slug in found:
            assert queries.count_items(conn, Filters(actors=(slug,))).items == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Liz Truss", "liz-truss"),
        ("U.S. officials", "u-s-officials"),
        ("Jaroslav Haščák", "jaroslav-hascak"),
        ("-", "3973e022"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slug_of(name) == slug


# Deleting, demo, sessions


def test_deleting_an_article_takes_its_items_along(engine: Engine) -> None:
    gone = (
        Article(TEXT).event("Berg met Cerny on Monday", "met", actors=("Anna Berg",), countries=("DE",)).store(engine)
    )
    stays = Article("Others met.").event("Others met", "met").store(engine)
    uid = importing.create_upload(engine, [("again.txt", Article(TEXT).file)])
    delete_document(engine, gone)
    with reading(engine) as conn:
        assert [item.document_id for item in queries.timeline_items(conn, Filters()).items] == [stays]
        assert queries.count_items(conn, Filters(text="Cerny")).items == 0
        upload = queries.upload(conn, uid)
    assert upload is not None
    assert upload.files[0].document is None
    assert count(engine, mentions) == 1
    with pytest.raises(NotFound):
        delete_document(engine, gone)


def test_the_demo_comes_into_an_empty_store_only_and_goes_for_good(engine: Engine) -> None:
    loaded = demo.load_demo(engine, SEEDS)
    assert loaded == len(list(SEEDS.glob("*.txt"))) > 24
    with reading(engine) as conn:
        site = queries.site(conn)
    assert (site.documents, site.pending, site.has_demo) == (loaded, loaded, True)
    assert demo.load_demo(engine, SEEDS) == 0
    first_seed = min(SEEDS.glob("*.txt"))
    own = importing.import_file(engine, first_seed.read_bytes(), filename="mine.txt")
    assert own.outcome is Outcome.ALREADY_KNOWN, "and it is the user's own article from now on"
    assert demo.remove_demo(engine) == loaded - 1
    with reading(engine) as conn:
        site = queries.site(conn)
    assert (site.documents, site.has_demo) == (1, False)
    delete_document(engine, own.document_id or 0)
    assert demo.load_demo(engine, SEEDS) == 0, "who removed the demo does not want it back"
    assert demo.remove_demo(engine) == 0


def test_sessions_open_with_the_password_and_end(engine: Engine) -> None:
    settings = Settings(edit_password="a long pass phrase ü")  # type: ignore[arg-type]
    assert login.open_session(engine, "", settings) is None
    assert login.open_session(engine, "a long pass phrase", settings) is None
    assert login.open_session(engine, "\ud800", settings) is None
    assert login.open_session(engine, "", Settings(edit_password=None)) is None
    token = login.open_session(engine, "a long pass phrase ü", settings)
    assert token
    assert login.is_valid(engine, token)
    assert not login.is_valid(engine, token + "x")
    with reading(engine) as conn:
        stored = conn.execute(select(sessions.c.token_hash)).scalars().all()
    assert len(stored) == 1
    assert token not in stored[0], "only hashes are stored"
    with writing(engine) as conn:
        conn.execute(update(sessions).values(expires_at=datetime.now(UTC)))
    assert not login.is_valid(engine, token)
    other = login.open_session(engine, "a long pass phrase ü", settings)
    assert other
    assert count(engine, sessions) == 1, "ended sessions are cleared away"
    login.close_session(engine, other)
    assert not login.is_valid(engine, other)
