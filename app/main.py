"""The web application's entry point: `uvicorn --factory app.main:create_app`, or `uvicorn app.main:app`."""

import gc

from fastapi import FastAPI

from app.settings import Settings, get_settings
from app.web.app import build_app


def create_app(settings: Settings | None = None) -> FastAPI:
    """The web application; without settings, with those of the environment."""
    app = build_app(settings or get_settings())
    gc.collect()
    gc.freeze()  # what is loaded by now stays: collections that went through it would hold up answers for 0.1 s
    return app


def __getattr__(name: str) -> FastAPI:
    """Make `app` when somebody asks for it, so that an import reads no settings."""
    if name == "app":
        return create_app()
    raise AttributeError(name)
