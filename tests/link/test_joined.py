"""What a node of several records shows."""

from dataclasses import replace
from itertools import permutations

from kg.link.joined import face_of
from kg.records import Entity, EntityKind

ARMY = Entity(id="1", kind=EntityKind.ORGANIZATION, label="Torvian Army", named=True)


def test_what_any_record_knows_is_shown_whatever_their_order() -> None:
    records = [
        ARMY,
        replace(ARMY, id="2", label="Army", sector="MIL"),
        replace(ARMY, id="3", label="TA", country="TRV", wikidata="Q1"),
    ]
    for group in permutations(records):
        face = face_of(group)
        assert face.label == "Torvian Army"
        assert face.aliases == ("Army", "TA")
        assert (face.sector, face.country, face.wikidata) == ("MIL", "TRV", "Q1")


def test_commonest_kind_wins_and_brings_the_rest() -> None:
    person = replace(ARMY, id="2", kind=EntityKind.PERSON, sector="REB", country="XXX")
    face = face_of([person, ARMY, replace(ARMY, id="3", sector="MIL")])
    assert (face.kind, face.sector, face.country) == (EntityKind.ORGANIZATION, "MIL", None)
