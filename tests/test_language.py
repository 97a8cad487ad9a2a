"""The model as extraction runs it: quicker than spaCy loads it, with the same parse."""

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import threadpool_info

from app.domain.source import SourceText
from app.extraction.language import model_path, parse
from bench.articles import demo_articles

BESIDE_OTHERS = (  # words whose part of speech or lemma hangs on their neighbours or their label
    "There is no way that they're gonna stop, so let's wait; he ain't here, y'all.",
    "I told you that this was it, and that it gets what it has got, for you and I do.",
    "There is no way  that they have had to do so.",
)


def test_the_parse_is_the_models_own(nlp: Language) -> None:
    peer = spacy.load(model_path())
    for source in [*demo_articles()[::3], SourceText(title="", paragraphs=BESIDE_OTHERS)]:
        for _ in range(2):  # asked, then remembered
            with nlp.memory_zone():
                found = decisions(parse(source, nlp).doc)
            assert found == decisions(parse(source, peer).doc), source.source_file


def decisions(doc: Doc) -> list[tuple[str, str, str, str, str, int, str, str]]:
    """What the model decided on each token."""
    return [(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i - t.i, t.ent_iob_, t.ent_type_) for t in doc]


def test_one_process_takes_one_core(nlp: Language) -> None:
    assert nlp.pipe_names
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} <= {1}
