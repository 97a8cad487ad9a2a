"""Readers: every file becomes an article, or a message that says what is wrong with it and what to do."""

import json
import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UnreadableFile
from app.domain.source import SourceText
from app.readers import read_document, read_documents, read_each
from app.readers.encoding import NOT_UTF_8
from app.readers.normalise import TITLE_MADE, clean_lines

ARTICLE = """Envoys leave the talks without a word
20220215
https://www.news.example/world/1?x=2
MINSK -- The envoys left on Tuesday.

  "We said nothing," one of them said. \t
"""


def read(content: str | bytes, filename: str = "article.txt", **more: date) -> SourceText:
    data = content.encode() if isinstance(content, str) else content
    return read_document(data, filename=filename, **more)


def refused(content: str | bytes, filename: str = "article.txt") -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(content, filename)
    return str(caught.value)


def test_an_article_with_title_date_url_and_paragraphs() -> None:
    source = read(ARTICLE, "a.txt")
    assert source.title == "Envoys leave the talks without a word"
    assert source.published == date(2022, 2, 15)
    assert source.url == "https://www.news.example/world/1?x=2"
    assert source.outlet == "news.example"
    assert source.paragraphs == ("MINSK -- The envoys left on Tuesday.", '"We said nothing," one of them said.')
    assert source.source_file == "a.txt"
    assert len(source.sha256) == 64
    assert source.warnings == ()


@pytest.mark.parametrize(
    ("head", "published", "url"),
    [
        ("Title\n", None, None),
        ("Title\n20220215\n", date(2022, 2, 15), None),
        ("Title\n2022-02-15\n", date(2022, 2, 15), None),
        ("Title\nhttps://a.example/1\n", None, "https://a.example/1"),
        ("Title\nhttps://a.example/1\n20220215\n", date(2022, 2, 15), "https://a.example/1"),
        ("Title\nTuesday, February 15, 2022\n", date(2022, 2, 15), None),
        ("Title\nPublished: 15 Feb. 2022\n", date(2022, 2, 15), None),
        ("Title\nFebruary 30, 2022\n", None, None),  # no such day: not a date line, so it stays text
    ],
)
def test_date_and_url_lines_may_be_missing_and_change_places(
    head: str, published: date | None, url: str | None
) -> None:
    source = read(head + "Some text stands here.")
    assert (source.title, source.published, source.url) == ("Title", published, url)
    assert source.paragraphs[-1] == "Some text stands here."


@pytest.mark.parametrize(
    ("content", "title", "why"),
    [
        ("20220215\nTroops left the town. They went home.", "Troops left the town. They went home.", "date line first"),
        ("KYIV, Ukraine -- Troops left the town.\nMore.", "KYIV, Ukraine -- Troops left the town.", "dateline"),
        ("(Reuters) - Troops left the town.\nMore.", "(Reuters) - Troops left the town.", "agency"),
        (
            "The troops left the town on Monday, he said.\nMore.",
            "The troops left the town on Monday, he said.",
            "prose",
        ),
        ("Troops left on Monday, he said.", "Troops left on Monday, he said.", "an article of one line"),
    ],
)
def test_without_a_title_line_the_first_words_stand_in_and_no_text_is_lost(content: str, title: str, why: str) -> None:
    source = read(content)
    assert source.title == title, why
    assert title in source.paragraphs
    assert TITLE_MADE in source.warnings


def test_a_made_title_is_cut_at_a_word() -> None:
    source = read("The minister said " + "that the talks would go on " * 20 + ".")
    assert len(source.title) <= 91
    assert source.title.endswith("…")
    assert source.paragraphs[0].startswith(source.title[:-1] + " ")


