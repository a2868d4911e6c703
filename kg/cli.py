"""The command ``kg``: data to standard output, everything else to standard error.

Exit codes: 0 done, 1 what the data or the machine did wrong (``KGError``), 2 a wrong call.
"""

import json
import logging
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.articles import read_articles
from kg.build import PAGE_FILE, KnowledgeGraph, open_project, story_text
from kg.build import build as build_graph
from kg.errors import ArticleError, ConfigError, KGError
from kg.export import export_project, to_turtle
from kg.records import Article, Failure
from kg.staging import check_writable, staged_files
from kg.store import GRAPH_FILE, Result, open_store
from kg.store.project import (
    EVENTS_FILE,
    FORMAT,
    check_format,
    format_of,
    merge_record,
    read_merges,
)

if TYPE_CHECKING:
    from rich.status import Status

    from kg.evaluate import Score

ARTICLES_A_LINE = 100  # of progress, where nobody watches: a line every ten seconds or so

app = typer.Typer(
    name="kg",
    help="Read English news into a graph of who did what to whom, where and when.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class QueryFormat(StrEnum):
    """How ``kg query`` prints a result."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TTL = "ttl"


class ExportFormat(StrEnum):
    """What ``kg export`` writes."""

    TTL = "ttl"
    NT = "nt"
    JSONLD = "jsonld"
    JSONL = "jsonl"
    GRAPHML = "graphml"


Project = Annotated[
    Path, typer.Argument(metavar="PROJECT", help='The folder that "kg build" wrote.')
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; ends the process with its exit code."""
    logging.basicConfig(format="kg: %(message)s", level=logging.WARNING)
    try:
        app(args=None if arguments is None else list(arguments), prog_name="kg")
    except KGError as error:
        _say(f"error: {error}")
        raise SystemExit(1) from error
    except OSError as error:
        # Files are told of where they are opened; what is left is standard output.
        _say(f"error: standard output cannot be written ({error.strerror})")
        raise SystemExit(1) from error


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    if version:
        print(f"kg {metadata.version('newskg')}")
        raise typer.Exit


@app.command()
def build(
    inputs: Annotated[
        list[Path],
        typer.Argument(metavar="INPUT", help="Articles (.txt, .json, .jsonl) or folders of them."),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="PROJECT", help="Folder to write.")
    ] = Path("build/kg"),
    actors: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Turtle file of your own actors, beside the register that ships; may be repeated.",
        ),
    ] = None,
    max_failure_rate: Annotated[
        float,
        typer.Option(
            min=0,
            max=1,
            metavar="SHARE",
            help="Share of articles that may fail before the exit code is 1, from 0 to 1.",
        ),
    ] = 0.0,
    fresh: Annotated[
        bool,
        typer.Option("--fresh", help="Start the project anew instead of adding to what it holds."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Build a graph from articles, or add them to a project."""
    check_writable(output)
    _tell_of_index()
    with ExitStack() as stack:
        graph = build_graph(
            inputs, actors=actors or (), project=output, fresh=fresh, watch=_Progress(stack)
        )
    for failure in graph.failures:
        _say(f"error: {failure.error}")
    if len(graph.results) == graph.n_before:
        raise ArticleError(f"{output}: nothing to write, no article could be built; see above")
    graph.save(output)
    for line in _summary(graph, output):
        _say(line)
    if as_json:
        print(json.dumps(graph.run_record(), ensure_ascii=False))
    n_articles = len(graph.failures) + len(graph.results) - graph.n_before
    if len(graph.failures) > max_failure_rate * n_articles:
        raise typer.Exit(1)


@app.command()
def query(
    project: Project,
    sparql: Annotated[
        str,
        typer.Argument(
            metavar="QUERY", help="SPARQL, @FILE to read it from a file, or - from standard input."
        ),
    ],
    form: Annotated[
        QueryFormat | None,
        typer.Option("--format", help="By default table on a terminal, csv (or ttl) when piped."),
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option(
            min=0,
            metavar="SECONDS",
            help="After how long the query is given up, by default never.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask the graph a question in SPARQL; its prefixes are known."""
    result = open_store(project).query(_read_query(sparql), timeout=timeout)
    _print_result(result, QueryFormat.JSON if as_json else form)


@app.command()
def view(
    project: Project,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Page to write, by default graph.html."
        ),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Draw the graph as a page that works offline, and open it."""
    from kg.jsonl import read_jsonl
    from kg.link.joined import apply_merges
    from kg.view.render import render_html

    check_format(project)
    results = apply_merges(read_jsonl(project / EVENTS_FILE), read_merges(project)).results
    path = output or project / PAGE_FILE
    with staged_files(path.parent, path.name) as staged:
        render_html(results, staged[path.name])
    print(path)
    if browser and sys.stdout.isatty():
        typer.launch(path.resolve().as_uri())


@app.command()
def export(
    project: Project,
    form: Annotated[ExportFormat, typer.Option("--format", help="What to write.")] = (
        ExportFormat.TTL
    ),
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="By default standard output."),
    ] = None,
) -> None:
    """Write the graph in another form."""
    export_project(project, form.value, output or sys.stdout.buffer)


@app.command()
def explain(
    project: Project,
    event: Annotated[
        str,
        typer.Argument(
            metavar="EVENT", help="An event's IRI, its local name, or words of its label."
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Tell why an event is as it is: tree, roles, status, kind and time."""
    from kg.explain import explain as explain_event

    told = explain_event(project, event)
    print(json.dumps(told.to_json(), ensure_ascii=False) if as_json else told.to_text(), end="")
    if as_json:
        print()


@app.command()
def merges(project: Project, as_json: AsJson = False) -> None:
    """List what was joined across articles, and why."""
    check_format(project)
    found = read_merges(project)
    if as_json:
        print(json.dumps([merge_record(merge) for merge in found], ensure_ascii=False))
        return
    for merge in found:
        sort = "event" if merge.is_event else "entity"
        print(f"{merge.id}  {sort}  {merge.rule} {merge.score:g}")
        for record, name in zip((merge.kept, merge.joined), merge.names, strict=True):
            print(f"    {_on_one_line(name)}  [{record}]")
        print(f"    {_on_one_line(merge.reason)}")
    _say(_counted(len(found), "merge"))


@app.command()
def unmerge(
    project: Project,
    merge_ids: Annotated[
        list[str], typer.Argument(metavar="MERGE", help='An id that "kg merges" lists.')
    ],
) -> None:
    """Undo merges, for good: later builds keep the records apart."""
    from kg.unmerge import undo_merges

    for merge in undo_merges(project, merge_ids):
        print(f"{merge.id}  apart: {merge.kept} and {merge.joined}")


@app.command()
def relink(project: Project) -> None:
    """Link a project's articles anew, by its decisions."""
    older = format_of(project)
    graph = open_project(project)
    graph.save(project)
    if older != FORMAT:
        _say(f"migrated   {project}, from form {older} to {FORMAT}")
    n_events = sum(merge.is_event for merge in graph.merges)
    _say(f"merges     {len(graph.merges) - n_events} of actors and places, {n_events} of events")


@app.command()
def parse(
    inputs: Annotated[
        list[Path], typer.Argument(metavar="INPUT", help="Articles, or folders of them.")
    ],
    enhanced: Annotated[
        bool, typer.Option("--enhanced", help="Fill DEPS with enhanced dependencies.")
    ] = False,
) -> None:
    """Print the parse of articles as CoNLL-U, with names."""
    from kg.nlp.conllu import to_conllu
    from kg.nlp.pipeline import load

    nlp = load()
    failed = False
    for article in read_articles(inputs):
        if isinstance(article, Failure):
            failed = True
            _say(f"error: {article.error}")
        else:
            doc = nlp(story_text(article))
            print(to_conllu(doc, prefix=article.id, enhanced=enhanced), end="")
    if failed:
        raise typer.Exit(1)


@app.command()
def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="Gold articles: .jsonl, .json or a folder.")
    ],
    predicted: Annotated[
        Path, typer.Argument(metavar="PRED", help='What "kg build" found: an events.jsonl.')
    ],
    as_json: AsJson = False,
) -> None:
    """Print precision, recall and F1 of what was found."""
    from kg.evaluate import evaluate_files

    scores = evaluate_files(gold, predicted)
    if as_json:
        print(json.dumps({kind: _score_record(score) for kind, score in scores.items()}))
        return
    print(f"{'':10} {'P':>6} {'R':>6} {'F1':>6} {'right':>6} {'wrong':>6} {'missed':>6}")
    for kind, score in scores.items():
        rates = (_percent(rate) for rate in (score.precision, score.recall, score.f1))
        counts = (str(count) for count in (score.right, score.wrong, score.missed))
        print(f"{kind:10} {' '.join(f'{cell:>6}' for cell in (*rates, *counts))}")


