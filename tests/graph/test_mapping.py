import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import OntologyError
from kg.export import to_turtle
from kg.graph.mapping import map_results, map_triples, sort_triples
from kg.graph.nodes import claim_iri, entity_iri, event_iri, span_iri
from kg.graph.ontology import GEO, KG, NIF, PROV, RDF, RDFS, SCHEMA, SEM, SKOS
from kg.graph.terms import REALISED, UNREALISED
from kg.records import (
    ArticleResult,
    Entity,
    EntityKind,
    Event,
    Location,
    Modality,
    Polarity,
    RoleName,
    Span,
)
from tests import strategies
from tests.graph.factories import (
    SENTENCES,
    clash,
    make_article,
    make_entity,
    make_event,
    make_mention,
    make_result,
    make_role,
    span_of,
)

# What tests.strategies draws freely, but the ontology and the results tie together.
Result = st.builds(
    lambda result: replace(result, events=tuple(tied(e, result) for e in result.events)),
    strategies.results(),
)


def tied(event: Event, result: ArticleResult) -> Event:
    """The event with a speaker among the entities, and without an unknown mode."""
    told = event.attribution
    speaker = result.entities[0].id if result.entities else None
    return replace(event, mode=None, attribution=replace(told, entity_id=speaker) if told else None)


def values(triples: list[ox.Triple], subject: ox.NamedNode, predicate: ox.NamedNode) -> list[str]:
    return [t.object.value for t in triples if (t.subject, t.predicate) == (subject, predicate)]


def one_event(**changes: object) -> tuple[list[ox.Triple], Event]:
    article = make_article()
    event = make_event(article, "captured", SENTENCES[0], **changes)
    return map_triples([make_result(article, events=(event,))]), event


def subjects(triples: list[ox.Triple], predicate: ox.NamedNode) -> set[str]:
    return {t.subject.value for t in triples if t.predicate == predicate}


def test_realised_event_is_one_node_with_flat_properties() -> None:
    result = clash()
    triples = map_triples([result])
    node = event_iri(result.events[0])
    found = {
        t.predicate.value.rpartition("#")[2]: t.object.value for t in triples if t.subject == node
    }
    assert found == {
        "type": SEM.Event.value,
        "label": "River Guard captured 40 raiders in Nordhaven",
        "action": "https://w3id.org/newskg/action#capture-person",
        "category": "https://w3id.org/newskg/plover#ASSAULT",
        "mode": "https://w3id.org/newskg/plover#ASSAULT-abduct",
        "cameo": "https://w3id.org/newskg/cameo#18",
        "actor": entity_iri(result.entities[0]).value,
        "target": entity_iri(result.entities[1]).value,
        "place": entity_iri(result.entities[2]).value,
        "lemma": "capture",
        "date": "2024-05-03",
        "earliest": "2024-05-03",
        "latest": "2024-05-03",
        "timeText": "on Friday",
        "timeValue": "2024-05-03",
        "time": found["time"],
        "quantity": found["quantity"],
        "claim": claim_iri(result.events[0]).value,
        "polarity": KG.Positive.value,
        "modality": KG.Actual.value,
    }


@pytest.mark.parametrize(
    ("polarity", "modality", "types"),
    [
        (Polarity.POSITIVE, Modality.ACTUAL, {SEM.Event}),
        (Polarity.POSITIVE, Modality.HABITUAL, {SEM.Event}),
        (Polarity.POSITIVE, Modality.PLANNED, {KG.UnrealisedEvent, KG.PlannedEvent}),
        (Polarity.POSITIVE, Modality.HYPOTHETICAL, {KG.UnrealisedEvent, KG.HypotheticalEvent}),
        (Polarity.NEGATIVE, Modality.ACTUAL, {KG.UnrealisedEvent, KG.DeniedEvent}),
        (Polarity.NEGATIVE, Modality.HABITUAL, {KG.UnrealisedEvent, KG.DeniedEvent}),
        (
            Polarity.NEGATIVE,
            Modality.PLANNED,
            {KG.UnrealisedEvent, KG.DeniedEvent, KG.PlannedEvent},
        ),
        (
            Polarity.NEGATIVE,
            Modality.HYPOTHETICAL,
            {KG.UnrealisedEvent, KG.DeniedEvent, KG.HypotheticalEvent},
        ),
    ],
)
def test_class_of_an_event_follows_from_what_the_text_says(
    polarity: Polarity, modality: Modality, types: set[ox.NamedNode]
) -> None:
    triples, event = one_event(polarity=polarity, modality=modality)
    node = event_iri(event)
    assert {t.object for t in triples if (t.subject, t.predicate) == (node, RDF.type)} == types


