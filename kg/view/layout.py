"""Where each node of a view is drawn, computed before the page is opened: same view, same places.

The nodes that the page opens on are laid out by stress majorisation, so that the distance on the
screen follows the distance in the graph; where all are shown, many are drawn to those. At the end
no two boxes overlap among the first, and few among all.

Source: E. R. Gansner, Y. Koren, S. North, "Graph Drawing by Stress Majorization", GD 2004; the
others follow the pivot idea of U. Brandes and C. Pich, "Eigensolver Methods for Progressive
Multidimensional Scaling of Large Data", GD 2006, with the first nodes as pivots.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]
Box: TypeAlias = tuple[float, float]
Point: TypeAlias = tuple[int, int]

# Pixels at zoom 1, set by eye on articles of 20 to 90 nodes on a 900 x 650 canvas.
_EDGE_LENGTH = 62.0
_SPREAD = 0.42
_PADDING = 12.0
# The canvas's area by that of all boxes. On nine articles of 30 to 90 nodes, the share of labels
# that fit at the opening zoom of a 1280 x 800 window: 98.6 % at 1.3, 99.3 at 1.6, 100 at 1.8; the
# text gets smaller as it grows.
_ROOM = 1.8
# The same where everything is shown at once, and the canvas's width by its height there.
_ROOM_ALL = 1.5
_ASPECT_ALL = 1.45
# Stress majorisation of more nodes than this takes over half a second.
_N_CAREFUL = 160
_SWEEPS = 80
_PIVOT_SWEEPS = 60
_SEPARATION_STEPS = 240
_SEPARATION_STEPS_ALL = 60
_GOLDEN_ANGLE = math.pi * (3.0 - math.sqrt(5.0))


def place_first(
    view: "nx.MultiDiGraph[str]", boxes: Mapping[str, Box], *, aspect: float
) -> dict[str, Point]:
    """The centres of the nodes that a page opens on, in whole pixels at zoom 1, y downwards.

    Args:
        view: its edges say which nodes belong together; direction is not looked at.
        boxes: width and height of each node to place, its label included, in the order of
            drawing; at most some 200, since time and memory grow with their number squared. A
            node's centre is the middle of its box.
        aspect: the width of the window by its height.
    """
    if not boxes:
        return {}
    nodes = list(boxes)
    centres = _majorise(
        _spiral(len(nodes), step=_EDGE_LENGTH), _distances(_undirected(view, boxes), boxes)
    )
    sizes = np.array([boxes[node] for node in nodes]) + _PADDING
    centres = _fill_canvas(centres, area=_ROOM * float(sizes.prod(axis=1).sum()), aspect=aspect)
    return _points(nodes, _separate(centres, sizes, steps=_SEPARATION_STEPS))


def place_all(
    view: "nx.MultiDiGraph[str]", boxes: Mapping[str, Box], first: Mapping[str, Point]
) -> dict[str, Point]:
    """The centres of all nodes, as ``place_first`` gives them for some.

    Few nodes are placed as carefully as the first; many are drawn to the first, which they move
    with them, and time grows with their number times that of the first.
    """
    graph = _undirected(view, boxes)
    joined = {node: box for node, box in boxes.items() if graph.degree(node)}
    if len(joined) <= _N_CAREFUL:
        places = place_first(view, joined, aspect=_ASPECT_ALL)
    else:
        nodes = [
            *(node for node in first if node in joined),
            *(n for n in joined if n not in first),
        ]
        centres = np.array([first[node] for node in first if node in joined], float)
        sizes = np.array([boxes[node] for node in nodes]) + _PADDING / 2
        placed = _place_rest(graph, nodes, centres)
        area = _ROOM_ALL * float(sizes.prod(axis=1).sum())
        placed = _fill_canvas(placed, area=area, aspect=_ASPECT_ALL)
        places = _points(nodes, _separate(placed, sizes, steps=_SEPARATION_STEPS_ALL))
    return places | _line_up({node: boxes[node] for node in boxes if node not in joined}, places)


def _line_up(boxes: Mapping[str, Box], others: Mapping[str, Point]) -> dict[str, Point]:
    """The centres of nodes that nothing is joined to: in rows below the others."""
    if not boxes:
        return {}
    step_x = _PADDING + max(width for width, _ in boxes.values())
    step_y = _PADDING + max(height for _, height in boxes.values())
    xs = [x for x, _ in others.values()] or [0]
    bottom = max((y for _, y in others.values()), default=0)
    n_columns = max(int((max(xs) - min(xs)) // step_x), 3)
    return {
        node: (
            round(min(xs) + (rank % n_columns + 0.5) * step_x),
            round(bottom + (rank // n_columns + 2) * step_y),
        )
        for rank, node in enumerate(boxes)
    }


def _undirected(view: "nx.MultiDiGraph[str]", nodes: Iterable[str]) -> nx.Graph:
    """The view between these nodes, each edge once and without direction."""
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((u, v) for u, v in view.edges() if u in graph and v in graph)
    return graph


def _points(nodes: Sequence[str], centres: Array) -> dict[str, Point]:
    """Each node's centre, rounded."""
    rows = zip(nodes, centres.tolist(), strict=True)
    return {node: (round(x), round(y)) for node, (x, y) in rows}


