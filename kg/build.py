"""Articles to a graph: one article through every step, many articles to one project folder."""

import hashlib
import json
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property, partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.articles import body_span, read_articles
from kg.batch import analyse_many
from kg.errors import StoreError
from kg.export import write_turtle
from kg.graph.nodes import entity_iri
from kg.graph.ontology import mint_iri
from kg.jsonl import write_jsonl
from kg.link.across import link_articles
from kg.link.decisions import DECISIONS_FILE, Decisions, read_decisions
from kg.link.joined import Linked
from kg.records import Article, ArticleResult, Entity, Event, Failure, Merge, RecordKey
from kg.staging import staged_files
from kg.store import GRAPH_FILE
from kg.store.project import (
    EVENTS_FILE,
    FORMAT,
    MERGES_FILE,
    RUN_FILE,
    read_results,
    read_run,
    write_merges,
)

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped]
    import rdflib
    from spacy.language import Language

    from kg.link.register import Register

PAGE_FILE = "graph.html"
PROJECT_FILES = (EVENTS_FILE, MERGES_FILE, GRAPH_FILE, PAGE_FILE, RUN_FILE)
_LIBRARIES = ("newskg", "spacy", "onnxruntime", "numpy", "rdflib", "pyoxigraph", "networkx")


@dataclass(frozen=True, kw_only=True)
class KnowledgeGraph:
    """What was found in a set of articles, as records, as RDF and as a network.

    ``results`` are what was read in each article, sorted by the articles' ids; ``linked`` is what
    they are together. ``failures`` stand in the order of the input, ``decisions`` are what a user
    says of merges, and ``n_before`` of the articles were in the project before. ``started`` and
    ``seconds`` tell when the articles were read and how long that took.
    """

    results: tuple[ArticleResult, ...]
    failures: tuple[Failure, ...] = ()
    decisions: Decisions = field(default_factory=Decisions)
    n_before: int = field(default=0, compare=False)
    started: datetime = field(default_factory=lambda: datetime.now(UTC), compare=False)
    seconds: float = field(default=0.0, compare=False)

    @cached_property
    def linked(self) -> Linked:
        """The articles joined up, with one id for one thing; what the graph is made of.

        Raises:
            ConfigError: a decision is about records that cannot be one thing.
        """
        return link_articles(self.results, self.decisions)

    @property
    def merges(self) -> tuple[Merge, ...]:
        """What was joined across articles, and why."""
        return self.linked.merges

    @property
    def events(self) -> tuple[Event, ...]:
        """The events of all articles, in the order of the articles and their texts.

        One that several articles tell stands once for each report, always with the same id.
        """
        return tuple(event for result in self.linked.results for event in result.events)

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities of all articles; one that several articles name stands once for each."""
        return tuple(entity for result in self.linked.results for entity in result.entities)

    @cached_property
    def rdf(self) -> "rdflib.Graph":
        """The graph in RDF; what ``graph.ttl`` holds."""
        from kg.graph.mapping import map_results

        return map_results(self.linked.results, self.merges)

    @cached_property
    def network(self) -> "nx.MultiDiGraph[str]":
        """The graph as a network of entities and events, an edge for each role."""
        from kg.graph.network import build_network

        return build_network(self.linked.results)

    def save(self, project: Path | str) -> None:
        """Write the project's files into a folder.

        All are written before the first takes its place, so that whatever interrupts this leaves
        the earlier files whole. All but ``run.json`` depend on the articles and on the user's
        decisions alone. What the folder held is replaced; ``build`` with ``project`` adds to it.

        Raises:
            StoreError: the folder or a file cannot be written.
            ConfigError: a decision is about records that cannot be one thing.
        """
        with staged_files(Path(project), *PROJECT_FILES) as staged:
            self.write(staged)

    def write(self, paths: Mapping[str, Path]) -> None:
        """Write the project's files to the paths given for them, by their names.

        Raises:
            OSError: a file cannot be written.
        """
        from kg.graph.mapping import map_triples
        from kg.view.render import render_html

        write_jsonl(self.results, paths[EVENTS_FILE], node_iris(self.linked))
        write_merges(self.merges, paths[MERGES_FILE])
        write_turtle(map_triples(self.linked.results, self.merges), paths[GRAPH_FILE])
        render_html(self.linked.results, paths[PAGE_FILE])
        paths[RUN_FILE].write_text(_dumps(self.run_record()), encoding="utf-8")

    def run_record(self) -> dict[str, Any]:
        """What ``run.json`` holds: versions, checksums, counts, failures, time.

        The values are JSON's, hence Any.
        """
        from kg.graph.ontology import ontology_digests
        from kg.nlp.encoder import MODEL_FOLDER

        return {
            "format": FORMAT,
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": round(self.seconds, 3),
            "python": platform.python_version(),
            "versions": {name: metadata.version(name) for name in _LIBRARIES},
            "model": _checksums(MODEL_FOLDER),
            "ontology": ontology_digests(),
            "counts": self.counts(),
            "failures": [
                {"article": failure.article_id, "stage": failure.stage, "error": failure.error}
                for failure in self.failures
            ],
        }

    def counts(self) -> dict[str, int]:
        """How many articles, failures, sentences, different entities, and events there are."""
        events = self.events
        return {
            "articles": len(self.results),
            "failures": len(self.failures),
            "sentences": sum(len(result.sentences) for result in self.results),
            "entities": len({entity.id for entity in self.entities}),
            "events": len({event.id for event in events}),
            "events_realised": len({event.id for event in events if event.is_realised}),
            "merges": len(self.merges),
        }


def build(
    inputs: Iterable[Path | str],
    *,
    actors: Iterable[Path | str] = (),
    project: Path | str | None = None,
    fresh: bool = False,
    analyse: Callable[[Article], ArticleResult] | None = None,
    watch: Callable[[Article | Failure], None] | None = None,
) -> KnowledgeGraph:
    """The graph of every article of the files and folders.

    An article that cannot be read or analysed is one of the graph's ``failures``. The order of
    ``inputs`` changes nothing but the order of the failures.

    Args:
        inputs: what ``read_articles`` reads.
        actors: Turtle files of your own actors, in the form of ``ontology/actors.ttl``.
        project: a project to add them to, which stays as it is until the graph is saved there. An
            article that has the id of one of the project's takes its place.
        fresh: leave the project's articles out and keep only what a user decided of its merges.
        analyse: what is done with an article where there are no ``actors``, ``analyse_article``
            where not given.
        watch: told of each article before it is analysed, and of each that cannot be read.

    Raises:
        ModelError: the language model's files are missing or damaged.
        OntologyError: a file of kg's own, or one of ``actors``, is missing, damaged or contradicts
            itself.
        StoreError: the project cannot be read, or a newer kg wrote it.
        ConfigError: the project's ``decisions.toml`` cannot be used.
    """
    from kg.link.register import load_register

    folder = None if project is None else Path(project)
    decisions = read_decisions(folder / DECISIONS_FILE) if folder else Decisions()
    held = [] if folder is None or fresh else read_results(folder)
    started, clock = datetime.now(UTC), time.perf_counter()
    analyse = analyse or analyse_article
    if own := [Path(path) for path in actors]:
        analyse = partial(analyse_article, register=load_register(own))
    articles = _watched(read_articles(inputs), watch)
    outcomes = list(analyse_many(articles, analyse))
    read = [outcome for outcome in outcomes if isinstance(outcome, ArticleResult)]
    fresh_ids = {result.article.id for result in read}
    kept = [result for result in held if result.article.id not in fresh_ids]
    return KnowledgeGraph(
        results=tuple(sorted([*kept, *read], key=lambda result: result.article.id)),
        failures=tuple(outcome for outcome in outcomes if isinstance(outcome, Failure)),
        decisions=decisions,
        n_before=len(kept),
        started=started,
        seconds=time.perf_counter() - clock,
    )


def open_project(project: Path | str) -> KnowledgeGraph:
    """The graph of a project's articles as they were read, linked anew by the user's decisions.

    Raises:
        StoreError: the project cannot be read, or a newer kg wrote it.
        ConfigError: the project's ``decisions.toml`` cannot be used.
    """
    folder = Path(project)
    run = read_run(folder)
    if run is None:
        raise StoreError(
            f"{folder / RUN_FILE}: no such file. Expected the folder of a project; make it with "
            f'"kg build INPUT -o {folder}".',
            path=folder / RUN_FILE,
        )
    return KnowledgeGraph(
        results=tuple(sorted(read_results(folder), key=lambda result: result.article.id)),
        failures=tuple(_failures_in(run)),
        decisions=read_decisions(folder / DECISIONS_FILE),
    )


def _failures_in(run: Mapping[str, Any]) -> Iterator[Failure]:
    for failure in run.get("failures", ()):
        yield Failure(article_id=failure["article"], stage=failure["stage"], error=failure["error"])


def node_iris(linked: Linked) -> dict[RecordKey, str]:
    """The IRI of the node of each record that was read, by the record's key."""
    entities = {entity.id: entity for result in linked.results for entity in result.entities}
    return {
        key: (entity_iri(entities[node]) if node in entities else mint_iri("event", node)).value
        for key, node in linked.nodes.items()
    }


