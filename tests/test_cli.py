import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

from kg.build import KnowledgeGraph
from kg.cli import main
from kg.jsonl import read_jsonl, to_jsonl
from kg.nlp import encoder, pipeline
from kg.records import Article, ArticleResult
from tests.conftest import ROOT
from tests.example import captured

HEAVY = ("networkx", "numpy", "onnxruntime", "pyvis", "rdflib", "spacy")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs ``kg`` with arguments; gives the exit code and what it printed."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        output = capsysbinary.readouterr()
        code = ended.value.code or 0
        assert isinstance(code, int)
        return code, output.out.decode(), output.err.decode()

    return call


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    KnowledgeGraph(results=(captured(),)).save(folder)
    return folder


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are analysed without a model."""

    def analyse(article: Article) -> ArticleResult:
        return captured(article.id)

    # The module by its place in sys.modules, because kg.build is the function.
    monkeypatch.setattr(sys.modules["kg.build"], "analyse_article", analyse)


def test_help_names_every_command(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for command in ("build", "query", "view", "export", "merges", "unmerge", "relink", "parse"):
        assert f"\n  {command} " in out


def test_version_is_told(run: Run) -> None:
    assert run("--version")[:2] == (0, "kg 0.1.0\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["nothing"],
        ["export", "x", "--format", "png"],
        ["build", "x", "--max-failure-rate", "2"],
    ],
)
def test_wrong_call_ends_with_two(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "Usage: kg" in err


def test_help_imports_nothing_heavy() -> None:
    script = f"import sys, kg.cli; print([name for name in {HEAVY} if name in sys.modules])"
    command = [sys.executable, "-c", script]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.usefixtures("by_hand")
def test_build_writes_a_project_and_ends_with_five_lines(run: Run, tmp_path: Path) -> None:
    project = tmp_path / "project"
    code, out, err = run("build", ROOT / "corpus", "-o", project)
    assert (code, out) == (0, "")
    summary = err.splitlines()
    assert [line.split()[0] for line in summary] == ["read", "found", "page", "graph", "records"]
    assert "4 actors and places, 1 event told as fact, 0 denied" in summary[1]
    for line in summary[2:]:
        assert Path(line.split(maxsplit=1)[1]).is_file()
    assert [result.article.id for result in read_jsonl(project / "events.jsonl")] == [
        "2019-03-06-baghouz"
    ]


@pytest.mark.usefixtures("by_hand")
def test_build_of_many_articles_tells_how_far_it_is(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"Units took town {number}."}) for number in range(250)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    err = run("build", tmp_path / "many.jsonl", "-o", tmp_path / "out")[2]
    assert err.splitlines()[:2] == ["100 articles", "200 articles"]
    assert len(err.splitlines()) == 7


@pytest.mark.usefixtures("by_hand")
def test_build_prints_json_for_machines(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("build", ROOT / "corpus", "-o", tmp_path, "--json")
    assert code == 0
    assert json.loads(out)["counts"]["articles"] == 1


@pytest.mark.usefixtures("by_hand")
@pytest.mark.parametrize(("rate", "expected"), [(None, 1), ("0.4", 1), ("0.5", 0)])
def test_build_goes_on_past_what_fails(
    run: Run, tmp_path: Path, rate: str | None, expected: int
) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    (tmp_path / "good.txt").write_text("Units took the town.")
    rates = ["--max-failure-rate", rate] if rate else []
    code, _, err = run("build", tmp_path, "-o", tmp_path / "out", *rates)
    assert code == expected
    assert f"error: {tmp_path}/bad.txt: byte 0xff at offset 0 is not UTF-8" in err
    assert "1 failed" in err
    assert [result.article.id for result in read_jsonl(tmp_path / "out/events.jsonl")] == ["good"]


@pytest.mark.usefixtures("by_hand")
def test_build_leaves_the_earlier_project_where_nothing_can_be_read(
    run: Run, project: Path
) -> None:
    before = {path.name: path.read_bytes() for path in project.iterdir()}
    code, out, err = run("build", project / "none.txt", "-o", project)
    assert (code, out) == (1, "")
    assert "none.txt: no such file" in err
    assert err.splitlines()[-1].startswith(f"error: {project}: nothing to write")
    assert {path.name: path.read_bytes() for path in project.iterdir()} == before


def test_build_says_before_the_work_that_it_cannot_write(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    code, out, err = run("build", ROOT / "corpus", "-o", tmp_path / "file")
    assert (code, out) == (1, "")
    assert err.startswith(f"error: {tmp_path}/file: cannot be written")
    assert err.count("\n") == 1


def test_view_draws_the_page_again(run: Run, project: Path) -> None:
    page = project / "graph.html"
    drawn = page.read_bytes()
    page.unlink()
    assert run("view", project) == (0, f"{page}\n", "")
    assert page.read_bytes() == drawn


def test_view_writes_where_it_is_told(run: Run, project: Path, tmp_path: Path) -> None:
    page = tmp_path / "new" / "page.html"
    assert run("view", project, "-o", page, "--no-browser")[0] == 0
    assert page.read_bytes() == (project / "graph.html").read_bytes()


@pytest.mark.parametrize(
    ("form", "part"),
    [
        ("ttl", "@prefix kg: <"),
        ("nt", "<https://w3id.org/newskg/"),
        ("jsonld", '"@graph"'),
        ("jsonl", '{"id":"hajin"'),
        ("graphml", "<graphml"),
    ],
)
def test_export_prints_or_writes(run: Run, project: Path, form: str, part: str) -> None:
    code, out, err = run("export", project, "--format", form)
    assert (code, err) == (0, "")
    assert part in out
    assert run("export", project, "--format", form, "-o", project / "x")[:2] == (0, "")
    assert (project / "x").read_bytes().decode() == out


SELECT = "SELECT ?actor ?target WHERE { ?e a sem:Event ; kg:actor ?a ; kg:target ?t . \
?a rdfs:label ?actor . ?t rdfs:label ?target }"
CONSTRUCT = "CONSTRUCT { ?a kg:named true } WHERE { ?e kg:actor ?a }"


def test_query_gives_csv_when_piped(run: Run, project: Path) -> None:
    code, out, err = run("query", project, SELECT)
    assert (code, err) == (0, "")
    assert out == "actor,target\r\nAlma units,400 fighters\r\n"


def test_query_gives_a_table(run: Run, project: Path) -> None:
    code, out, err = run("query", project, SELECT, "--format", "table")
    assert (code, err) == (0, "1 row\n")
    assert [line.strip("│┃ ").split() for line in out.splitlines()][1::2] == [
        ["actor", "┃", "target"],
        ["Alma", "units", "│", "400", "fighters"],
    ]


def test_table_shows_what_looks_like_markup(run: Run, project: Path) -> None:
    _, out, _ = run("query", project, "SELECT ('[red]a[/red]' AS ?x) {}", "--format", "table")
    assert "[red]a[/red]" in out


def test_query_gives_json(run: Run, project: Path) -> None:
    _, out, _ = run("query", project, SELECT, "--json")
    (row,) = json.loads(out)["results"]["bindings"]
    assert row["actor"]["value"] == "Alma units"
    assert run("query", project, SELECT, "--format", "json")[1] == out


def test_query_answers_yes_or_no(run: Run, project: Path) -> None:
    assert run("query", project, "ASK { ?e kg:actor ?a }")[1].strip() == "true"
    assert "false" in run("query", project, "ASK { kg:x kg:y ?z }", "--format", "table")[1]


def test_query_gives_a_graph_as_turtle(run: Run, project: Path) -> None:
    code, out, _ = run("query", project, CONSTRUCT)
    assert code == 0
    assert "ent:e-alma-units kg:named true ." in out
    assert "kg:named" in run("query", project, CONSTRUCT, "--format", "table")[1]


@pytest.mark.parametrize(
    ("sparql", "form", "message"),
    [
        (SELECT, "ttl", "--format ttl: the query gives rows"),
        (CONSTRUCT, "csv", "graph"),
        ("SELECT {", "csv", "SPARQL"),
        ("DROP ALL", "csv", "DROP"),
        ("@none.rq", "csv", "none.rq: cannot be read"),
    ],
)
def test_query_that_cannot_be_answered_is_explained(
    run: Run, project: Path, sparql: str, form: str, message: str
) -> None:
    code, out, err = run("query", project, sparql, "--format", form)
    assert (code, out) == (1, "")
    assert err.startswith("error: ")
    assert message in err


def test_query_is_read_from_a_file_or_standard_input(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run("query", project, SELECT)[1]
    (project / "q.rq").write_text(SELECT, encoding="utf-8")
    assert run("query", project, f"@{project}/q.rq")[1] == expected
    monkeypatch.setattr("sys.stdin", StringIO(SELECT))
    assert run("query", project, "-")[1] == expected


def test_query_has_a_time_limit(run: Run, project: Path) -> None:
    assert run("query", project, SELECT, "--timeout", "30")[0] == 0
    code, _, err = run("query", project, SELECT, "--timeout", "0")
    assert code == 1
    assert "not answered within 0 s" in err


@pytest.mark.parametrize("command", [["view"], ["export"], ["query", "ASK {}"]])
def test_folder_that_is_no_project_is_named(run: Run, tmp_path: Path, command: list[str]) -> None:
    code, out, err = run(command[0], tmp_path, *command[1:])
    assert (code, out) == (1, "")
    assert err.startswith(f"error: {tmp_path}/")
    assert "kg build" in err


def test_evaluate_prints_a_table(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(to_jsonl([captured()]), encoding="utf-8")
    code, out, err = run("evaluate", path, path)
    assert (code, err) == (0, "")
    assert out.splitlines()[1].split() == ["events", "100.0", "100.0", "100.0", "1", "0", "0"]


def test_evaluate_has_no_score_where_nothing_is_to_score(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(to_jsonl([ArticleResult(article=Article(id="a", text="Rain."))]))
    scores: dict[str, Any] = json.loads(run("evaluate", path, path, "--json")[1])
    assert scores["events"] == {
        "precision": None,
        "recall": None,
        "f1": None,
        "right": 0,
        "wrong": 0,
        "missed": 0,
    }
    assert "n/a" in run("evaluate", path, path)[1]


def test_check_names_the_model_that_is_not_there(run: Run, tmp_path: Path) -> None:
    code, out, err = run("check", tmp_path)
    assert (code, out) == (1, "")
    assert err.startswith(f"error: {tmp_path}/manifest.json: ")


def test_check_tells_what_is_whole(run: Run, tmp_path: Path) -> None:
    (tmp_path / "labels.json").write_text("{}")
    digest = hashlib.sha256(b"{}").hexdigest()
    manifest = {"format": encoder.FORMAT, "sha256": {"labels.json": digest}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    code, out, err = run("check", tmp_path)
    assert (code, err) == (0, "")
    assert "model     labels.json: as trained\n" in out
    assert "ontology  kg.ttl: " in out
    (tmp_path / "labels.json").write_text("{ }")
    assert run("check", tmp_path)[0] == 1


def test_parse_prints_the_story_of_what_can_be_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load() -> Language:
        nlp = spacy.blank("en")
        nlp.add_pipe("sentencizer")
        return nlp

    monkeypatch.setattr(pipeline, "load", load)
    (tmp_path / "a.txt").write_text(" date 2019-03-06 Units took it. All left.")
    (tmp_path / "b.txt").write_bytes(b"\xff")
    code, out, err = run("parse", tmp_path)
    assert code == 1
    assert f"error: {tmp_path}/b.txt: byte 0xff" in err
    lines = [line for line in out.splitlines() if line.startswith("#")]
    assert lines == [
        "# sent_id = a-1",
        "# text = Units took it.",
        "# sent_id = a-2",
        "# text = All left.",
    ]
    assert out.splitlines()[2].startswith("1\tUnits\t")
    assert run("parse", tmp_path / "a.txt")[::2] == (0, "")


def test_build_refuses_a_register_that_is_wrong(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text("ent:x", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Units took the town.", encoding="utf-8")
    code, _, err = run(
        "build", tmp_path / "a.txt", "-o", tmp_path / "out", "--actors", tmp_path / "own.ttl"
    )
    assert code == 1
    assert f"error: {tmp_path / 'own.ttl'}, line 1" in err