@app.command()
def check(
    model: Annotated[
        Path | None,
        typer.Argument(metavar="MODEL", help="A model's folder, by default the one of kg."),
    ] = None,
) -> None:
    """Check that the model's and the ontology's files are whole, and index the places."""
    from kg.graph.ontology import check_ontology
    from kg.link.gazetteer import index_path, open_gazetteer
    from kg.nlp.encoder import MODEL_FOLDER, check_folder
    from kg.nlp.splitting import check_splitter

    manifest = check_folder(model or MODEL_FOLDER)
    for name in sorted(manifest["sha256"]):
        print(f"model     {name}: as trained")
    for name in check_splitter():
        print(f"splitter  {name}: as trained")
    for line in check_ontology():
        print(f"ontology  {line}")
    _tell_of_index()
    open_gazetteer()
    print(f"places    {index_path()}")


def _tell_of_index() -> None:
    """Say why the first build takes longer."""
    from kg.link.gazetteer import index_path

    if not index_path().exists():
        _say("indexing the places, once; about ten seconds")


class _Progress:
    """Tells on standard error how far a build is: a moving line, or a few plain ones when piped."""

    def __init__(self, stack: ExitStack) -> None:
        self._n_articles = 0
        self._status: Status | None = None
        if sys.stderr.isatty():
            from rich.console import Console

            self._status = stack.enter_context(Console(stderr=True).status("loading the model"))

    def __call__(self, article: Article | Failure) -> None:
        self._n_articles += 1
        if self._status:
            self._status.update(f"article {self._n_articles}")
        elif self._n_articles % ARTICLES_A_LINE == 0:
            _say(f"{self._n_articles} articles")


