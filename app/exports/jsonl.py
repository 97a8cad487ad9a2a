"""The public result format (`crisis-timeline/extraction/1`): one JSON object an article."""

import json
from dataclasses import asdict
from typing import Any

from app.domain.items import Extraction

SCHEMA = "crisis-timeline/extraction/1"


def result(extraction: Extraction) -> dict[str, Any]:
    """The extraction as the public format's object; keys may be added to it, never taken away."""
    source = extraction.source
    return {
        "schema": SCHEMA,
        "article": {
            "id": source.id,
            "title": source.title,
            "published": source.published.isoformat() if source.published else None,
            "url": source.url,
            "outlet": source.outlet,
            "language": source.language,
            "source_file": source.source_file,
            "sha256": source.sha256,
            "text": source.text,
            "paragraphs": list(source.paragraphs),
        },
        "statements": [asdict(item) for item in extraction.statements],
        "events": [asdict(item) for item in extraction.events],
        "troop_claims": [asdict(item) for item in extraction.troop_claims],
        "times": [asdict(item) for item in extraction.times],
        "actors": [asdict(item) for item in extraction.actors],
        "warnings": list(extraction.warnings),
        "knowledge": extraction.knowledge_hash,
    }


def result_line(extraction: Extraction) -> str:
    """The extraction as one line of JSON, with its newline; equal input gives equal bytes."""
    return json.dumps(result(extraction), ensure_ascii=False) + "\n"