@pytest.mark.parametrize(
    "title",
    [
        "Troops leave. Or do they?",
        "Stop!",
        "Talks end.",
        "A headline that goes on for very many words and says what a paragraph would say, and has a date line. " * 3,
    ],
)
def test_headlines_that_look_like_sentences_stay_titles_where_a_date_line_follows(title: str) -> None:
    assert read(f"{title}\n20220215\nText.").title == title.strip()


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("KYIV, Feb. 15, 2022 -- Troops left.", date(2022, 2, 15)),
        ("KYIV, Ukraine, 15 February 2022 (Wire) — Troops left.", date(2022, 2, 15)),
        ("MOSCOW (February 5, 2022) - Troops left.", date(2022, 2, 5)),
        ("KYIV, Feb. 15 -- Troops left.", None),  # no year: never guessed
        ("KYIV -- Troops left on February 15, 2022.", None),  # a date in the text is not the article's
        ("KYIV, Feb. 31, 2022 -- Troops left.", None),
    ],
)
def test_only_a_full_date_in_a_dateline_stands_in_for_a_date_line(text: str, published: date | None) -> None:
    assert read(f"Troops leave\nFirst, another paragraph.\n{text}").published == published
    assert read(f"Troops leave\n20200101\n{text}").published == date(2020, 1, 1)


def test_a_date_from_outside_is_for_articles_that_give_none() -> None:
    assert read("Title\nText.", published=date(2021, 1, 1)).published == date(2021, 1, 1)
    assert read("Title\n20220215\nText.", published=date(2021, 1, 1)).published == date(2022, 2, 15)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n\r\n\t", "empty"),
        ("\u200b\n\ufeff\u200e\n".encode(), "empty"),
        (b"Only a title", "no text"),
        (b"Title\n20220215\nhttps://a.example/1\n", "no text"),
        (b"Title\n20220230\nText.", "20220230"),
        (b"Title\n20221301\nText.", "no such day"),
        (b"%PDF-1.7 text", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xff\xd8\xff\xe0....", "JPEG"),
        (b"PK\x03\x04....[Content_Types].xml....word/document.xml", "Word"),
        (b"PK\x03\x04....a.txt", "ZIP"),
        (b"\xd0\xcf\x11\xe0....", "Office"),
        (b"{\\rtf1 Title}", "RTF"),
        (b"\x1f\x8b\x08....", "gzip"),
        (b"Title\nText\x00\x01\x02 with zeros", "binary"),
        (bytes(range(1, 32)) * 40, "binary"),
        (b"Title\nText \x81\x8d\x8f of no encoding", "encoding is unknown"),
        ("Title\nText.".encode("utf-16-le"), "UTF-16 without"),
        (b"\xff\xfeT\x00i", "damaged"),
        (b"<!DOCTYPE html><html><body>Text</body></html>", "HTML"),
        (b"\n <HTML><p>Text", "HTML"),
        (b'<?xml version="1.0"?><newsItem/>', "XML"),
    ],
)
def test_what_is_no_article_is_refused_with_what_it_is_and_what_to_do(content: bytes, says: str) -> None:
    if content == b"\xff\xfeT\x00i":
        content = "Title".encode("utf-16") + b"\x00"
    message = refused(content)
    assert says in message
    assert message.endswith((".", "one a line."))


def test_json_needs_one_article_a_line() -> None:
    assert ".jsonl" in refused('{"text": "Text."}', "article.json")


def test_too_much_text_is_refused_at_once() -> None:
    began = time.monotonic()
    assert "too long" in refused(b"Title\n" + b"word " * 4_000_000)  # 20 MB
    assert "too long" in refused(b"Title\n" + b"word " * 420_000)  # 2.1 million characters
    assert time.monotonic() - began < 0.5
    assert len(read(b"Title\n" + b"word " * 390_000).text) > 1_900_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_their_marks(encoding: str) -> None:
    text = "Заголовок “тут”\n20220215\nТекст — и 😀, ещё, naïve café."
    source = read(text.encode(encoding))
    assert source.title == "Заголовок “тут”"
    assert source.text == "Текст — и 😀, ещё, naïve café."
    assert source.warnings == ()


def test_windows_1252_is_read_with_a_warning() -> None:
    source = read("Title\nThe café’s owner said “no” — twice.".encode("cp1252"))
    assert source.text == "The café’s owner said “no” — twice."
    assert source.warnings == (NOT_UTF_8,)