@pytest.mark.parametrize("modality", [Modality.ACTUAL, Modality.HABITUAL])
def test_modality_of_a_realised_event_is_kept(modality: Modality) -> None:
    triples, event = one_event(modality=modality)
    assert values(triples, event_iri(event), KG.modality) == [
        {"actual": KG.Actual, "habitual": KG.Habitual}[modality].value
    ]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_unrealised_event_shares_only_type_and_label_with_realised_ones(number: int) -> None:
    result = clash()
    triples = map_triples([result])
    of_events = {
        realised: {
            t.predicate
            for t in triples
            for event in result.events
            if event.is_realised is realised and t.subject == event_iri(event)
        }
        for realised in (True, False)
    }
    assert of_events[True] & of_events[False] == {RDF.type, RDFS.label}
    assert not result.events[number].is_realised


def test_families_of_event_properties_have_nothing_in_common() -> None:
    def family(terms: object) -> set[ox.NamedNode]:
        fields = {name: getattr(terms, name) for name in terms.__dataclass_fields__}
        roles = fields.pop("roles")
        return {*fields.values(), *roles.values()}

    assert not family(REALISED) & family(UNREALISED)
    assert len(family(REALISED)) == len(family(UNREALISED))


@pytest.mark.parametrize(
    "changes",
    [{}, {"polarity": Polarity.NEGATIVE}, {"modality": Modality.PLANNED}],
)
def test_label_is_the_events_own(changes: dict[str, object]) -> None:
    # That an event did not happen is said in the label as ``kg.link.labels`` makes it, once.
    triples, event = one_event(label="Guard not to strike", **changes)
    assert values(triples, event_iri(event), RDFS.label) == ["Guard not to strike"]


def test_claim_leads_to_the_characters_that_support_it() -> None:
    result = clash()
    triples = map_triples([result])
    event = result.events[0]
    claim = claim_iri(event)
    (evidence,) = values(triples, claim, KG.evidence)
    assert values(triples, ox.NamedNode(evidence), NIF.anchorOf) == [SENTENCES[0]]
    assert values(triples, claim, KG.rule) == ["verb_is_event"]
    assert values(triples, claim, KG.model) == ["test 1"]
    assert values(triples, claim, KG.score) == ["0.75"]
    assert values(triples, claim, PROV.hadPrimarySource) == [
        "https://w3id.org/newskg/article/clash"
    ]
    (trigger,) = values(triples, claim, KG.trigger)
    assert values(triples, ox.NamedNode(trigger), NIF.anchorOf) == ["captured"]


def test_every_quote_is_the_text_between_its_offsets() -> None:
    result = clash()
    triples = map_triples([result])
    nodes = subjects(triples, NIF.anchorOf)
    assert len(nodes) > 20
    for iri in nodes:
        start, end = (int(part) for part in iri.rpartition("#char=")[2].split(","))
        node = ox.NamedNode(iri)
        assert values(triples, node, NIF.anchorOf) == [result.article.text[start:end]]
        assert values(triples, node, NIF.beginIndex) == [str(start)]
        assert values(triples, node, NIF.endIndex) == [str(end)]


def test_each_role_and_membership_has_a_statement_with_characters_rule_and_score() -> None:
    result = clash()
    triples = map_triples([result])
    by_subject: dict[str, dict[ox.NamedNode, str]] = {
        subject: {} for subject in subjects(triples, RDF.predicate)
    }
    for t in triples:
        if t.subject.value in by_subject:
            by_subject[t.subject.value][t.predicate] = t.object.value
    statements = [
        (s[RDF.subject], s[RDF.predicate], s[RDF.object], s[KG.evidence], s[KG.rule], s[KG.score])
        for s in by_subject.values()
    ]
    entities = {entity.id: entity_iri(entity).value for entity in result.entities}
    expected = [
        (
            event_iri(event).value,
            (REALISED if event.is_realised else UNREALISED).roles[role.name].value,
            entities[role.entity_id],
            span_iri(role.span).value,
            role.rule,
            str(role.score),
        )
        for event in result.events
        for role in event.roles
    ]
    expected += [
        (
            entities[one.member],
            KG.memberOf.value,
            entities[one.body],
            span_iri(one.span).value,
            one.rule,
            str(one.score),
        )
        for one in result.memberships
    ]
    assert result.memberships
    assert sorted(statements) == sorted(expected)


