"""Records -> one HTML file that shows them as a network, and works with no network connection.

pyvis holds the nodes, edges and options and carries vis-network; its own page is replaced, because
that one asks a CDN for Bootstrap and lets titles, headings and ids run script (pyvis 0.3.2). Here
every text is escaped by Jinja or set as text by the page's script, the data is a JSON block, and a
Content-Security-Policy allows the page's two scripts and one style sheet by their hashes and
nothing else, so that the page can ask nobody for anything.
"""

import base64
import hashlib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import networkx as nx  # type: ignore[import-untyped]
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network  # type: ignore[import-untyped]

from kg.graph.network import SAYS, Attribute, build_network, drawable
from kg.records import ArticleResult, Polarity, RoleName
from kg.staging import staged_files
from kg.view.content import describe_results
from kg.view.layout import Box, Point, place_all, place_first
from kg.view.select import entity_degrees, rank_nodes, take_first

# Nodes that the page opens on, and the canvas's width by its height: what fits a laptop's screen,
# and a telephone's, with every label legible.
_N_FIRST, _ASPECT = 48, 1.4
_N_FIRST_NARROW, _ASPECT_NARROW = 16, 0.53
# Beyond this a picture tells nothing and the layout takes minutes; the table still has every event.
_N_DRAWN = 3000
_LINE_LENGTH = 18
_EVENT_LENGTH = 24
# Pixels a character takes at the page's font sizes, a little more than the mean of system fonts.
_CHARACTER_WIDTH = 6.9
_LINE_HEIGHT = 15.0
_SCRIPTS = ("shared.js", "labels.js", "graph.js", "panel.js", "table.js", "page.js")
_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
_SUFFIXES = {"denied": "denied", "planned": "planned", "hypothetical": "possible"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """How a node is drawn, in pixels at zoom 1.

    ``size`` is an entity's radius, ``box`` the width and height with the label, and ``rise`` how
    far the mark's middle lies above the box's.
    """

    label: str
    size: int
    box: Box
    rise: int

    def raised(self, centre: Point | None) -> Point | None:
        """The middle of the mark, given that of the box."""
        return (centre[0], centre[1] - self.rise) if centre else None


def render_html(
    results: Iterable[ArticleResult], path: Path | str | None = None, *, title: str = ""
) -> str:
    """The page for the results; the same results and title give the same characters.

    Args:
        results: of one or more articles.
        path: where the page is also written, as UTF-8; None writes nothing.
        title: the page's heading; the article's title, or the number of articles, where empty.

    Raises:
        StoreError: the file cannot be written.
    """
    ordered = sorted(results, key=lambda result: result.article.id)
    page = _fill_page(_draw(ordered), ordered, drawable(title) or _title_of(ordered))
    if path is not None:
        target = Path(path)
        with staged_files(target.parent, target.name) as staged:
            staged[target.name].write_text(page, encoding="utf-8", newline="\n")
    return page


def _draw(results: Sequence[ArticleResult]) -> Network:
    """A pyvis network with every node placed, in the order in which the page shows them."""
    view = build_network(results)
    ranked = rank_nodes(view)[:_N_DRAWN]
    degrees = entity_degrees(view)
    marks = {node: _mark(view.nodes[node], degrees.get(node)) for node in ranked}
    boxes = {node: mark.box for node, mark in marks.items()}
    wide, narrow = (
        place_first(
            view,
            {node: boxes[node] for node in take_first(view, ranked, limit=limit)},
            aspect=aspect,
        )
        for limit, aspect in ((_N_FIRST, _ASPECT), (_N_FIRST_NARROW, _ASPECT_NARROW))
    )
    everything = place_all(view, boxes, wide)
    drawing = Network(directed=True, cdn_resources="in_line")
    drawing.set_options("{}")
    for node, mark in marks.items():
        drawing.add_node(
            node,
            label=mark.label,
            shape="custom",
            kind=view.nodes[node]["kind"],
            size=mark.size,
            all=mark.raised(everything[node]),
            wide=mark.raised(wide.get(node)),
            narrow=mark.raised(narrow.get(node)),
        )
    _add_edges(drawing, view)
    return drawing


def _add_edges(drawing: Network, view: "nx.MultiDiGraph[str]") -> None:
    """Join the nodes drawn; an actor points at its event, and the event at all else."""
    drawn = frozenset(drawing.node_ids)
    for source, target, role in view.edges(keys=True):
        if source in drawn and target in drawn:
            is_actor = role == RoleName.ACTOR.value
            start, end = (target, source) if is_actor else (source, target)
            event = target if role == SAYS else source
            # Network.add_edge searches all nodes for each edge: minutes for a large view.
            drawing.edges.append(
                {
                    "id": f"{source}|{role}|{target}",
                    "from": start,
                    "to": end,
                    "role": role,
                    "event": event,
                    "inferred": bool(view.edges[source, target, role].get("inferred", False)),
                }
            )


def _mark(attributes: Mapping[str, Attribute], degree: int | None) -> _Mark:
    """How a node is drawn; ``degree`` is an entity's number of events, None for an event."""
    if degree is None:
        label = _event_label(attributes)
        return _Mark(label=label, size=0, box=(_text_width(label) + 22.0, 24.0), rise=0)
    label = _two_lines(str(attributes["label"]))
    size = min(24, round(6 + 3.4 * math.sqrt(degree)))
    text_height = _LINE_HEIGHT * len(label.split("\n")) + 2.0
    box = (max(_text_width(label), 2.0 * size), 2.0 * size + text_height)
    return _Mark(label=label, size=size, box=box, rise=round(text_height / 2))


def _event_label(attributes: Mapping[str, Attribute]) -> str:
    """The event's word, with what keeps it from having happened."""
    word = _cut(" ".join(str(attributes["trigger"]).split()), _EVENT_LENGTH)
    denied = attributes["polarity"] == Polarity.NEGATIVE.value
    suffix = _SUFFIXES.get("denied" if denied else str(attributes["modality"]))
    return f"{word} · {suffix}" if suffix else word


def _text_width(label: str) -> float:
    """About how many pixels the label's longest line takes at zoom 1."""
    return _CHARACTER_WIDTH * max(len(line) for line in label.split("\n"))


def _two_lines(label: str) -> str:
    """The label broken between words into at most two lines, what is left over as an ellipsis."""
    lines = [""]
    for word in label.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= _LINE_LENGTH or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1][: _LINE_LENGTH - 1]}…"]
    return "\n".join(_cut(line, _LINE_LENGTH + 4) for line in lines)


