"""Which actor of a register a name means, in the article that it stands in."""

from collections.abc import Sequence
from datetime import date
from typing import cast

import pytest

from kg.link.gazetteer import Gazetteer, PlaceCandidate
from kg.link.merge import link
from kg.link.register import Actor, Office, Register
from kg.records import (
    Article,
    ArticleResult,
    Entity,
    EntityKind,
    Extraction,
    Mention,
    MentionKind,
)
from tests.link.test_merge import ONE_TOWN, OneTown, mention

PERSON, GROUP, BODY = EntityKind.PERSON, EntityKind.GROUP, EntityKind.ORGANIZATION
NAME, NOUN = MentionKind.NAME, MentionKind.NOMINAL


def actor(
    label: str,
    *names: str,
    kind: EntityKind = BODY,
    shared: Sequence[str] = (),
    country: str | None = None,
    sector: str | None = None,
    offices: Sequence[Office] = (),
) -> Actor:
    return Actor(
        id=label.lower().replace(" ", "-"),
        kind=kind,
        label=label,
        names=(label, *names),
        shared=tuple(shared),
        country=country,
        sector=sector,
        offices=tuple(offices),
    )


PRESIDENT = Office(title="president", first=2001, last=2009)
REGISTER = Register(
    [
        actor("Syrian Democratic Forces", "SDF", country="SYR", sector="REB"),
        actor("Iraqi Interior Ministry", shared=["Interior Ministry"], country="IRQ", sector="GOV"),
        actor("Syrian Interior Ministry", shared=["Interior Ministry"], country="SYR"),
        actor("British Labour Party", shared=["Labour"], country="GBR", sector="PTY"),
        actor("Kiwi Labour Party", shared=["Labour"], country="NZL", sector="PTY"),
        actor("Press Agency", "PRS", country="FRA", sector="JRN"),
        actor("Peruvian Riders", shared=["PRS"], country="PER"),
        actor("Iraqi army", "army of Iraq", country="IRQ", sector="MIL"),
        actor("Joint Council", sector="IGO"),
        actor("Relief Union", sector="NGO"),
        actor("Marie Duval", kind=PERSON, country="FRA"),
        actor("Hamas", country="PSE", sector="REB"),
        actor(
            "John Bush", kind=PERSON, shared=["Bush"], country="USA", sector="GOV",
            offices=[PRESIDENT],
        ),
        actor(
            "Jane Bush", kind=PERSON, shared=["Bush"], country="USA",
            offices=[Office(title="president", first=1989, last=1993)],
        ),
        actor(
            "Ana Li", kind=PERSON, shared=["Ana Li", "Li"], country="CHN",
            offices=[Office(title="UN envoy", first=2000)],
        ),
    ]
)  # fmt: skip


def linked(
    text: str,
    *names: tuple[str, EntityKind] | tuple[str, EntityKind, MentionKind],
    chains: Sequence[Sequence[int]] = (),
    published: date | None = date(2005, 5, 1),
) -> ArticleResult:
    """The article's entities; the same words twice are their first and second place in it."""
    mentions: list[Mention] = []
    seen: list[str] = []
    for words, kind, *how in names:
        n_before = seen.count(words)
        seen.append(words)
        mention_kind = how[0] if how else NAME
        mentions.append(mention(words, mention_kind, kind, text=text, nth=n_before))
    extraction = Extraction(
        article=Article(id="a", text=text, published=published),
        mentions=tuple(mentions),
        chains=tuple(tuple(mentions[i].id for i in chain) for chain in chains),
    )
    return link(extraction, gazetteer=ONE_TOWN, register=REGISTER)


def entity_of(result: ArticleResult, words: str, nth: int = 0) -> Entity:
    (found,) = (e for e in result.entities if f"a:{words}:{nth}" in e.mention_ids)
    return found


