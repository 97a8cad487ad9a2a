"""Crisis Timeline: news articles in, a timeline of dated, attributed, sourced items out."""

__version__ = "0.1.0"
