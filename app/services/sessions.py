"""Who may change the site: a password opens a session; the store keeps only hashes of its tokens."""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, delete, insert, select

from app.db.engine import reading, writing
from app.db.models import sessions
from app.settings import Settings

LIFETIME = timedelta(days=14)


def open_session(engine: Engine, password: str, settings: Settings) -> str | None:
    """Open a session where the password is the site's; returns its token, or None. Ended sessions are cleared away."""
    if settings.edit_password is None:
        return None
    # Hashes have one length, so that the time of the comparison tells nothing of the password, nor of its length.
    if not hmac.compare_digest(_hash(password), _hash(settings.edit_password.get_secret_value())):
        return None
    token = secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    with writing(engine) as conn:
        conn.execute(delete(sessions).where(sessions.c.expires_at <= now))
        conn.execute(insert(sessions).values(token_hash=_hash(token), created_at=now, expires_at=now + LIFETIME))
    return token


def is_valid(engine: Engine, token: str) -> bool:
    """Whether the token is of a session that is open still."""
    wanted = select(sessions.c.token_hash).where(
        sessions.c.token_hash == _hash(token), sessions.c.expires_at > datetime.now(UTC)
    )
    with reading(engine) as conn:
        return conn.execute(wanted).first() is not None


def close_session(engine: Engine, token: str) -> None:
    """End a session; nothing happens where it has ended already."""
    with writing(engine) as conn:
        conn.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
