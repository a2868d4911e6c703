"""Which actions may report one event: "killed" and "died", "met" and "held talks"."""

from collections.abc import Mapping
from functools import cache

import pyoxigraph as ox

from kg.records import Event
from kg.resources import ontology_dir
from kg.turtle import parse_turtle, read_turtle, split_iri
from kg.words import word_set

_BROADER = "http://www.w3.org/2004/02/skos/core#broader"
# Actions of different branches of actions.ttl that articles use for the same happening.
_ALIKE = {
    action: name
    for name, actions in {
        "death": "die killing fatal-accident",
        "injury": "wounding get-injured injured",
        "meeting": "meet negotiation talk",
        "deal": "trade possession",
        "accident": "crash fall-accident",
        "victory": "win lose-match",
        "election": "vote win-election",
        "punishment": "sentencing conviction",
    }.items()
    for action in actions.split()
}
# Kinds of action that an article tells many of, or that say too little: two reports of one need the
# same participant to be one event.
_COMMON_TOPS = word_set(
    "Accusation Appointment Change Communication Cooperation Creation Culture Investigation Life "
    "Movement NotEvent Refusal Request Science Statement Support Threat Transfer Business "
    "Agreement Concession Mobilization Coercion"
)
_TELLING = word_set(
    "treaty concede-defeat lay-off displacement deal evacuation police-raid cyber-attack "
    "deportation"
)


@cache
def family_of(action: str) -> str:
    """The name of the family that the action belongs to: that of the widest action above it."""
    lineage = _lineage(action)
    below = lineage[-2] if len(lineage) > 1 else lineage[-1]
    return next((_ALIKE[name] for name in lineage if name in _ALIKE), below)


def is_telling(event: Event) -> bool:
    """Whether two reports of such an action in one story are likely to be of one event."""
    return _is_telling(event.action)


@cache
def _is_telling(action: str) -> bool:
    lineage = _lineage(action)
    return bool(_TELLING & {*lineage, family_of(action)}) or lineage[-1] not in _COMMON_TOPS


@cache
def _lineage(action: str) -> tuple[str, ...]:
    """The action and what it is a kind of, the widest last."""
    broader = _read_broader()
    found = [action]
    while (above := broader.get(found[-1])) and above not in found:
        found.append(above)
    return tuple(found)


@cache
def _read_broader() -> Mapping[str, str]:
    path = ontology_dir() / "actions.ttl"
    return {
        split_iri(triple.subject.value)[1]: split_iri(triple.object.value)[1]
        for triple in parse_turtle(path, read_turtle(path))
        if triple.predicate.value == _BROADER
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.NamedNode)
    }