def test_white_space_control_and_format_characters() -> None:
    source = read(
        "Title\u200b here\n\u202eText\u00a0with\u3000odd\tspace\u00ad,\u0007 zero\u200dwidth.\u2028\r\n"
        "Next\x85line.\rLast."
    )
    assert source.title == "Title here"
    assert source.paragraphs == ("Text with odd space, zerowidth.", "Next line.", "Last.")


def test_right_to_left_text_emoji_and_tags_survive() -> None:
    arabic, emoji, tags = (
        "قال الوزير إن القوات انسحبت.",
        "Troops left 🚀🇺🇦.",
        "<b>He</b> said &amp; <script>alert(1)</script>",
    )
    source = read(f"Title\n{arabic}\n{emoji}\n{tags}")
    assert source.paragraphs == (arabic, emoji, tags)


@given(st.text())
def test_normalised_lines_follow_the_rule(text: str) -> None:
    lines = clean_lines(text)
    for line in lines:
        assert line
        assert line == line.strip()
        assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} or (c.isspace() and c != " ") for c in line)
    assert clean_lines("\n".join(lines)) == lines, "normal text stays as it is"

    def kept(value: str) -> str:
        return "".join(c for c in value if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf", "Cs"})

    assert kept("".join(lines)).replace("\ufffd", "") == kept(text).replace("\ufffd", "")


@given(st.one_of(st.binary(), st.text().map(str.encode)), st.sampled_from(["a.txt", "a.jsonl", "a.json", "a", ".txt"]))
def test_any_bytes_are_read_or_refused(data: bytes, filename: str) -> None:
    for found in read_each(data, filename=filename):
        if isinstance(found, SourceText):
            assert found.title
            assert found.paragraphs
            found.text.encode()
        else:
            assert isinstance(found, UnreadableFile)
            assert str(found)


@pytest.mark.parametrize(
    "url", ["http://[broken/x", "https://user@host.example:99/x", "https:///x", "HTTPS://WWW.A.Example"]
)
def test_any_url_line_gives_an_outlet_or_none(url: str) -> None:
    source = read(f"Title\n{url}\nText.")
    assert source.url == url
    assert source.outlet in {None, "host.example", "a.example"}


def test_json_lines() -> None:
    records = [
        {
            "id": "x/1",
            "text": "One.\n\nTwo.",
            "title": "A title",
            "published": "2022-02-15",
            "url": "https://a.example/1",
        },
        {"text": "The minister left.", "date": "2022-02-16T10:00:00+03:00"},
        {"id": 7, "text": "KYIV, Feb. 15, 2022 -- The minister left.", "dct": ""},
        {"text": "Undated.", "published": None},
    ]
    data = "\n".join(json.dumps(record) for record in records) + "\n\n"
    first, second, third, fourth = read_documents(data.encode(), filename="all.jsonl")
    assert (first.id, first.title, first.paragraphs) == ("x/1", "A title", ("One.", "Two."))
    assert (first.published, first.url, first.outlet) == (date(2022, 2, 15), "https://a.example/1", "a.example")
    assert (second.title, second.published) == ("The minister left.", date(2022, 2, 16))
    assert (third.id, third.published) == ("7", date(2022, 2, 15))
    assert (fourth.id, fourth.published) == (None, None)
    assert "4 articles" in refused(data, "all.jsonl")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("no json", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1]", "object"),
        ('{"title": "No text"}', "no `text`"),
        ('{"text": 7}', "string"),
        ('{"text": "\\u200b"}', "empty"),
        ('{"text": "Text.", "published": "2022-02-30"}', "no such day"),
        ('{"text": "Text.", "published": "soon"}', "no date"),
    ],
)
def test_a_bad_json_line_is_named_and_the_others_are_read(line: str, says: str) -> None:
    data = f'{{"text": "Good one."}}\n{line}\n{{"text": "Good \\ud83d too."}}'.encode()
    good, bad, last = read_each(data, filename="all.jsonl")
    assert isinstance(good, SourceText)
    assert isinstance(bad, UnreadableFile)
    assert str(bad).startswith("Line 2: ")
    assert says in str(bad)
    assert isinstance(last, SourceText)
    assert last.text == "Good \ufffd too.", "half a surrogate pair fits into no database"