def analyse_article(article: Article, *, register: "Register | None" = None) -> ArticleResult:
    """What is found in ``article`` with the model that ships with kg, loaded at the first call.

    ``register`` is who the names of actors can mean; None for the register that ships.
    """
    return build_article(article, nlp=_pipeline(), register=register)


def build_article(
    article: Article, *, nlp: "Language", register: "Register | None" = None
) -> ArticleResult:
    """What is found in ``article``: parsed by ``nlp``, then extracted, then linked."""
    from kg.extract import extract
    from kg.extract.actions import shipped_lexicon
    from kg.link.merge import link

    lexicon = shipped_lexicon()
    model = nlp.meta.get("version", "")
    found = extract(nlp(story_text(article)), article, lexicon=lexicon, model=model)
    return link(found, register=register)


def story_text(article: Article) -> str:
    """The text with all but the story turned to blanks, so that every offset holds."""
    start, end = body_span(article)
    return " " * start + article.text[start:end]


@cache
def _pipeline() -> "Language":
    from kg.nlp.pipeline import load

    return load()


def _watched(
    articles: Iterable[Article | Failure], watch: Callable[[Article | Failure], None] | None
) -> Iterator[Article | Failure]:
    for article in articles:
        if watch:
            watch(article)
        yield article


def _checksums(folder: Path) -> dict[str, str]:
    """The sha256 of each file below ``folder``, by its name."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): _sha256(path) for path in paths}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dumps(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
