"""Views and templates fit each other; no page carries inline code; the web process stays light."""

import dataclasses
import importlib
import inspect
import pkgutil
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from jinja2 import TemplateRuntimeError, UndefinedError, meta, nodes
from sqlalchemy import Engine, event
from web_samples import add_articles

import app.web.views
from app.db.engine import open_engine
from app.web.render import TEMPLATES, environment, html
from bench.synthetic import add_items

SHARED = {
    "base.html",
    "timeline/_figure.html",
    "timeline/_overview.html",
    "timeline/_filters.html",
    "troops/_chart.html",
}
GIVEN = {
    "timeline/_figure.html": "Figure",
    "timeline/_overview.html": "Overview",
    "timeline/_filters.html": "Results",
    "troops/_chart.html": "Chart",
}


def view_classes() -> dict[str, type]:
    """Every view, by its name."""
    modules = [
        importlib.import_module(f"app.web.views.{each.name}") for each in pkgutil.iter_modules(app.web.views.__path__)
    ]
    members = [member for module in modules for member in vars(module).values() if inspect.isclass(member)]
    return {member.__name__: member for member in members if _is_view(member)}


def _is_view(member: type) -> bool:
    return dataclasses.is_dataclass(member) and member.__module__.startswith("app.web.views.")


def attributes(view: type) -> set[str]:
    properties = {name for name, member in vars(view).items() if isinstance(member, property)}
    return {field.name for field in dataclasses.fields(view)} | properties


CLASSES = view_classes()
BY_TEMPLATE = {view.template: view for view in CLASSES.values() if hasattr(view, "template")}


def used_of_view(template: str) -> set[str]:
    """The attributes of `view` that a template reads itself, outside `with view = ...`."""
    tree = environment.parse((TEMPLATES / template).read_text())
    found = {
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == "view"
    }
    for inner in tree.find_all(nodes.With):
        assert all(isinstance(child, nodes.Include | nodes.Output) for child in inner.body)
    return found


@pytest.mark.parametrize("template", sorted(BY_TEMPLATE))
def test_a_template_reads_only_what_its_view_has(template: str) -> None:
    assert used_of_view(template) <= attributes(BY_TEMPLATE[template])


@pytest.mark.parametrize("template", sorted(BY_TEMPLATE))
def test_every_field_of_a_view_is_shown(template: str) -> None:
    view, shown = BY_TEMPLATE[template], used_of_view(template)
    for included in environment.parse((TEMPLATES / template).read_text()).find_all(nodes.Include):
        name = included.template.value  # type: ignore[attr-defined]
        if name in GIVEN and CLASSES[GIVEN[name]] is view:
            shown |= used_of_view(name)
    if "{% extends" in (TEMPLATES / template).read_text():
        shown.add("shell")
    assert {field.name for field in dataclasses.fields(view)} <= shown


@pytest.mark.parametrize("template", sorted(GIVEN))
def test_a_part_reads_only_what_it_is_given(template: str) -> None:
    assert used_of_view(template) <= attributes(CLASSES[GIVEN[template]])


def test_every_template_has_a_view_or_is_a_part() -> None:
    files = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if path.parent.name != "macros"}
    assert files == set(BY_TEMPLATE) | SHARED


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_templates_know_no_other_names(path) -> None:  # type: ignore[no-untyped-def]
    tree = environment.parse(path.read_text())
    own = {node.target for node in tree.find_all(nodes.Import)}
    own |= {node.target.name for node in tree.find_all(nodes.Assign) if isinstance(node.target, nodes.Name)}
    assert meta.find_undeclared_variables(tree) <= {"view"} | own | set(environment.globals)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_holds_code_or_style(path) -> None:  # type: ignore[no-untyped-def]
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:|hx-on|\|\s*safe|js:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_a_missing_name_is_an_error() -> None:
    with pytest.raises((UndefinedError, TemplateRuntimeError)):
        environment.from_string("{{ view.nothing }}").render(view=object())


def test_views_are_frozen() -> None:
    for view in CLASSES.values():
        assert view.__dataclass_params__.frozen, view  # type: ignore[attr-defined]