def test_inferred_role_is_marked() -> None:
    triples = map_triples([clash()])
    marks = [t.object.value for t in triples if t.predicate == KG.inferred]
    assert sorted(set(marks)) == ["false", "true"]
    assert marks.count("true") == 1


def test_speaker_and_cue_of_a_claim() -> None:
    result = clash()
    triples = map_triples([result])
    claim = claim_iri(result.events[1])
    assert values(triples, claim, PROV.wasAttributedTo) == [entity_iri(result.entities[3]).value]
    assert values(triples, claim, KG.cue) == ["said"]
    quotes = [
        values(triples, ox.NamedNode(iri), NIF.anchorOf)[0]
        for iri in values(triples, claim, KG.attributionEvidence)
    ]
    assert sorted(quotes) == ["said", "she"]


def test_claim_without_a_speaker_is_told_by_the_article() -> None:
    triples, event = one_event(label="Guard struck")
    assert values(triples, claim_iri(event), PROV.wasAttributedTo) == []
    assert values(triples, claim_iri(event), RDFS.label) == ["The Daily Reed: Guard struck"]


def test_quantity_of_a_range() -> None:
    result = clash()
    triples = map_triples([result])
    (node,) = values(triples, event_iri(result.events[5]), KG.quantity)
    found = {t.predicate: t.object.value for t in triples if t.subject.value == node}
    assert found[SCHEMA.value] == "3"
    assert found[SCHEMA.maxValue] == "5"
    assert found[SCHEMA.unitText] == "people"
    assert found[KG.counts] == KG.DeadCount.value
    assert found[KG.comparator] == KG.Range.value
    assert found[RDFS.label] == "Three to five"


def test_quantity_of_an_unrealised_event_does_not_count() -> None:
    result = clash()
    triples = map_triples([result])
    (node,) = values(triples, event_iri(result.events[3]), KG.unrealisedQuantity)
    assert values(triples, ox.NamedNode(node), KG.counts) == []
    assert values(triples, ox.NamedNode(node), KG.unrealisedCounts) == [KG.TargetCount.value]


@pytest.mark.parametrize(
    ("kind", "prefix", "types"),
    [
        (EntityKind.PERSON, "entity", {KG.Person, SEM.Actor}),
        (EntityKind.GROUP, "entity", {KG.Group, SEM.Actor}),
        (EntityKind.ORGANIZATION, "entity", {KG.Organization, SEM.Actor}),
        (EntityKind.COUNTRY, "entity", {KG.Country, SEM.Actor, SEM.Place}),
        (EntityKind.PLACE, "place", {KG.Place, SEM.Place, KG.UnresolvedPlace}),
        (EntityKind.FACILITY, "place", {KG.Facility, SEM.Place, KG.UnresolvedPlace}),
        (EntityKind.OBJECT, "entity", {KG.Object, SEM.Object}),
    ],
)
def test_kind_of_an_entity_is_its_class(
    kind: EntityKind, prefix: str, types: set[ox.NamedNode]
) -> None:
    entity = make_entity("Reed", kind, [])
    triples = map_triples([make_result(entities=(entity,))])
    node = ox.NamedNode(f"https://w3id.org/newskg/{prefix}/{entity.id}")
    assert {t.object for t in triples if (t.subject, t.predicate) == (node, RDF.type)} == types
    assert values(triples, node, KG.named) == ["true"]


def test_resolved_place_has_coordinates_and_the_country_of_its_gazetteer_row() -> None:
    result = clash()
    triples = map_triples([result])
    node = entity_iri(result.entities[2])
    assert values(triples, node, GEO.lat) == ["60.5"]
    assert values(triples, node, GEO.long) == ["-4.25"]
    assert values(triples, node, KG.country) == ["VEL"]
    assert KG.UnresolvedPlace.value not in values(triples, node, RDF.type)


def test_mentions_of_an_entity_with_their_kind() -> None:
    result = clash()
    triples = map_triples([result])
    spans = values(triples, entity_iri(result.entities[3]), KG.mention)
    kinds = {
        values(triples, ox.NamedNode(iri), NIF.anchorOf)[0]: values(
            triples, ox.NamedNode(iri), RDF.type
        )
        for iri in spans
    }
    assert set(kinds) == {"Ida Falk", "she"}
    assert KG.PronounMention.value in kinds["she"]
    assert KG.NameMention.value in kinds["Ida Falk"]


