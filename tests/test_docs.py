"""What the documents say is true of the program."""

import re
from pathlib import Path

from app.cli import cli
from app.settings import Settings
from app.web.views.accuracy import MEASURED

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_configuration_table_is_the_settings() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \| (.+?) \|$", README, re.MULTILINE)
    assert rows == [
        (name.upper(), shown(field.default), field.description) for name, field in Settings.model_fields.items()
    ]


def shown(default: object) -> str:
    return "" if default in (None, "") else f"`{int(default) if isinstance(default, bool) else default}`"


def test_every_command_is_in_the_readme() -> None:
    names = {
        command.name or command.callback.__name__.replace("_", "-")
        for command in cli.registered_commands
        if command.callback
    }
    described = set(re.findall(r"^\| `([a-z-]+)[ `\[]", README, re.MULTILINE))
    assert names == described


def test_links_in_documents_lead_somewhere() -> None:
    for document in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("app/knowledge/data/*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_make_targets_named_in_documents_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for document in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"`make ([a-z]+)", (ROOT / document).read_text(encoding="utf-8")):
            assert f"\n{target}:" in makefile, target


def test_the_sites_accuracy_is_the_readmes() -> None:
    table = README.partition("## Accuracy")[2].partition("## More")[0]
    rows = re.findall(r"^\| (?!what|---)(.*?) \| (.*?) \|$", table, re.MULTILINE)
    assert rows == [(each.what, each.figure) for each in MEASURED]