def _cut(text: str, length: int) -> str:
    """The text, its end replaced by an ellipsis where it is longer."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _fill_page(drawing: Network, results: Sequence[ArticleResult], title: str) -> str:
    """The page around a network."""
    environment = Environment(
        loader=PackageLoader("kg.view", "page"), autoescape=True, undefined=StrictUndefined
    )
    vis, script, style = _vis_script(), _page_script(), _page_text("page.css")
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "allow_nan": False}
    environment.globals.update(
        title=title,
        data={**describe_results(results), "nodes": drawing.nodes, "edges": drawing.edges},
        vis_script=Markup(vis),
        page_script=Markup(script),
        page_style=Markup(style),
        policy=_policy(scripts=(vis, script), style=style),
    )
    drawing.templateEnv = environment
    return str(drawing.generate_html())


def _policy(*, scripts: Sequence[str], style: str) -> str:
    """A Content-Security-Policy under which the page runs these scripts and fetches nothing."""
    allowed = " ".join(_hash_source(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash_source(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash_source(text: str) -> str:
    """How a policy names an inline script or style: by the digest of its characters."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _vis_script() -> str:
    """vis-network, as pyvis carries it, without the line that asks for its source map."""
    script = resources.files("pyvis").joinpath(_VIS).read_text("utf-8")
    return re.sub("^//# sourceMappingURL=.*$", "", script, flags=re.MULTILINE)


def _page_script() -> str:
    """The page's own script: its files in one closed scope."""
    parts = "\n".join(_page_text(name) for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();'


def _page_text(name: str) -> str:
    return resources.files("kg.view").joinpath("page", name).read_text("utf-8")


def _title_of(results: Sequence[ArticleResult]) -> str:
    """The heading of a page that was given none."""
    if len(results) != 1:
        return f"{len(results)} articles"
    article = results[0].article
    return drawable(article.title or article.id)