def _summary(graph: KnowledgeGraph, project: Path) -> list[str]:
    """The five lines that end a build."""
    counts = graph.counts()
    n_told = counts["events_realised"]
    failed = f", {counts['failures']} failed" if graph.failures else ""
    n_read = counts["articles"] - graph.n_before
    added = f", added to {graph.n_before} that were there" if graph.n_before else ""
    return [
        f"read       {_counted(n_read, 'article')} in {graph.seconds:.1f} s{failed}{added}",
        f"found      {counts['entities']} actors and places, "
        f"{_counted(n_told, 'event')} told as fact, "
        f"{counts['events'] - n_told} denied, planned or possible",
        f"page       {project / PAGE_FILE}",
        f"graph      {project / GRAPH_FILE}",
        f"records    {project / EVENTS_FILE}",
    ]


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _read_query(given: str) -> str:
    if given == "-":
        return sys.stdin.read()
    if not given.startswith("@"):
        return given
    try:
        return Path(given[1:]).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError(
            f"{given[1:]}: cannot be read ({reason}); expected a file that holds a SPARQL query",
            path=given[1:],
        ) from error


def _print_result(result: Result, form: QueryFormat | None) -> None:
    is_graph = result.kind == "graph"
    if form is None:
        piped = QueryFormat.TTL if is_graph else QueryFormat.CSV
        form = QueryFormat.TABLE if sys.stdout.isatty() else piped
    if form is QueryFormat.TABLE:
        _print_table(result)
    elif form is QueryFormat.JSON:
        print(result.to_json())
    elif form is QueryFormat.CSV:
        sys.stdout.buffer.write(result.to_csv().encode())  # as SPARQL has it: lines end in CRLF
    elif is_graph:
        print(to_turtle(result.triples), end="")
    else:
        raise ConfigError(
            "--format ttl: the query gives rows, not a graph; expected CONSTRUCT or DESCRIBE; "
            "use table, csv or json"
        )


def _print_table(result: Result) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    headers = {
        "rows": result.variables,
        "boolean": ("answer",),
        "graph": ("subject", "predicate", "object"),
    }
    table = Table(*headers[result.kind])
    for column in table.columns:
        column.overflow = "fold"
    for row in result.cells():
        table.add_row(*map(Text, row))
    Console().print(table)
    _say(_counted(table.row_count, "row"))


def _score_record(score: "Score") -> dict[str, float | int | None]:
    return {
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
        "right": score.right,
        "wrong": score.wrong,
        "missed": score.missed,
    }


def _percent(rate: float | None) -> str:
    return "n/a" if rate is None else f"{100 * rate:.1f}"


def _say(line: str) -> None:
    print(line, file=sys.stderr)