def test_aliases_unite_mentions_that_no_chain_joins() -> None:
    text = "The SDF fought. Syrian Democratic Forces won."
    result = linked(text, ("SDF", BODY), ("Syrian Democratic Forces", BODY))
    (forces,) = result.entities
    assert (forces.id, forces.label) == ("syrian-democratic-forces", "Syrian Democratic Forces")
    assert (forces.country, forces.sector, forces.aliases) == ("SYR", "REB", ("SDF",))


@pytest.mark.parametrize(
    ("text", "names", "chains"),
    [
        ("Sudan Defence Front (SDF) said. SDF left.", ["Sudan Defence Front", "SDF"], [(0, 1)]),
        ("The Sudan Defence Front (SDF) said so. SDF left.", ["SDF"], []),
    ],
)
def test_acronym_that_the_text_gives_another_meaning_is_not_linked(
    text: str, names: list[str], chains: list[tuple[int, ...]]
) -> None:
    result = linked(text, *((name, BODY) for name in names), chains=chains)
    assert entity_of(result, "SDF").id != "syrian-democratic-forces"


def test_kind_must_agree() -> None:
    assert entity_of(linked("Hamas slept.", ("Hamas", PERSON)), "Hamas").id != "hamas"
    assert entity_of(linked("Hamas slept.", ("Hamas", GROUP)), "Hamas").id == "hamas"
    assert entity_of(linked("Hajin fell.", ("Hajin", EntityKind.PLACE)), "Hajin").location


def test_long_name_outweighs_what_the_model_took_it_for() -> None:
    words = "Syrian Democratic Forces"
    result = linked(f"{words} won.", (words, EntityKind.PLACE))
    assert entity_of(result, words).kind is BODY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Iraqi Interior Ministry spoke.", "iraqi-interior-ministry"),
        ("The Interior Ministry in Baghdad spoke.", "iraqi-interior-ministry"),
        ("The Interior Ministry of Syria spoke.", "syrian-interior-ministry"),
        ("The Interior Ministry spoke.", None),
    ],
)
def test_country_beside_a_shared_name_settles_it(text: str, expected: str | None) -> None:
    result = linked(text, ("Interior Ministry", BODY))
    found = entity_of(result, "Interior Ministry").id
    assert found == expected if expected else not found.endswith("ministry")


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (["Iraq", "Iraqis"], "iraqi-interior-ministry"),
        (["Iraq"], None),
        (["Iraq", "Iraqis", "Syria"], "iraqi-interior-ministry"),
        (["Iraq", "Iraqis", "Syria", "Syrians"], None),
        (["Chile", "Chileans"], None),
    ],
)
def test_country_that_the_article_is_about_settles_a_shared_name(
    others: list[str], expected: str | None
) -> None:
    text = f"The Interior Ministry spoke. {'. '.join(others)}."
    names = [(other, EntityKind.COUNTRY) for other in others]
    found = entity_of(linked(text, ("Interior Ministry", BODY), *names), "Interior Ministry").id
    assert found == expected if expected else not found.endswith("ministry")


def test_other_mention_settles_a_shared_name() -> None:
    text = "Kiwi Labour Party met. Labour lost."
    result = linked(text, ("Kiwi Labour Party", BODY), ("Labour", BODY, NAME))
    assert len(result.entities) == 2 or entity_of(result, "Labour").id == "kiwi-labour-party"
    alone = linked("Labour lost.", ("Labour", BODY))
    assert entity_of(alone, "Labour").id != "kiwi-labour-party"