def test_concepts_have_labels_and_lead_to_what_they_are_kinds_of() -> None:
    triples = map_triples([clash()])
    mode = ox.NamedNode("https://w3id.org/newskg/plover#ASSAULT-abduct")
    (category,) = values(triples, mode, SKOS.broader)
    (quarter,) = values(triples, ox.NamedNode(category), SKOS.broader)
    assert values(triples, ox.NamedNode(quarter), RDFS.label) == ["material conflict"]
    for concept in subjects(triples, SKOS.broader):
        assert values(triples, ox.NamedNode(concept), RDFS.label)


def test_action_that_no_file_has_is_called_by_its_name() -> None:
    triples, event = one_event(action="walk-the-plank")
    action = ox.NamedNode(values(triples, event_iri(event), KG.action)[0])
    assert values(triples, action, RDFS.label) == ["walk the plank"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"category": "FIGHT"}, r"FIGHT: no PLOVER category\. Expected one of ACCUSE, AGREE"),
        ({"mode": "nibble"}, r"ASSAULT-nibble: no PLOVER mode.*ASSAULT-abduct"),
        ({"action": "no action"}, r"'no action': no action\. Expected the local name"),
        ({"action": "> ; drop"}, "no action"),
    ],
)
def test_unknown_words_of_the_ontology_are_refused(
    changes: dict[str, object], message: str
) -> None:
    with pytest.raises(OntologyError, match=message):
        one_event(**changes)


def test_role_of_an_unknown_entity_is_the_callers_mistake() -> None:
    stranger = make_entity("Nobody", EntityKind.PERSON, [])
    role = make_role(RoleName.ACTOR, stranger, Span(article_id="clash", start=0, end=3))
    with pytest.raises(ValueError, match=f"'{stranger.id}' is in none of the results"):
        one_event(roles=(role,))


def test_mention_that_is_missing_is_the_callers_mistake() -> None:
    article = make_article()
    mention = make_mention(article, span_of(article, "Nordhaven"), EntityKind.PLACE)
    entity = make_entity("Nordhaven", EntityKind.PLACE, [mention])
    with pytest.raises(ValueError, match="is in none of the results"):
        map_triples([make_result(article, entities=(entity,))])


def test_entity_of_several_articles_is_one_node_with_one_label() -> None:
    def row(name: str, score: float) -> Location:
        return Location(
            gazetteer_id=name, name=name, latitude=1, longitude=2, country="VEL", score=score
        )

    ways: list[Entity] = [
        replace(make_entity("Guard", EntityKind.FACILITY, []), id="x", location=row("b", 0.5)),
        replace(
            make_entity("River Guard", EntityKind.FACILITY, []), id="x", location=row("a", 0.9)
        ),
        # What has no name is called something, which is no other name of the node.
        replace(make_entity("guards on the river", EntityKind.FACILITY, []), id="x"),
    ]
    results = [
        make_result(make_article(id=f"a{number}"), entities=(entity,))
        for number, entity in enumerate(ways)
    ]
    triples = map_triples(results)
    node = entity_iri(ways[0])
    assert values(triples, node, RDFS.label) == ["River Guard"]
    assert values(triples, node, SKOS.altLabel) == ["Guard"]
    assert values(triples, node, KG.gazetteerId) == ["a"]
    assert triples == map_triples(reversed(results))


def test_article_of_one_sentence_keeps_its_text_and_its_quote_apart() -> None:
    article = make_article("It fell.")
    event = make_event(article, "fell", "It fell.")
    triples = map_triples([make_result(article, events=(event,))])
    whole = span_iri(event.sentence)
    assert values(triples, whole, NIF.isString) == ["It fell."]
    assert values(triples, whole, NIF.anchorOf) == ["It fell."]


def test_article_is_described() -> None:
    triples = map_triples([make_result(make_article("Reeds."))])
    found = {
        t.predicate.value.rpartition("/")[2].rpartition("#")[2]: t.object.value
        for t in triples
        if t.subject.value == "https://w3id.org/newskg/article/clash"
    }
    assert found == {
        "type": SCHEMA.NewsArticle.value,
        "label": "Clash at the river",
        "identifier": "clash",
        "title": "Clash at the river",
        "issued": "2024-05-04",
        "publisher": "The Daily Reed",
        "url": "https://reed.example/clash",
        "textSha256": sha256(b"Reeds.").hexdigest(),
    }


