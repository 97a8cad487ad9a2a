"""The configuration is read from the environment, once, and refused where it makes no sense."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_defaults_serve_this_machine_only_with_a_file_as_database() -> None:
    settings = Settings()
    assert (settings.host, settings.port, settings.seed) == ("127.0.0.1", 8000, True)
    assert settings.store_url == "sqlite:///data/timeline.sqlite3"
    assert settings.is_loopback
    assert not settings.is_read_only


def test_every_setting_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {
        "HOST": "0.0.0.0",
        "PORT": "9001",
        "DATA_DIR": "/srv/timeline",
        "DATABASE_URL": "postgres://me@db/crisis",
        "SITE_TITLE": "A crisis",
        "EDIT_PASSWORD": "secret",
        "SEED": "0",
        "MAX_UPLOAD_MB": "7",
        "KNOWLEDGE_DIR": "/srv/knowledge",
        "SPACY_MODEL": "en_core_web_sm",
        "LEASE_SECONDS": "60",
    }
    assert {name.upper() for name in Settings.model_fields} == set(environment)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert (settings.host, settings.port, settings.data_dir) == ("0.0.0.0", 9001, Path("/srv/timeline"))
    assert settings.store_url == "postgresql+psycopg://me@db/crisis"
    assert settings.seed is False
    assert settings.max_upload_bytes == 7_000_000
    assert settings.edit_password is not None
    assert "secret" not in repr(settings), "the password must not reach a log"


def test_empty_values_count_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert Settings() == Settings.model_construct()
    assert Settings().edit_password is None


@pytest.mark.parametrize(
    ("host", "password", "read_only"),
    [
        ("127.0.0.1", None, False),
        ("127.8.8.8", None, False),
        ("::1", None, False),
        ("localhost", None, False),
        ("0.0.0.0", None, True),
        ("::", None, True),
        ("192.168.1.5", None, True),
        ("timeline.example", None, True),
        ("0.0.0.0", "secret", False),
    ],
)
def test_the_site_is_read_only_where_others_reach_it_and_no_password_protects_it(
    host: str, password: str | None, read_only: bool
) -> None:
    assert Settings(host=host, edit_password=password).is_read_only is read_only


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "70000"), ("PORT", "http"), ("DATABASE_URL", "mysql://x/y"), ("SEED", "maybe"), ("MAX_UPLOAD_MB", "0")],
)
def test_nonsense_is_refused_with_the_name_of_the_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()