def test_name_of_ones_own_gives_way_where_the_article_is_about_anothers_country() -> None:
    assert entity_of(linked("PRS said.", ("PRS", BODY)), "PRS").id == "press-agency"
    text = "PRS said. Peru. Peruvians."
    names = [("Peru", EntityKind.COUNTRY), ("Peruvians", EntityKind.GROUP)]
    assert entity_of(linked(text, ("PRS", BODY), *names), "PRS").id != "press-agency"


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("President Bush spoke.", 2005, "john-bush"),
        ("President Bush spoke.", 1990, "jane-bush"),
        ("US President Bush spoke.", 2005, "john-bush"),
        ("former President Bush spoke.", 1995, "jane-bush"),
        ("President Bush spoke.", 2015, None),
        ("President Bush spoke.", None, None),
        ("Mexican President Bush spoke.", 2005, None),
        ("Vice President Bush spoke.", 2005, None),
        ("Minister Bush spoke.", 2005, None),
        ("Bush spoke.", 2005, None),
    ],
)
def test_surname_needs_an_office_that_fits_the_date(
    text: str, year: int | None, expected: str | None
) -> None:
    published = date(year, 5, 1) if year else None
    found = entity_of(linked(text, ("Bush", PERSON), published=published), "Bush").id
    assert found == expected if expected else not found.endswith("bush")


def test_surname_goes_with_the_full_name_of_its_chain() -> None:
    result = linked("John Bush spoke. Bush left.", ("John Bush", PERSON), ("Bush", PERSON))
    assert entity_of(result, "John Bush").id == "john-bush"
    chained = linked(
        "Mr. John Bush spoke. Then Bush left.", ("John Bush", PERSON), ("Bush", PERSON),
        chains=[(0, 1)],
    )  # fmt: skip
    assert entity_of(chained, "Bush").id == "john-bush"


def test_full_name_of_a_person_may_be_misspelt() -> None:
    names = {
        words: entity_of(linked(f"{words} slept.", (words, PERSON)), words).id
        for words in ("Marrie Duvalh", "Marie Duvale")
    }
    assert names["Marrie Duvalh"] == "marie-duval"
    assert names["Marie Duvale"] != "marie-duval"


def test_full_name_that_many_bear_needs_the_office() -> None:
    assert entity_of(linked("Ana Li slept.", ("Ana Li", PERSON)), "Ana Li").id != "ana-li"
    assert entity_of(linked("UN envoy Ana Li slept.", ("Ana Li", PERSON)), "Ana Li").id == "ana-li"


def test_chain_with_another_full_name_is_no_one_of_the_register() -> None:
    text = "President Tom Bush spoke. President Bush left."
    result = linked(text, ("Tom Bush", PERSON), ("Bush", PERSON), chains=[(0, 1)])
    assert entity_of(result, "Tom Bush").label == "Tom Bush"


def test_noun_with_a_countrys_name_is_linked_and_a_bare_one_is_not() -> None:
    result = linked("The Iraqi army fled. The army ran.", ("The Iraqi army", BODY, NOUN))
    assert entity_of(result, "The Iraqi army").id == "iraqi-army"
    bare = linked("The army ran.", ("The army", BODY, NOUN))
    assert not entity_of(bare, "The army").named


def test_names_of_two_actors_in_one_chain_link_it_to_neither() -> None:
    text = "Hamas met the SDF."
    result = linked(text, ("Hamas", BODY), ("SDF", BODY), chains=[(0, 1)])
    (both,) = result.entities
    assert both.id not in ("hamas", "syrian-democratic-forces")


def test_acronym_of_a_body_is_no_town_of_that_name() -> None:
    text = "The SDF met in Hajin."
    (town,) = ONE_TOWN.candidates("Hajin")

    class Everywhere(OneTown):
        def candidates(self, name: str) -> tuple[PlaceCandidate, ...]:
            return (town,)

    extraction = Extraction(
        article=Article(id="a", text=text),
        mentions=(
            mention("SDF", NAME, EntityKind.PLACE, text=text),
            mention("Hajin", NAME, EntityKind.PLACE, text=text),
        ),
    )
    result = link(extraction, gazetteer=cast(Gazetteer, Everywhere()), register=REGISTER)
    assert entity_of(result, "SDF").id == "syrian-democratic-forces"
    assert entity_of(result, "SDF").location is None
    assert entity_of(result, "Hajin").location is not None


def test_country_taken_for_a_body_is_the_country() -> None:
    found = entity_of(linked("South Korea agreed.", ("South Korea", BODY)), "South Korea")
    assert (found.kind, found.country) == (EntityKind.COUNTRY, "KOR")
