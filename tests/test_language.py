"""The model as extraction runs it: quicker than spaCy loads it, with the same parse."""

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import threadpool_info

from app.extraction.language import model_path, parse
from bench.articles import demo_articles


def test_the_parse_is_the_models_own(nlp: Language) -> None:
    peer = spacy.load(model_path())
    for source in demo_articles()[::3]:
        assert decisions(parse(source, nlp).doc) == decisions(parse(source, peer).doc), source.source_file


def decisions(doc: Doc) -> list[tuple[str, str, str, str, str, int, str, str]]:
    """What the model decided on each token."""
    return [(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i - t.i, t.ent_iob_, t.ent_type_) for t in doc]


def test_one_process_takes_one_core(nlp: Language) -> None:
    assert nlp.pipe_names
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} <= {1}