def test_what_an_article_lacks_is_left_out() -> None:
    article = make_article("Reeds.", title="", published=None, source="", url=None)
    predicates = {t.predicate for t in map_triples([make_result(article)])}
    assert not any(p.value.endswith(("title", "issued", "publisher", "url")) for p in predicates)
    assert RDFS.label in predicates


@pytest.mark.parametrize(
    "article_id", ["a b", "a/b#c?d", "ä", "..", ".", "%41", "<x>", '"', "\ud800"]
)
def test_any_article_id_makes_one_iri_of_its_own(article_id: str) -> None:
    triples = map_triples([make_result(make_article("Reeds.", id=article_id))])
    (node,) = subjects(triples, KG.textSha256)
    local = node.removeprefix("https://w3id.org/newskg/article/")
    assert "/" not in local
    assert "#" not in local
    assert local.strip(".")
    assert local != make_article().id


def test_lone_surrogates_become_replacement_characters_of_the_same_length() -> None:
    article = make_article("A \ud83d b fell.", title="\udfff")
    event = make_event(article, "fell", article.text, label="\ud800 fell")
    triples = map_triples([make_result(article, events=(event,))])
    assert values(triples, span_iri(event.sentence), NIF.anchorOf) == ["A \ufffd b fell."]
    assert values(triples, span_iri(event.trigger), NIF.anchorOf) == ["fell"]


@pytest.mark.parametrize(
    ("score", "text"),
    [(1, "1"), (0.0, "0"), (0.5, "0.5"), (1 / 3, "0.333333"), (1e-9, "0"), (-1e-9, "0")],
)
def test_decimals_have_one_form_that_a_store_gives_back(score: float, text: str) -> None:
    article = make_article()
    role = make_role(
        RoleName.ACTOR,
        entity := make_entity("G", EntityKind.GROUP, []),
        span_of(article, "raiders"),
        score=score,
    )
    event = make_event(article, "captured", SENTENCES[0], roles=(role,))
    triples = map_triples([make_result(article, entities=(entity,), events=(event,))])
    scores = [t.object for t in triples if t.predicate == KG.score]
    assert text in [term.value for term in scores]
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    assert {q.triple for q in store} == set(triples)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(Result)
def test_any_result_makes_a_graph_without_blank_nodes(result: ArticleResult) -> None:
    triples = map_triples([result])
    assert all(
        isinstance(t.subject, ox.NamedNode) and not isinstance(t.object, ox.BlankNode)
        for t in triples
    )
    realised = {event_iri(event).value for event in result.events if event.is_realised}
    plain = {*REALISED.roles.values(), KG.action, KG.category, KG.quantity, KG.claim, KG.date}
    assert {t.subject.value for t in triples if t.predicate in plain} <= realised


def test_rdflib_graph_holds_the_same_triples() -> None:
    result = clash()
    graph = map_results([result])
    assert len(graph) == len(map_triples([result]))
    rows = graph.query("SELECT ?l { ?e kg:actor/rdfs:label ?l ; kg:date ?d }")
    assert [str(row.l) for row in rows] == ["River Guard"]


def test_order_of_articles_and_repetition_change_nothing() -> None:
    results = [clash("a"), clash("b"), clash("c")]
    assert map_triples(results) == map_triples([*reversed(results), results[0]])


def test_sorting_puts_type_and_label_first() -> None:
    triples = sort_triples(map_triples([clash()]))
    first: dict[object, list[ox.NamedNode]] = {}
    for triple in triples:
        first.setdefault(triple.subject, []).append(triple.predicate)
    assert all(predicates[0] == RDF.type for predicates in first.values())


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "from tests.graph.factories import clash; from kg.export import to_turtle;"
        "from kg.graph.mapping import map_triples; import hashlib;"
        "print(hashlib.sha256(to_turtle(map_triples([clash()])).encode()).hexdigest())"
    )
    here = sha256(to_turtle(map_triples([clash()])).encode()).hexdigest()
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PATH": ""},
    )
    assert done.stdout.strip() == here


def test_forty_events_are_mapped_in_a_blink() -> None:
    results = [clash(f"a{number}") for number in range(7)]
    map_triples(results)
    began = time.process_time()
    map_triples(results)
    assert time.process_time() - began < 0.5  # five times what is aimed at, for a busy machine


def test_dates_before_the_year_1000_keep_four_digits() -> None:
    article = make_article("Reeds.", published=date(476, 9, 4))
    issued = [
        t.object.value
        for t in map_triples([make_result(article)])
        if t.predicate.value.endswith("issued")
    ]
    assert issued == ["0476-09-04"]