def test_html_fills_a_view_in() -> None:
    notice = CLASSES["ErrorNotice"](title="<b>", message="a & b")
    assert "&lt;b&gt;" in html(notice)


def test_the_web_process_never_imports_spacy() -> None:
    code = """
import sys
from app.main import create_app
from app.settings import Settings
create_app(Settings(database_url="sqlite://"))
heavy = {"spacy", "thinc"}
sys.exit(any(name.split(".")[0] in heavy or name.startswith("app.extraction") for name in sys.modules))
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?kind=statement&q=deaf",
        "/articles",
        "/articles/1",
        "/uploads/{uid}",
        "/items/{item}",
        "/actors",
        "/actors/liz-truss",
        "/countries",
        "/countries/RU",
    ],
)
def test_a_pages_query_count_does_not_grow(site, make_engine, path: str) -> None:  # type: ignore[no-untyped-def]
    counts = []
    for articles in (3, 6):
        engine: Engine = make_engine("empty")
        upload = add_articles(engine, articles)
        client: TestClient = site(engine)
        item = re.findall(r'id="card-([0-9a-z]+)"', client.get("/").text)[0]
        statements: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *args, log=statements: log.append(args[2]))
        assert client.get(path.format(uid=upload, item=item)).status_code == 200
        counts.append(len(statements))
    assert counts[1] <= counts[0]  # a full page asks once less
    assert counts[0] < 40


@pytest.fixture(scope="module")
def sizes(databases, tmp_path_factory) -> Iterator[tuple[Engine, ...]]:  # type: ignore[no-untyped-def]
    """Databases of 10, 100 and 1,000 items."""
    engines = []
    for number in (10, 100, 1_000):
        path = tmp_path_factory.mktemp("sizes") / f"{number}.sqlite3"
        shutil.copy(databases["empty"], path)
        engines.append(open_engine(f"sqlite:///{path}"))
        add_items(engines[-1], number)
    yield tuple(engines)
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize(
    "path",
    ["/", "/?kind=troops", "/articles", "/actors", "/actors?name=a", "{actor}", "/countries", "{country}", "{item}"],
)
def test_a_thousand_items_ask_no_more_than_a_few(site, sizes: tuple[Engine, ...], path: str) -> None:  # type: ignore[no-untyped-def]
    counts = []
    for engine in sizes:
        client: TestClient = site(engine)
        named = {
            "actor": re.search(r'href="(/actors/[^"?]+)"', client.get("/actors").text)[1],  # type: ignore[index]
            "country": re.search(r'href="(/countries/[^"?]+)"', client.get("/countries").text)[1],  # type: ignore[index]
            "item": re.search(r'href="(/items/[^"?]+)"', client.get("/").text)[1],  # type: ignore[index]
        }
        address = path.format(**named)
        client.get(address)  # what is read once a generation is in memory now
        statements: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *args, log=statements: log.append(args[2]))
        assert client.get(address).status_code == 200
        counts.append(len(statements))
    assert max(counts) < 30, counts  # a page with more to show asks a little more, but not for each item


@pytest.mark.parametrize("name", ["css/site.css", "js/site.js", "vendor/htmx-4.0.1.min.js", "favicon.svg"])
def test_static_files_are_kept_by_browsers(client: TestClient, name: str) -> None:
    page = client.get("/").text
    address = re.search(rf'"(/static/{re.escape(name)}[^"]*)"', page)[1]  # type: ignore[index]
    response = client.get(address)
    assert response.status_code == 200
    assert "immutable" in response.headers["cache-control"]


def test_vendored_files_are_those_of_their_readme() -> None:
    import hashlib

    from app.web.render import STATIC

    rows = re.findall(r"^\| (\S+) \| .*? ([0-9a-f]{64}) \|$", (STATIC / "vendor/README.md").read_text(), re.MULTILINE)
    files = {
        str(path.relative_to(STATIC / "vendor"))
        for path in (STATIC / "vendor").rglob("*.*")
        if path.suffix in {".js", ".json", ".woff2"}
    }
    assert {name for name, _ in rows} == files
    for name, digest in rows:
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == digest
