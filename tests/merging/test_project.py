"""Projects that grow article by article, merges that are undone and forced, older projects."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from benchmarks.merging import CORPUS
from kg.build import PROJECT_FILES, build, open_project
from kg.errors import ConfigError, StoreError
from kg.explain import explain
from kg.export import export_project
from kg.link.across import link_articles
from kg.link.decisions import Decision, Decisions
from kg.records import Article, ArticleResult
from kg.store import load_triples, open_store
from kg.store.project import FORMAT, read_merges
from kg.unmerge import undo_merges

Analyse = Callable[[Article], ArticleResult]
GAO = ["sahel-wire-0312", "northern-courier-0312", "desert-observer-0320"]
pytestmark = pytest.mark.usefixtures("no_page")
SAME_EVERYWHERE = [name for name in PROJECT_FILES if name != "run.json"]


def paths(names: Iterable[str]) -> list[Path]:
    return [CORPUS / "articles" / f"{name}.txt" for name in names]


def add(project: Path, *names: str, analyse: Analyse) -> None:
    build(paths(names), project=project, analyse=analyse).save(project)


def contents(project: Path) -> dict[str, bytes]:
    return {name: (project / name).read_bytes() for name in SAME_EVERYWHERE}


@pytest.fixture
def no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Projects without a drawing, which takes longer than all else."""

    def write(results: Iterable[ArticleResult], path: Path) -> None:
        path.write_text(repr([r.article.id for r in results]), encoding="utf-8")

    monkeypatch.setattr("kg.view.render.render_html", write)


@pytest.fixture
def project(tmp_path: Path, analyse: Analyse) -> Path:
    """The three articles on the fighting near Gao."""
    add(tmp_path / "project", *GAO, analyse=analyse)
    return tmp_path / "project"


@pytest.mark.parametrize("order", [GAO, GAO[::-1], [GAO[1], GAO[2], GAO[0]]])
def test_one_by_one_gives_the_same_as_all_at_once(
    project: Path, tmp_path: Path, analyse: Analyse, order: list[str]
) -> None:
    for name in order:
        add(tmp_path / "grown", name, analyse=analyse)
    assert contents(tmp_path / "grown") == contents(project)


def test_article_of_the_same_id_takes_the_place_of_the_earlier(
    project: Path, analyse: Analyse
) -> None:
    before = contents(project)
    graph = build(paths(GAO[:1]), project=project, analyse=analyse)
    assert graph.n_before == 2
    graph.save(project)
    assert contents(project) == before


def test_project_is_started_anew_where_that_is_asked(project: Path, analyse: Analyse) -> None:
    graph = build(paths(GAO[:1]), project=project, fresh=True, analyse=analyse)
    assert [result.article.id for result in graph.results] == GAO[:1]


def test_undoing_leaves_what_would_be_there_without_the_merge(
    project: Path, tmp_path: Path, analyse: Analyse
) -> None:
    merged = contents(project)
    event = next(merge for merge in read_merges(project) if merge.is_event)
    assert undo_merges(project, [event.id]) == [event]
    undone = contents(project)
    assert event.id not in {merge.id for merge in read_merges(project)}
    assert undone["graph.ttl"] != merged["graph.ttl"]
    # A project in which the merge never was: the decision came before the articles.
    never = tmp_path / "never"
    never.mkdir()
    (never / "decisions.toml").write_bytes((project / "decisions.toml").read_bytes())
    add(never, *GAO, analyse=analyse)
    assert contents(never) == undone
    # And back again.
    (project / "decisions.toml").unlink()
    open_project(project).save(project)
    assert contents(project) == merged


def test_each_merge_can_be_undone(results: tuple[ArticleResult, ...]) -> None:
    few = [result for result in results if result.article.id in GAO]
    before = link_articles(few).merges
    assert len(before) > 5
    for merge in before:
        entry = Decision(is_same=False, records=(merge.kept, merge.joined))
        left = link_articles(few, Decisions(entries=(entry,)))
        assert left.nodes[merge.kept] != left.nodes[merge.joined]
        assert merge.id not in {m.id for m in left.merges}


def test_merge_is_forced_and_the_force_taken_back(project: Path, analyse: Analyse) -> None:
    before = contents(project)
    graph = open_project(project)
    ids = {r.article.id: {e.label: e.id for e in r.entities} for r in graph.results}
    left = f"{GAO[1]}/{ids[GAO[1]]['Aminata Diallo']}"
    right = f"{GAO[0]}/{ids[GAO[0]]['Issa Konaré']}"
    decisions = project / "decisions.toml"
    decisions.write_text(f'[[same]]\nrecords = ["{left}", "{right}"]\n', encoding="utf-8")
    open_project(project).save(project)
    (forced,) = [merge for merge in read_merges(project) if merge.rule == "decided_by_user"]
    assert forced.score == 1
    with pytest.raises(ConfigError, match="delete that entry"):
        undo_merges(project, [forced.id])
    # A rebuild keeps it.
    add(project, GAO[0], analyse=analyse)
    assert forced in read_merges(project)
    decisions.unlink()
    open_project(project).save(project)
    assert contents(project) == before


def test_names_join_what_a_user_says_is_one(project: Path) -> None:
    (project / "decisions.toml").write_text(
        '[[same]]\nnames = ["Aminata Diallo", "Issa Konaré"]\n', encoding="utf-8"
    )
    open_project(project).save(project)
    rules = [merge.rule for merge in read_merges(project)]
    assert "names_decided_by_user" in rules


