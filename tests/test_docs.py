"""What the README and the changelog say is so."""

import json
import re
import shutil
import sys
import tomllib
from inspect import ismodule
from pathlib import Path
from typing import Any

import pytest
import typer.main

import kg
from kg.articles import read_articles
from kg.build import build_article
from kg.cli import app, main
from kg.link.decisions import read_decisions
from kg.records import Article
from tests.conftest import ROOT
from tests.readme import BLOCK, README, TURTLE, commands, in_workshop, refreshed, shortened

TEXT = README.read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
SCHEMA = json.loads((ROOT / "kg" / "events.schema.json").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# Commands as typer gives them, of click's types, hence Any.
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
SCHEMA_PARTS = {"article": SCHEMA["properties"]} | {
    name: part["properties"] for name, part in SCHEMA["$defs"].items() if "properties" in part
}
HOSTS = re.compile(r"pypi\.|pythonhosted|npmjs|crates\.io|proxy\.golang|huggingface|jsdelivr|unpkg")
ABSOLUTE = re.compile(r"(?<![\w.:/~>])/(?:home|root|tmp|usr|opt|mnt|work|var|Users)\b|[A-Z]:\\")
TREE_NAME = re.compile(r"[\w.-]+(?:/|\.\w+)")


def section(heading: str) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    level = heading.split(" ")[0]
    start = TEXT.index(f"\n{heading}\n") + len(heading) + 2
    end = re.compile(rf"^#{{1,{len(level)}}} ", re.MULTILINE).search(TEXT, start)
    return TEXT[start : end.start() if end else None]


def blocks(language: str, text: str = TEXT) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def first_cells(text: str) -> list[str]:
    """The names in backquotes of the first column of the tables in ``text``."""
    rows = re.findall(r"^\| (`[^|]*?) \|", text, re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def files_in_tree() -> set[str]:
    """The paths that the README's tree names, folders with a stroke at the end."""
    (tree,) = (block for block in blocks("text") if block.startswith("kg/ "))
    found: set[str] = set()
    above: list[str] = []
    for line in tree.splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        for word in line.split():
            if not TREE_NAME.fullmatch(word):
                break
            found.add("".join(above[:depth]) + word)
            if word.endswith("/"):
                above[depth:] = [word]
    return found


@pytest.mark.parametrize("source", blocks("python"))
def test_python_example_runs(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    monkeypatch.chdir(tmp_path)
    exec(compile(source, str(README), "exec"), {})
    assert capsys.readouterr().out


@pytest.mark.slow
def test_commands_run(tmp_path: Path) -> None:
    text = refreshed(TEXT, in_workshop(tmp_path))
    for old, new in zip(BLOCK.finditer(TEXT), BLOCK.finditer(text), strict=True):
        assert commands(new["body"]) == commands(old["body"])
    assert (tmp_path / "graph.nt").is_file()


def test_blocks_show_what_was_printed() -> None:
    for match in BLOCK.finditer(TEXT):
        printed = [line for line in match["body"].splitlines() if not line.startswith("$ ")]
        assert printed, match["body"]
    assert all(match["sign"] in match["body"] for match in TURTLE.finditer(TEXT))


def test_help_is_the_real_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = shortened(capsys.readouterr().out, n_lines=40, width=110)
    assert f"```console\n$ kg --help\n{shown}```\n" in TEXT


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_command_is_documented_with_every_option(name: str) -> None:
    (row,) = re.findall(rf"^\| `kg {name}` \|.*$", section("## Commands"), re.MULTILINE)
    options = {
        option
        for parameter in COMMANDS[name].params
        if parameter.param_type_name == "option"
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    assert set(re.findall(r"`(--?[a-z-]+)`", row)) - {"-", "--help"} == options - {"--help"}


def test_no_command_is_documented_that_does_not_exist() -> None:
    shown = {line.split()[1] for match in BLOCK.finditer(TEXT) for line in commands(match["body"])}
    named = set(re.findall(r"`kg ([a-z]+)", TEXT))
    assert (shown | named) - {"--help"} == set(COMMANDS)


@pytest.mark.parametrize(
    "name", ["table", "csv", "json", "ttl", "nt", "jsonld", "jsonl", "graphml"]
)
def test_format_is_documented(name: str) -> None:
    assert f"`{name}`" in section("## Commands")


def test_all_is_what_is_exported_and_documented() -> None:
    public = {name for name, value in vars(kg).items() if name[0] != "_" and not ismodule(value)}
    assert list(kg.__all__) == sorted(kg.__all__)
    assert set(kg.__all__) == public
    assert sorted(first_cells(section("## Python"))) == sorted(kg.__all__)


def test_methods_of_the_graph_exist() -> None:
    (row,) = re.findall(r"^\| `KnowledgeGraph` \|.*$", TEXT, re.MULTILINE)
    names = re.findall(r"`\.(\w+)", row)
    fields = kg.KnowledgeGraph.__dataclass_fields__
    assert names
    assert [n for n in names if n not in fields and not hasattr(kg.KnowledgeGraph, n)] == []


@pytest.mark.parametrize("part", sorted(SCHEMA_PARTS))
def test_fields_are_those_of_the_schema(part: str) -> None:
    assert first_cells(section(f"#### {part}")) == list(SCHEMA_PARTS[part])


@pytest.mark.parametrize("part", sorted(SCHEMA_PARTS))
def test_fields_tell_every_value_that_is_allowed(part: str) -> None:
    rows = section(f"#### {part}")
    for name, kind in SCHEMA_PARTS[part].items():
        (row,) = re.findall(rf"^\| `{name}` \|.*$", rows, re.MULTILINE)
        assert [value for value in kind.get("enum", ()) if value not in row] == []


def test_files_that_are_named_exist() -> None:
    folders = [path.name for path in ROOT.iterdir() if path.is_dir() and path.name != "build"]
    start = "|".join(map(re.escape, folders))
    paths = re.findall(rf"(?<![\w/.])((?:{start})/[\w./-]*[\w/])", TEXT)
    paths += re.findall(r"`(LICENSE|Makefile|\w+\.(?:md|toml|lock))`", TEXT)
    assert len(paths) > 20
    theirs = {"decisions.toml"}  # what a user writes into a project
    assert sorted({path for path in paths if not (ROOT / path).exists()} - theirs) == []


def test_tree_is_the_real_one() -> None:
    named = files_in_tree()
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kg").rglob("*.py")}
    assert {path for path in named if path.endswith(".py")} == modules
    folders = {path for path in named if path.endswith("/")}
    assert {f"{path.rpartition('/')[0]}/" for path in modules} <= folders


def test_tree_has_every_folder() -> None:
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()}
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "."}
    assert folders - ignored == {
        path[:-1] for path in files_in_tree() if path.count("/") == 1 and path[-1] == "/"
    }


def test_nothing_names_a_machine_or_a_registry() -> None:
    for path in (README, ROOT / "CHANGELOG.md", ROOT / "LICENSE", ROOT / "kg/nlp/model/LICENSE"):
        text = path.read_text(encoding="utf-8")
        assert HOSTS.findall(text) == []
        assert ABSOLUTE.findall(text) == []


def test_changelog_says_what_each_dependency_serves() -> None:
    required = {re.split(r"[<>=]", each)[0] for each in PROJECT["project"]["dependencies"]}
    served = re.findall(r"^- `([\w-]+)`: \S", CHANGELOG.split("### Dependencies")[1], re.MULTILINE)
    assert sorted(served) == sorted(required)


def test_changelog_opens_with_the_version() -> None:
    first = re.search(r"^## .*$", CHANGELOG, re.MULTILINE)
    assert first
    assert PROJECT["project"]["version"] in first[0]


def test_examples_of_input_are_read(tmp_path: Path) -> None:
    shown = section("## What it reads")
    texts, records = blocks("text", shown), blocks("json", shown)
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    for suffix, text in zip(("json", "jsonl"), records, strict=True):
        folder = tmp_path / suffix
        folder.mkdir()
        (folder / f"records.{suffix}").write_text(text.replace('"a1"', f'"{suffix}"'))
    articles = list(read_articles([tmp_path]))
    assert all(isinstance(article, Article) for article in articles)
    dates = [str(article.published) for article in articles if isinstance(article, Article)]
    assert sorted(dates) == [*["2019-03-06"] * 4, "None"]


def test_a_word_that_is_added_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (addition,) = blocks("turtle", section("## Add words and places"))
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")
    monkeypatch.setattr("kg.resources.ontology_dir", lambda: tmp_path / "ontology")
    sentence = "Banks debanked the charity in March."
    article = Article(id="a", text=sentence)
    nlp = sys.modules["kg.build"]._pipeline()

    def found() -> list[tuple[str, str | None]]:
        return [(event.action, event.category) for event in build_article(article, nlp=nlp).events]

    assert sentence in TEXT
    assert found()[0][0] == "happening"
    with (tmp_path / "ontology" / "actions.ttl").open("a", encoding="utf-8") as file:
        file.write(f"\n{addition}")
    assert found() == [("debanking", "COERCE")]


def test_decisions_that_are_shown_are_read(tmp_path: Path) -> None:
    (shown,) = blocks("toml", section("## Who is who"))
    (tmp_path / "decisions.toml").write_text(shown, encoding="utf-8")
    entries = read_decisions(tmp_path / "decisions.toml").entries
    assert {(entry.is_same, bool(entry.names)) for entry in entries} == {
        (same, named) for same in (True, False) for named in (True, False)
    }


def test_scores_have_their_place() -> None:
    (table,) = re.findall(r"<!-- scores -->\n(.*?)<!-- /scores -->", TEXT, re.DOTALL)
    assert len(table.splitlines()) >= 10
