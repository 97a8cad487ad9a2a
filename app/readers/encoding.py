"""Bytes to text: refuse what is no text, then byte-order mark, strict UTF-8, Windows-1252."""

import codecs
import re

from app.domain.errors import UnreadableFile

EMPTY = "The file is empty: there is nothing to read in it."
NOT_UTF_8 = "The file is not UTF-8; it was read as Windows-1252. Check accented letters and quote marks."

_SAVE = "Save the article's text as a plain text file (UTF-8) and upload that."
_MARKS = (  # the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"RIFF", "an image, sound or film (RIFF)"),
    (b"II*\x00", "an image (TIFF)"),
    (b"MM\x00*", "an image (TIFF)"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ", "a compressed file (xz)"),
    (b"7z\xbc\xaf", "an archive (7z)"),
    (b"Rar!", "an archive (RAR)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"ID3", "a sound file (MP3)"),
)
_ZIPPED = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"opendocument.text", "an OpenDocument text (.odt)"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MARKUP = re.compile(r"\s*<(!doctype html|html|head|body|\?xml)\b", re.IGNORECASE)
_SAMPLE = 65_536
_STRAY_CONTROLS = 8  # so many, or one in a hundred bytes, are no reason to refuse an article


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and warnings about how it was read.

    Raises UnreadableFile for an empty file, for one that is no text (with what it looks like), and for a broken one.
    """
    if not data.strip():
        raise UnreadableFile(EMPTY)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), ()
            except UnicodeDecodeError:
                name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
                raise UnreadableFile(f"The file begins as {name} but is damaged. {_SAVE}") from None
    _refuse_binary(data)
    warnings: tuple[str, ...] = ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text, warnings = data.decode("cp1252"), (NOT_UTF_8,)
        except UnicodeDecodeError:
            raise UnreadableFile(
                f"The file's encoding is unknown: it is neither UTF-8 nor Windows-1252. {_SAVE}"
            ) from None
    if markup := _MARKUP.match(text):
        what = "an XML file" if markup[1].lower() == "?xml" else "a web page (HTML)"
        raise UnreadableFile(f"The file is {what}. {_SAVE}")
    return text, warnings


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    for magic, what in _MAGIC:
        if sample.startswith(magic):
            raise UnreadableFile(f"The file is {what}, not text. {_SAVE}")
    if sample.startswith(b"PK\x03\x04"):
        what = next((name for member, name in _ZIPPED if member in sample), "an archive (ZIP)")
        raise UnreadableFile(f"The file is {what}, not text. {_SAVE}")
    if b"\0" in sample:
        if len(sample) > 2 and (not any(sample[1::2]) or not any(sample[::2])):
            raise UnreadableFile(f"The file looks like UTF-16 without a byte-order mark. {_SAVE}")
        raise UnreadableFile(f"The file is binary, not text. {_SAVE}")
    if len(_CONTROL.findall(sample)) > max(_STRAY_CONTROLS, len(sample) / 100):
        raise UnreadableFile(f"The file is binary, not text. {_SAVE}")