def test_name_of_different_people_joins_nothing(project: Path) -> None:
    (project / "decisions.toml").write_text(
        '[[different]]\nnames = ["Issa Konaré"]\n', encoding="utf-8"
    )
    open_project(project).save(project)
    assert "Issa Konaré" not in {n for merge in read_merges(project) for n in merge.names}


def test_two_kinds_are_not_forced_together(project: Path) -> None:
    result = open_project(project).results[0]
    one = f"{result.article.id}/{result.entities[0].id}"
    other = f"{result.article.id}/{result.events[0].id}"
    (project / "decisions.toml").write_text(f'[[same]]\nrecords = ["{one}", "{other}"]\n')
    with pytest.raises(ConfigError, match=r"decisions\.toml: .* is an actor or place"):
        open_project(project).save(project)


def test_merge_that_is_not_there_is_named(project: Path) -> None:
    with pytest.raises(ConfigError, match=r'ffff: no merge of .* "kg merges'):
        undo_merges(project, ["ffff"])


def test_former_nodes_lead_to_the_merged_one(project: Path) -> None:
    merge = next(merge for merge in read_merges(project) if merge.is_event)
    store = open_store(project)
    query = f"ASK {{ event:{merge.joined.record_id} dcterms:isReplacedBy event:{merge.node} }}"
    assert store.query(query).boolean
    lines = (project / "events.jsonl").read_text(encoding="utf-8").splitlines()
    iris = {
        event["id"]: event["iri"].rpartition("/")[2]
        for line in lines
        for event in json.loads(line)["events"]
    }
    assert iris[merge.joined.record_id] == iris[merge.kept.record_id] == merge.node


def test_exported_network_is_that_of_the_graph(project: Path) -> None:
    merge = next(merge for merge in read_merges(project) if merge.is_event)
    graphml = export_project(project, "graphml")
    assert graphml is not None
    assert f'id="{merge.node}"'.encode() in graphml
    others = {merge.kept.record_id, merge.joined.record_id} - {merge.node}
    assert all(f'id="{other}"'.encode() not in graphml for other in others)


# Projects of other versions


@pytest.fixture
def older(project: Path) -> Path:
    """The project as kg wrote it before it had merges."""
    run = json.loads((project / "run.json").read_text(encoding="utf-8"))
    del run["format"]
    (project / "run.json").write_text(json.dumps(run), encoding="utf-8")
    (project / "merges.jsonl").unlink()
    return project


@pytest.mark.parametrize(
    "read",
    [
        load_triples,
        lambda path: export_project(path, "jsonl"),
        lambda path: undo_merges(path, ["x"]),
        lambda path: explain(path, "captured"),
    ],
)
def test_older_project_is_refused_with_the_way_out(
    older: Path, read: Callable[[Path], object]
) -> None:
    with pytest.raises(StoreError, match=r"older kg \(form 1\)\. Expected form 3; run \"kg relink"):
        read(older)


def test_older_project_is_migrated(older: Path, analyse: Analyse, tmp_path: Path) -> None:
    open_project(older).save(older)
    assert len(load_triples(older)) > 100
    add(tmp_path / "new", *GAO, analyse=analyse)
    assert contents(older) == contents(tmp_path / "new")


def test_adding_to_an_older_project_migrates_it(
    older: Path, analyse: Analyse, tmp_path: Path
) -> None:
    add(older, GAO[0], analyse=analyse)
    add(tmp_path / "new", *GAO, analyse=analyse)
    assert contents(older) == contents(tmp_path / "new")


@pytest.mark.parametrize("form", [FORMAT + 1, "2", -1, True])
def test_project_of_a_newer_kg_is_refused(project: Path, analyse: Analyse, form: object) -> None:
    run = json.loads((project / "run.json").read_text(encoding="utf-8")) | {"format": form}
    (project / "run.json").write_text(json.dumps(run), encoding="utf-8")
    for read in (load_triples, open_project, lambda p: add(p, GAO[0], analyse=analyse)):
        with pytest.raises(StoreError, match=r"run\.json: .* form .*update kg"):
            read(project)


@pytest.mark.parametrize("text", ["[]", "{", "\ufffe"])
def test_damaged_run_record_is_named(project: Path, text: str) -> None:
    (project / "run.json").write_text(text, encoding="utf-16" if text == "\ufffe" else "utf-8")
    with pytest.raises(StoreError, match=r"run\.json: "):
        load_triples(project)


def test_records_of_an_unknown_version_are_not_added_to(project: Path, analyse: Analyse) -> None:
    (project / "run.json").unlink()
    with pytest.raises(StoreError, match=r"no run\.json beside it .* --fresh"):
        add(project, GAO[0], analyse=analyse)
    with pytest.raises(StoreError, match=r"run\.json: no such file"):
        open_project(project)


def test_damaged_merges_are_named(project: Path) -> None:
    (project / "merges.jsonl").write_text('{"id": "x"}\n', encoding="utf-8")
    with pytest.raises(StoreError, match=r'merges\.jsonl: .* is no merge .* run "kg relink'):
        read_merges(project)


def test_hash_seed_changes_nothing(project: Path) -> None:
    script = (
        "import sys, hashlib; from pathlib import Path; from kg.build import open_project;"
        "from kg.export import to_turtle; from kg.graph.mapping import map_triples;"
        "linked = open_project(Path(sys.argv[1])).linked;"
        "text = to_turtle(map_triples(linked.results, linked.merges));"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script, str(project)],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(told) == 1