def _fill_canvas(centres: Array, *, area: float, aspect: float) -> Array:
    """Centres turned so that they lie along the longer side, and stretched to the canvas.

    Args:
        centres: shape (n, 2).
        area: of the canvas, in square pixels at zoom 1.
        aspect: the canvas's width by its height.
    """
    width = math.sqrt(area * aspect)
    height = area / width
    middle = centres - centres.mean(axis=0)
    covariance = middle.T @ middle
    turn = 0.5 * math.atan2(2.0 * covariance[0, 1], covariance[0, 0] - covariance[1, 1])
    if height > width:
        turn += math.pi / 2
    cosine, sine = math.cos(turn), math.sin(turn)
    turned = middle @ np.array([[cosine, -sine], [sine, cosine]])
    extents = np.maximum(turned.max(axis=0) - turned.min(axis=0), 1.0)
    return np.asarray(turned * (np.array([width, height]) / extents))


def _distances(graph: nx.Graph, boxes: Mapping[str, Box]) -> Array:
    """How far apart two nodes should be drawn, shape (n, n): along the shortest path."""
    degrees = dict(graph.degree())

    def length(u: str, v: str, _: object) -> float:
        """Room for both labels, and more around a node that many others crowd."""
        room = _EDGE_LENGTH + _SPREAD * (boxes[u][0] + boxes[v][0]) / 2
        return room + 5.0 * math.sqrt(max(degrees[u], degrees[v]))

    rows = dict(nx.all_pairs_dijkstra_path_length(graph, weight=length))
    farthest = max((max(row.values()) for row in rows.values()), default=0.0)
    # What no path joins stands a little apart from the whole.
    apart = max(farthest * 0.7, 3.0 * _EDGE_LENGTH)
    return np.array([[rows[u].get(v, apart) for v in boxes] for u in boxes], float)


def _majorise(centres: Array, distances: Array) -> Array:
    """Centres moved, one at a time, to where the weighted error of all distances is least."""
    weights = np.zeros_like(distances)
    np.divide(1.0, distances**2, out=weights, where=distances > 0)
    totals = np.maximum(weights.sum(axis=1), 1e-12)
    placed = centres.copy()
    for _ in range(_SWEEPS):
        for row in range(len(placed)):
            offsets = placed[row] - placed
            norms = np.maximum(np.sqrt((offsets**2).sum(axis=1)), 1e-6)
            wanted = placed + offsets * (distances[row] / norms)[:, None]
            placed[row] = (weights[row][:, None] * wanted).sum(axis=0) / totals[row]
    return placed


def _place_rest(graph: nx.Graph, nodes: Sequence[str], centres: Array) -> Array:
    """Centres, shape (n, 2), of all nodes, drawn to the first, whose centres begin as given."""
    n_first = len(centres)
    index = {node: row for row, node in enumerate(nodes)}
    # An unreachable pivot has distance 0 here, hence weight 0.
    wanted = _hops(graph, nodes, index=index, n_first=n_first) * _EDGE_LENGTH * 1.6
    weights = np.zeros_like(wanted)
    np.divide(1.0, wanted**2, out=weights, where=wanted > 0)
    links = np.array([(index[u], index[v]) for u, v in graph.edges()], int).reshape(-1, 2)
    placed = np.vstack([centres, _spiral(len(nodes), step=26.0)[n_first:]])
    for _ in range(_PIVOT_SWEEPS):
        placed = _pivot_step(placed, wanted, weights, links)
    return placed


