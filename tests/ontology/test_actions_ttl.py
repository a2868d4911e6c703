"""The lexicon that ships: well formed, wide, and without two senses for the same words."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.extract.actions import NO_EVENT, Lexicon, load_lexicon

FOLDER = Path(__file__).parent.parent.parent / "ontology"
KG = "https://w3id.org/newskg/ontology#"
ACT = "https://w3id.org/newskg/action#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
EXPRESSIONS = ("verb", "particleVerb", "noun", "weakNoun", "adjective", "light")
NEVER_ISE = frozenset({"capsize", "seize", "downsize", "size"})


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon([FOLDER / "plover.ttl", FOLDER / "actions.ttl"])


@pytest.fixture(scope="module")
def triples() -> list[ox.Triple]:
    content = (FOLDER / "actions.ttl").read_bytes()
    return [quad.triple for quad in ox.parse(content, format=ox.RdfFormat.TURTLE)]


def values(triples: list[ox.Triple], predicate: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for subject, term, value in triples:
        if term.value == predicate:
            found.setdefault(subject.value.removeprefix(ACT), []).append(value.value)
    return found


def expressions(triples: list[ox.Triple], *keys: str) -> Iterator[tuple[str, str]]:
    for key in keys:
        for concept, found in values(triples, KG + key).items():
            yield from ((concept, expression) for expression in found)


def test_there_are_no_blank_nodes(triples: list[ox.Triple]) -> None:
    assert not [t for t in triples if ox.BlankNode in (type(t.subject), type(t.object))]


def test_every_concept_is_named_and_placed(triples: list[ox.Triple]) -> None:
    names = set(values(triples, SKOS + "inScheme"))
    labels = values(triples, SKOS + "prefLabel")
    above = values(triples, SKOS + "broader") | values(triples, SKOS + "topConceptOf")
    assert names == set(labels) == set(above)
    assert all(len(found) == 1 for found in [*labels.values(), *above.values()])


def test_no_two_concepts_share_a_name_but_for_case(lexicon: Lexicon) -> None:
    assert max(Counter(name.lower() for name in lexicon.actions).values()) == 1


def test_every_top_class_has_actions_of_its_own(lexicon: Lexicon) -> None:
    tops = {action.top for action in lexicon.actions.values()}
    below = Counter(action.top for name, action in lexicon.actions.items() if name != action.top)
    assert tops == set(below)
    assert len(tops) >= 25


def test_lexicon_is_wide(triples: list[ox.Triple], lexicon: Lexicon) -> None:
    heads = {head for _, head in lexicon.senses}
    assert len(heads) >= 4_000
    assert len(set(expressions(triples, "particleVerb"))) >= 500
    assert len({e for _, e in expressions(triples, "noun", "weakNoun")}) >= 2_000


def test_lexicon_covers_the_news(lexicon: Lexicon) -> None:
    events = [
        (pos, sense.expression, sense.action.top)
        for (pos, _), found in lexicon.senses.items()
        for sense in found
        if sense.action.is_event
    ]
    assert len({(pos, expression) for pos, expression, _ in events}) >= 5_000
    wanted = (
        "Movement Death Transfer Communication Election Accident Disaster Crime Business "
        "Competition Trial Health Legislation Culture Science Life"
    )
    for top in wanted.split():
        assert len({expression for _, expression, at in events if at == top}) >= 30, top


def test_no_plain_sense_has_a_rival(lexicon: Lexicon) -> None:
    senses = [
        (key, sense.words, sense.conditions, sense.action.name)
        for key, found in lexicon.senses.items()
        for sense in found
        if not sense.is_light
    ]
    concepts: dict[object, set[str]] = {}
    for *sense, name in senses:
        concepts.setdefault(tuple(sense), set()).add(name)
    assert [key for key, names in concepts.items() if len(names) > 1] == []


def test_conditions_stand_where_an_expression_can_meet_them(triples: list[ox.Triple]) -> None:
    verbs = {concept for concept, _ in expressions(triples, "verb", "particleVerb")}
    nouns = {concept for concept, _ in expressions(triples, "noun", "weakNoun")}
    for key in ("objectNoun", "subjectNoun", "objectKind", "complement"):
        assert set(values(triples, KG + key)) <= verbs
    assert set(values(triples, KG + "governor")) <= nouns


def test_every_particle_verb_has_a_particle(triples: list[ox.Triple]) -> None:
    assert [e for _, e in expressions(triples, "particleVerb") if " " not in e] == []


@pytest.mark.parametrize("key", EXPRESSIONS)
def test_expressions_are_lemmas_with_single_spaces(triples: list[ox.Triple], key: str) -> None:
    found = [expression for _, expression in expressions(triples, key)]
    assert found
    assert [e for e in found if e != " ".join(e.split()) or e.strip("-") != e] == []
    if key in ("verb", "particleVerb", "adjective", "light"):
        assert [e for e in found if e != e.lower()] == []


def test_american_spelling_has_its_british_twin(triples: list[ox.Triple]) -> None:
    verbs = set(expressions(triples, "verb"))
    american = {(c, e) for c, e in verbs if e.endswith("ize") and e not in NEVER_ISE}
    missing = {(c, e) for c, e in american if (c, e.removesuffix("ize") + "ise") not in verbs}
    assert missing == set()


def test_what_makes_no_event_has_no_category(lexicon: Lexicon) -> None:
    quiet = [action for action in lexicon.actions.values() if action.top == NO_EVENT]
    assert quiet
    assert [action.name for action in quiet if action.category or action.is_event] == []
