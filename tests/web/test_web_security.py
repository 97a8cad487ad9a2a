"""Headers, foreign sites and hosts, the upload limit, the password."""

import socket
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from conftest import Site
from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine
from web_samples import article_file

from app.settings import Settings
from app.web.app import build_app
from app.web.security import LoginLimit

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FILE = {"files": [("files", ("a.txt", article_file(more="New."), "text/plain"))]}


@pytest.mark.parametrize("path", ["/", "/nosuch", "/static/css/site.css", "/healthz", "/articles/x"])
def test_every_answer_has_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_a_broken_page_shows_no_trace_and_keeps_the_headers(engine: Engine) -> None:
    app = build_app(Settings(host="127.0.0.1", edit_password=None), engine)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("secret detail")

    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        response = client.get("/broken")
    assert response.status_code == 500
    assert "Something broke on our side" in response.text
    assert "secret detail" not in response.text
    assert "Traceback" not in response.text
    assert response.headers["content-security-policy"] == CSP


def test_an_error_page_has_the_frame_of_every_page(site: Site, engine: Engine) -> None:
    html = site(engine).get("/nosuch").text
    assert 'href="/upload"' in html
    client = site(engine, edit_password="correct horse")
    assert "Editors’ login" in client.get("/nosuch").text
    client.post("/login", data={"password": "correct horse"})
    assert "Sign out" in client.get("/nosuch").text
    assert 'rel="canonical"' not in client.get("/nosuch").text


def test_an_error_page_needs_no_database(tmp_path: Path) -> None:
    nowhere = create_engine(f"sqlite:///{tmp_path}/no/such/folder/timeline.sqlite3")
    app = build_app(Settings(host="127.0.0.1", edit_password=None), nowhere)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        found, broken = client.get("/nosuch"), client.get("/")
    assert (found.status_code, broken.status_code) == (404, 500)
    assert "There is nothing here" in found.text
    assert "Something broke on our side" in broken.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"},
    ],
)
@pytest.mark.parametrize("path", ["/upload", "/demo/remove", "/articles/1/delete", "/login"])
def test_changes_from_other_sites_are_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    response = client.post(path, headers=headers)
    assert response.status_code == 403
    assert "another site" in response.text
    assert client.get("/articles/1").status_code == 200


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://127.0.0.1:8000"}]
)
def test_changes_from_this_site_pass(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/upload", headers=headers, **FILE).status_code == 303  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "10.0.0.1:8000"]
)
def test_foreign_hosts_are_refused_on_loopback(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "timeline.localhost", "LOCALHOST", "127.3.2.1:1"]
)
def test_names_of_this_machine_pass(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_other_hosts_pass_where_the_site_is_public(site, engine: Engine) -> None:
    assert site(engine, host="0.0.0.0").get("/", headers={"Host": "timeline.example"}).status_code == 200


EDITS = [
    ("GET", "/upload"), ("POST", "/upload"), ("GET", "/demo/remove"), ("POST", "/demo/remove"),
    ("POST", "/articles/1/date"), ("POST", "/articles/1/retry"),
    ("GET", "/articles/1/delete"), ("POST", "/articles/1/delete"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), EDITS)
def test_a_public_site_without_a_password_is_read_only(site, engine: Engine, method: str, path: str) -> None:
    client = site(engine, host="0.0.0.0")
    response = client.request(method, path)
    assert response.status_code == 403
    assert "read-only" in response.text
    assert 'href="/upload"' not in client.get("/").text
    assert client.get("/articles/1").status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "127.0.0.1"])
@pytest.mark.parametrize(("method", "path"), EDITS)
def test_with_a_password_changes_ask_for_it(site, engine: Engine, host: str, method: str, path: str) -> None:
    client = site(engine, host=host, edit_password="correct horse")
    response = client.request(method, path)
    assert response.status_code == 303
    assert response.headers["location"].startswith("/login?next=")


def test_the_password_opens_a_session_until_logout(site, engine: Engine) -> None:
    client = site(engine, host="0.0.0.0", edit_password="correct horse")
    wrong = client.post("/login", data={"password": "wrong"})
    assert wrong.status_code == 403
    assert "not the password" in wrong.text
    assert "set-cookie" not in wrong.headers
    right = client.post("/login", data={"password": "correct horse", "next": "/upload"})
    assert (right.status_code, right.headers["location"]) == (303, "/upload")
    cookie = right.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert client.get("/upload").status_code == 200
    assert client.post("/upload", **FILE).status_code == 303  # type: ignore[arg-type]
    token = client.cookies["session"]
    assert client.post("/logout").status_code == 303
    assert client.get("/upload").status_code == 303
    client.cookies.set("session", token)
    assert client.get("/upload").status_code == 303  # the session is over, not only forgotten


def test_a_made_up_session_opens_nothing(site, engine: Engine) -> None:
    client = site(engine, host="0.0.0.0", edit_password="correct horse")
    for token in ("x", "", "a" * 5000, "' or 1=1 --"):
        client.cookies.set("session", token)
        assert client.get("/upload").status_code == 303


def test_the_way_back_after_login_stays_on_this_site(site, engine: Engine) -> None:
    client = site(engine, host="0.0.0.0", edit_password="correct horse")
    for target in ("//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"):
        response = client.post("/login", data={"password": "correct horse", "next": target})
        assert response.headers["location"] == "/"


def test_many_wrong_passwords_wait(site, engine: Engine) -> None:
    client = site(engine, host="0.0.0.0", edit_password="correct horse")
    client.app.state.login_limit = LoginLimit(clock=lambda: 0.0)  # type: ignore[attr-defined]
    for _ in range(10):
        assert client.post("/login", data={"password": "wrong"}).status_code == 403
    assert client.post("/login", data={"password": "correct horse"}).status_code == 429


def test_the_wait_ends() -> None:
    now = 0.0
    limit = LoginLimit(clock=lambda: now)
    for _ in range(10):
        limit.note_failure()
    assert limit.is_reached()
    now = 301.0
    assert not limit.is_reached()


def test_a_large_upload_is_answered_with_a_page(site, empty: Engine) -> None:
    client = site(empty, max_upload_mb=1)
    response = client.post("/upload", files=[("files", ("big.txt", b"x" * 1_100_000, "text/plain"))])
    assert response.status_code == 413
    assert "larger than 1 MB" in response.text
    assert "Nothing was stored" in response.text
    assert "No articles yet" in client.get("/").text


def test_a_body_of_unknown_length_is_counted(site, empty: Engine) -> None:
    client = site(empty, max_upload_mb=1)
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="big.txt"\r\n\r\n'

    def body():  # type: ignore[no-untyped-def]
        yield head
        for _ in range(30):
            yield b"x" * 50_000
        yield b"\r\n--b--\r\n"

    response = client.post("/upload", content=body(), headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert response.status_code == 413


@pytest.fixture
def port(empty: Engine):  # type: ignore[no-untyped-def]
    """A real server with a limit of one megabyte."""
    app = build_app(Settings(host="127.0.0.1", edit_password=None, max_upload_mb=1), empty)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(10)


@pytest.mark.parametrize("sent", [0, 1_500_000])
def test_413_comes_before_the_body(port: int, sent: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(
            b"POST /upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\n"
            b"Content-Length: 900000000\r\n\r\n" + b"x" * sent
        )
        assert connection.recv(200).startswith(b"HTTP/1.1 413 ")
