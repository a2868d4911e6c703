import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
import rdflib

import kg
from kg.build import KnowledgeGraph, build, story_text
from kg.errors import ArticleError, ModelError, StoreError
from kg.jsonl import read_jsonl
from kg.records import Article, ArticleResult, Failure, Polarity
from tests.example import captured

FILES = ["events.jsonl", "graph.html", "graph.ttl", "merges.jsonl", "run.json"]


def analyse(article: Article) -> ArticleResult:
    if "unreadable" in article.text:
        raise ArticleError(f"{article.id}: no sentence")
    return captured(article.id)


def write_articles(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text("Units took the town.")


def test_results_are_sorted_whatever_the_order_of_the_inputs(tmp_path: Path) -> None:
    write_articles(tmp_path, "b", "a", "c")
    paths = sorted(tmp_path.iterdir())
    graph = build(paths, analyse=analyse)
    assert [result.article.id for result in graph.results] == ["a", "b", "c"]
    assert graph == build(reversed(paths), analyse=analyse)
    assert len(graph.events) == 3
    assert len(graph.entities) == 12
    assert graph.seconds > 0


def test_articles_that_fail_are_kept_beside_the_others(tmp_path: Path) -> None:
    write_articles(tmp_path, "a", "c")
    (tmp_path / "b.txt").write_text("unreadable")
    (tmp_path / "d.txt").write_bytes(b"\xff")
    graph = build([tmp_path], analyse=analyse)
    assert [result.article.id for result in graph.results] == ["a", "c"]
    assert [(failure.stage, failure.article_id) for failure in graph.failures] == [
        ("analyse", "b"),
        ("read", str(tmp_path / "d.txt")),
    ]
    assert graph.counts()["failures"] == 2


def test_each_article_is_announced(tmp_path: Path) -> None:
    write_articles(tmp_path, "a", "b")
    seen: list[Article | Failure] = []
    build([tmp_path, tmp_path / "none"], analyse=analyse, watch=seen.append)
    assert [isinstance(each, Article) for each in seen] == [True, True, False]


def test_damaged_installation_stops_the_build(tmp_path: Path) -> None:
    def no_model(article: Article) -> ArticleResult:
        raise ModelError(f"no model for {article.id}")

    write_articles(tmp_path, "a")
    with pytest.raises(ModelError):
        build([tmp_path], analyse=no_model)


def test_story_text_keeps_every_offset() -> None:
    text = " date 2019-03-06 Units took it.\n"
    article = Article(id="a", text=text)
    story = story_text(article)
    assert story == " " * 17 + "Units took it."
    assert story.index("took") == text.index("took")


def test_counts_tell_what_happened_from_what_did_not() -> None:
    result = captured()
    denied = replace(result.events[0], id="v2", polarity=Polarity.NEGATIVE)
    graph = KnowledgeGraph(results=(replace(result, events=(*result.events, denied)),))
    assert graph.counts() == {
        "articles": 1,
        "failures": 0,
        "sentences": 1,
        "entities": 4,
        "events": 2,
        "events_realised": 1,
        "merges": 0,
    }


def test_graph_comes_as_rdf_and_as_a_network() -> None:
    graph = KnowledgeGraph(results=(captured(),))
    assert isinstance(graph.rdf, rdflib.Graph)
    assert graph.rdf is graph.rdf
    assert len(graph.rdf) > 20
    assert isinstance(graph.network, nx.MultiDiGraph)
    assert graph.network.number_of_nodes() >= 4


def test_saved_project_is_whole(tmp_path: Path) -> None:
    project = tmp_path / "project"
    failure = Failure(article_id="x", stage="read", error="x: empty")
    graph = KnowledgeGraph(results=(captured("b"), captured("a")), failures=(failure,))
    graph.save(project)
    assert sorted(path.name for path in project.iterdir()) == FILES
    assert read_jsonl(project / "events.jsonl") == list(graph.results)
    turtle = rdflib.Graph().parse(project / "graph.ttl")
    assert len(turtle) == len(graph.rdf)
    assert "captured" in (project / "graph.html").read_text(encoding="utf-8")


def test_run_record_says_what_made_the_project(tmp_path: Path) -> None:
    failure = Failure(article_id="x", stage="read", error="x: empty")
    KnowledgeGraph(results=(captured(),), failures=(failure,), seconds=1.5).save(tmp_path)
    run = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert run["failures"] == [{"article": "x", "stage": "read", "error": "x: empty"}]
    assert run["seconds"] == 1.5
    assert run["counts"]["events"] == 1
    assert run["started"][:4] >= str(date.today().year)
    assert {"newskg", "spacy", "rdflib"} <= run["versions"].keys()
    assert len(run["ontology"]["kg.ttl"]) == 64


def test_two_builds_differ_in_nothing_but_the_run_record(tmp_path: Path) -> None:
    for name, seconds in (("one", 1.0), ("two", 2.0)):
        KnowledgeGraph(results=(captured(),), seconds=seconds).save(tmp_path / name)
    for file in FILES:
        same = (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
        assert same == (file != "run.json")


def test_interrupted_save_leaves_the_earlier_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    KnowledgeGraph(results=(captured(),)).save(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.setattr("kg.view.render.render_html", interrupt)
    with pytest.raises(KeyboardInterrupt):
        KnowledgeGraph(results=(captured("other"),)).save(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"file: cannot be written .*choose another with -o"):
        KnowledgeGraph(results=(captured(),)).save(tmp_path / "file")


def test_public_names_are_sorted_and_there() -> None:
    assert kg.__all__ == sorted(kg.__all__)
    assert all(hasattr(kg, name) for name in kg.__all__)
    assert kg.build is build


def test_build_stays_a_function_when_its_module_is_imported() -> None:
    import kg.build

    assert callable(kg.build)
