"""What is told in whose words: the statement that a word stands in."""

from collections.abc import Sequence

from spacy.tokens import Token

from app.domain.items import Statement


def statement_at(token: Token, statements: Sequence[Statement]) -> Statement | None:
    """The innermost statement whose content holds the word, or None where the article speaks itself."""
    inside = [s for s in statements if s.start <= token.idx < s.end]
    return min(inside, key=lambda s: s.end - s.start) if inside else None
