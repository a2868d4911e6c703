"""Whose an actor is that the register lacks, by the words around it and by where it acts."""

from dataclasses import replace

import pytest

from kg.link.owners import homes_of_demonstrators
from kg.records import EntityKind, MentionKind
from tests.link.test_identify import BODY, GROUP, NAME, NOUN, PERSON, entity_of, linked
from tests.link.told import Telling


@pytest.mark.parametrize(
    ("text", "words", "kind", "how", "country", "sector"),
    [
        ("Russian Foreign Minister Igor Petrov left.", "Igor Petrov", PERSON, NAME, "RUS", "GOV"),
        ("Judge Igor Petrov left.", "Igor Petrov", PERSON, NAME, None, "JUD"),
        ("Igor Petrov left.", "Igor Petrov", PERSON, NAME, None, None),
        ("Ivory Coast's Supreme Court sat.", "Supreme Court", BODY, NAME, "CIV", "JUD"),
        ("Opposition groups in Chad met.", "Opposition groups", BODY, NOUN, "TCD", "OPP"),
        ("Soldiers in Chad met.", "Soldiers", GROUP, NOUN, None, "MIL"),
        ("Refugees from Chad met.", "Refugees", GROUP, NOUN, "TCD", "REF"),
        ("Three Hamas members met.", "Three Hamas members", GROUP, NOUN, "PSE", "REB"),
        ("Hamas-backed men met.", "Hamas-backed men", GROUP, NOUN, None, None),
        ("Ethnic Turks met.", "Ethnic Turks", GROUP, NAME, None, None),
        ("Ethnic Turks in northern Chad met.", "Ethnic Turks", GROUP, NAME, "TCD", None),
        ("Prisoners in Chad met.", "Prisoners", GROUP, NOUN, "TCD", None),
        ("Soldiers based in Chad met.", "Soldiers", GROUP, NOUN, "TCD", "MIL"),
        ("Joint Council ministers met.", "Joint Council ministers", GROUP, NOUN, None, "IGO"),
        ("President Bush left.", "Bush", PERSON, NAME, "USA", "GOV"),
        ("Envoy Bush left.", "Bush", PERSON, NAME, None, "GOV"),
        ("Egyptian Hamas experts met.", "Egyptian Hamas experts", GROUP, NOUN, "EGY", None),
        ("Nurses from two Sri Lankan towns met.", "Nurses", GROUP, NOUN, "LKA", "MED"),
        ("Opponents of the Russian army met.", "Opponents", GROUP, NOUN, None, None),
        ("A general of the Kenyan navy left.", "A general", PERSON, NOUN, None, "MIL"),
        ("An officer of the Kenyan navy left.", "An officer", PERSON, NOUN, "KEN", None),
        ("After the SDF, General Li Wu left.", "Li Wu", PERSON, NAME, None, "MIL"),
        ("Joint Council envoy Igor Petrov left.", "Igor Petrov", PERSON, NAME, None, "IGO"),
        ("Joint Council Secretary-General Li Wu left.", "Li Wu", PERSON, NAME, None, "IGO"),
        ("Relief Union officials met.", "Relief Union officials", GROUP, NOUN, None, "NGO"),
    ],
)
def test_actor_that_the_register_lacks_is_told_by_the_words_around_it(
    text: str,
    words: str,
    kind: EntityKind,
    how: MentionKind,
    country: str | None,
    sector: str | None,
) -> None:
    found = entity_of(linked(text, (words, kind, how), published=None), words)
    assert (found.country, found.sector) == (country, sector)


def test_locals_are_of_the_country_of_the_place_before_or_after_them() -> None:
    result = linked(
        "Hajin rebels met. Residents of Hajin left. Hajin journalists stayed.",
        ("Hajin", EntityKind.PLACE),
        ("Hajin rebels", GROUP, NOUN),
        ("Residents", GROUP, NOUN),
        ("Hajin", EntityKind.PLACE),
        ("Hajin", EntityKind.PLACE),
        ("Hajin journalists", GROUP, NOUN),
    )
    assert entity_of(result, "Hajin rebels").country == "SYR"
    assert entity_of(result, "Residents").country == "SYR"
    assert entity_of(result, "Hajin journalists").country is None


@pytest.mark.parametrize(
    ("noun", "body", "country", "sector"),
    [
        ("A commander", "SDF", "SYR", "REB"),
        ("A fan", "SDF", None, None),
        ("A leader", "SDF fan club", None, None),
        ("A former officer", "Hamas", "PSE", None),
        ("A spokesman", "Relief Union", None, "NGO"),
    ],
)
def test_who_serves_a_body_is_of_its_country_and_sector(
    noun: str, body: str, country: str | None, sector: str | None
) -> None:
    how = NOUN if body.endswith("club") else NAME
    found = linked(f"{noun} of the {body} left.", (noun, PERSON, NOUN), (body, BODY, how))
    assert (entity_of(found, noun).country, entity_of(found, noun).sector) == (country, sector)


CROWDS = "Then teachers marched in Sofia. Turks and Nurses United were in Graz."


def homes(*where: str, crowd: str, sector: str | None = None, category: str = "PROTEST") -> str:
    """The country that a crowd gets which demonstrates in these towns; empty for none."""
    told = Telling("a", CROWDS)
    told.name("Sofia", "place", row="1", country="BGR")
    told.name("Graz", "place", row="2", country="AUT")
    told.name(crowd, "group")
    told.event("marched", "demonstration", {"actor": [crowd], "place": where})
    result = told.result()
    entities = {e.id: replace(e, sector=sector) for e in result.entities}
    events = [replace(event, category=category) for event in result.events]
    found = homes_of_demonstrators(entities, events, peoples={"e-Turks"})
    return found.get(f"e-{crowd}", "")


def test_crowds_demonstrate_at_home() -> None:
    assert homes("Sofia", crowd="teachers") == "BGR"
    assert homes("Sofia", crowd="Turks") == "BGR"
    assert homes("Sofia", "Graz", crowd="Turks") == ""
    assert homes(crowd="teachers") == ""


def test_others_need_not_be_at_home_where_they_demonstrate() -> None:
    assert homes("Sofia", crowd="Nurses United") == ""
    assert homes("Sofia", crowd="teachers", sector="REF") == ""
    assert homes("Sofia", crowd="teachers", category="CONSULT") == ""