def _hops(
    graph: nx.Graph, order: Sequence[str], *, index: Mapping[str, int], n_first: int
) -> Array:
    """The number of edges from each node to each of the first, shape (n, n_first); 0 if no path."""
    hops = np.zeros((len(order), n_first))
    for column, pivot in enumerate(order[:n_first]):
        for node, length in nx.single_source_shortest_path_length(graph, pivot).items():
            hops[index[node], column] = length
    return hops


def _pivot_step(placed: Array, wanted: Array, weights: Array, links: NDArray[np.int_]) -> Array:
    """Every node halfway to where its distances to the pivots and its neighbours would have it."""
    pivots = placed[: wanted.shape[1]]
    offsets = placed[:, None, :] - pivots[None, :, :]
    norms = np.maximum(np.sqrt((offsets**2).sum(axis=2)), 1e-6)
    pulls = pivots[None, :, :] + offsets * (wanted / norms)[:, :, None]
    sums = (weights[:, :, None] * pulls).sum(axis=1)
    totals = weights.sum(axis=1)
    strength = 1.0 / _EDGE_LENGTH**2
    for here, there in ((0, 1), (1, 0)):
        ends, others = links[:, here], links[:, there]
        away = placed[ends] - placed[others]
        away_norms = np.maximum(np.sqrt((away**2).sum(axis=1)), 1e-6)
        pull = placed[others] + away * (_EDGE_LENGTH / away_norms)[:, None]
        np.add.at(sums, ends, strength * pull)
        np.add.at(totals, ends, strength)
    free = totals > 0
    moved = placed.copy()
    moved[free] = (placed[free] + sums[free] / totals[free][:, None]) / 2
    return moved


def _separate(centres: Array, sizes: Array, *, steps: int) -> Array:
    """Centres pushed apart, each pair along the axis where it overlaps less, until none does.

    Args:
        centres: shape (n, 2).
        sizes: width and height of the boxes, shape (n, 2).
        steps: the most rounds; boxes may still overlap after them.
    """
    placed = centres.copy()
    halves = sizes / 2
    for _ in range(steps):
        rows, columns = _find_overlaps(placed, halves)
        if not len(rows):
            break
        _push(placed, halves, (rows, columns))
    return placed


def _find_overlaps(placed: Array, halves: Array) -> tuple[Rows, Rows]:
    """The pairs of boxes that overlap, the smaller row first, found from left to right."""
    order = np.argsort(placed[:, 0], kind="stable")
    x, y = placed[order, 0], placed[order, 1]
    half_x, half_y = halves[order, 0], halves[order, 1]
    widest = 2.0 * float(half_x.max())
    found = []
    for ahead in range(1, len(order)):
        gaps = x[ahead:] - x[:-ahead]
        if float(gaps.min()) > widest:
            break
        over_x = half_x[ahead:] + half_x[:-ahead] - gaps
        over_y = half_y[ahead:] + half_y[:-ahead] - np.abs(y[ahead:] - y[:-ahead])
        left = np.nonzero((over_x > 0.5) & (over_y > 0.5))[0]
        found.append(np.stack([order[left], order[left + ahead]]))
    pairs = np.concatenate(found, axis=1) if found else np.zeros((2, 0), np.intp)
    return pairs.min(axis=0), pairs.max(axis=0)


def _push(placed: Array, halves: Array, pairs: tuple[Rows, Rows]) -> None:
    """Move the two nodes of each pair apart, in place.

    They move along the axis where they overlap less, seen between pixels and share of their size:
    by pixels alone low, wide boxes pile up, and by share alone they line up.
    """
    rows, columns = pairs
    room = halves[rows] + halves[columns]
    gaps = placed[rows] - placed[columns]
    overlaps = room - np.abs(gaps)
    axes = (overlaps / np.sqrt(room)).argmin(axis=1)
    chosen = np.arange(len(rows))
    # All pairs move at once: the full way would overshoot where a node has several.
    way = 0.3 * overlaps[chosen, axes] * np.where(gaps[chosen, axes] >= 0, 1.0, -1.0)
    shift = np.zeros_like(placed)
    np.add.at(shift, (rows, axes), way)
    np.add.at(shift, (columns, axes), -way)
    placed += shift


def _spiral(n: int, *, step: float) -> Array:
    """``n`` points on a sunflower spiral, shape (n, 2): evenly spread, no two alike."""
    turns = np.arange(n) * _GOLDEN_ANGLE
    radii = step * np.sqrt(np.arange(n) + 0.5)
    return np.stack([radii * np.cos(turns), radii * np.sin(turns)], axis=1)
