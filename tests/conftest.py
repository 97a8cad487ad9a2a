"""Fixtures that many tests share: the language model and the demo articles, each read once a run."""

import pytest
from spacy.language import Language

from app.domain.items import Extraction
from app.extraction.batch import extract_all
from app.extraction.language import load_language
from bench.articles import demo_articles


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The bundled language model."""
    return load_language()


@pytest.fixture(scope="session")
def seed_extractions() -> list[Extraction]:
    """What is found in each demo article, by file name."""
    return list(extract_all(demo_articles()))
