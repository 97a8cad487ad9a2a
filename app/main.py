"""The web application's entry point: `uvicorn --factory app.main:create_app`, or `uvicorn app.main:app`."""

from fastapi import FastAPI

from app.settings import Settings, get_settings
from app.web.app import build_app


def create_app(settings: Settings | None = None) -> FastAPI:
    """The web application; without settings, with those of the environment."""
    return build_app(settings or get_settings())


def __getattr__(name: str) -> FastAPI:
    """Make `app` when somebody asks for it, so that an import reads no settings."""
    if name == "app":
        return create_app()
    raise AttributeError(name)
