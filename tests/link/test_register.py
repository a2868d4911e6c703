"""The register of actors: what a name can mean, and what a file of actors must not say."""

import logging
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.link.register import Actor, Register, load_register, shipped_register
from kg.link.register_build import read_actors
from kg.placenames import name_key
from kg.records import EntityKind

HEAD = """\
@prefix ent: <https://w3id.org/newskg/entity/> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix plover: <https://w3id.org/newskg/plover#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
FRONT = (
    'ent:front a kg:Organization ; skos:prefLabel "River Front"@en ; skos:altLabel "RVFR"@en .\n'
)


def write(path: Path, body: str) -> Path:
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def labels(register: Register, name: str) -> list[str]:
    return [match.actor.label for match in register.named(name)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Syrian Democratic Forces'", "Syrian Democratic Forces"),
        ("al-Shabaab", "Al Shabaab"),
        ("Medecins sans Frontieres", "Médecins Sans Frontières"),
        ("U.N.", "UN"),
        ("Asia Pacific Economic Cooperation", "Asia-Pacific Economic Cooperation"),
        ("Al-Nusra Front", "the Nusra Front"),
    ],
)
def test_key_leaves_out_how_a_name_is_written(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_abbreviation_is_no_word() -> None:
    assert name_key("WHO") != name_key("who")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("SDF", "Syrian Democratic Forces"),
        ("Daesh", "Islamic State"),
        ("Nato", "NATO"),
        ("Doctors Without Borders", "Médecins Sans Frontières"),
        ("Iraqi police", "Iraqi police"),
        ("Türkiye's Foreign Ministry", "Turkish Foreign Ministry"),
        ("Israeli army", "Israel Defense Forces"),
    ],
)
def test_shipped_register_knows_names_that_are_an_actors_own(name: str, label: str) -> None:
    (match,) = (m for m in shipped_register().named(name) if not m.is_shared)
    assert match.actor.label == label


def test_full_name_is_known_where_it_is_misspelt_by_a_doubled_letter_or_an_h() -> None:
    def person(label: str, *, kind: EntityKind = EntityKind.PERSON) -> Actor:
        return Actor(id=label.lower(), kind=kind, label=label, names=(label,))

    own = [person("Joan Ferer"), person("Ratha Bose Union", kind=EntityKind.GROUP)]
    base = [person("Elliott Mathes"), person("Anah Catto"), person("Annah Cato"), person("Li Bho")]
    register = Register(own, base=Register(base))
    found = {
        name: [match.actor.label for match in register.misspelt(name)]
        for name in ("Eliot Matthes", "Johan Ferrer", "Anna Catto", "Rata Bose Union", "Li Bo", "")
    }
    assert found == {
        "Eliot Matthes": ["Elliott Mathes"],
        "Johan Ferrer": ["Joan Ferer"],
        "Anna Catto": [],
        "Rata Bose Union": [],
        "Li Bo": [],
        "": [],
    }


def test_name_that_many_bear_is_shared() -> None:
    matches = shipped_register().named("Labour")
    assert {"GBR", "NZL"} <= {match.actor.country for match in matches}
    assert all(match.is_shared for match in matches)


def test_index_is_kept_and_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path))
    shipped_register.cache_clear()
    first = shipped_register().named("Barack Obama")
    (index,) = tmp_path.glob("actors-*.json")
    shipped_register.cache_clear()
    assert shipped_register().named("Barack Obama") == first
    index.write_text("{", encoding="utf-8")
    shipped_register.cache_clear()
    assert shipped_register().named("Barack Obama") == first
    shipped_register.cache_clear()


def test_register_works_where_nothing_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "file" / "folder"))
    shipped_register.cache_clear()
    with caplog.at_level(logging.WARNING):
        assert labels(shipped_register(), "Barack Obama") == ["Barack Obama"]
    assert "KG_CACHE" in caplog.text
    shipped_register.cache_clear()


def test_own_file_adds_actors_and_takes_over_names(tmp_path: Path) -> None:
    own = write(
        tmp_path / "own.ttl",
        FRONT
        + 'ent:sdf-of-sudan a kg:Organization ; skos:prefLabel "Sudan Front"@en ;'
        + ' skos:altLabel "SDF"@en ; kg:country "SDN" .\n'
        + 'ent:nato a kg:Organization ; skos:prefLabel "Atlantic Alliance"@en .\n',
    )
    register = load_register([own])
    assert labels(register, "RVFR") == ["River Front"]
    assert labels(register, "SDF") == ["Sudan Front"]
    assert labels(register, "UNESCO") == ["UNESCO"]
    assert labels(register, "Atlantic Alliance") == ["Atlantic Alliance"]
    assert labels(register, "NATO") == []


def test_order_of_files_changes_nothing(tmp_path: Path) -> None:
    one = write(tmp_path / "one.ttl", FRONT)
    other = write(
        tmp_path / "other.ttl",
        'ent:lake a kg:Group ; skos:prefLabel "Lake People"@en ;'
        ' kg:contextLabel "River Front"@en .\n',
    )
    there, back = load_register([one, other]), load_register([other, one])
    assert there.named("River Front") == back.named("River Front")
    assert len(there.named("River Front")) == 2


def test_everything_that_an_actor_can_say_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "own.ttl",
        'ent:ana-costa a kg:Person ; skos:prefLabel "Ana Costa"@en ;\n'
        '    skos:altLabel "A. Costa"@en ;\n'
        '    kg:contextLabel "Costa"@en ; kg:sector plover:sector-GOV ; kg:country "PRT" ;\n'
        "    skos:exactMatch wd:Q1 ;\n"
        '    kg:office [ kg:officeTitle "president" ; kg:firstYear "2001"^^xsd:gYear ] .\n',
    )
    (actor,) = read_actors([path])
    assert (actor.id, actor.kind, actor.sector) == ("ana-costa", EntityKind.PERSON, "GOV")
    assert (actor.names, actor.shared) == (("Ana Costa", "A. Costa"), ("Costa",))
    assert (actor.country, actor.wikidata) == ("PRT", "Q1")
    assert [(o.title, o.first, o.last) for o in actor.offices] == [("president", 2001, None)]


OTHER = 'ent:bank a kg:Organization ; skos:prefLabel "River Bank"@en '


@pytest.mark.parametrize(
    ("body", "line", "told"),
    [
        ("ent:front a kg:Organization", 8, "Expected Turtle"),
        (
            FRONT.replace("kg:Organization", "kg:Army"),
            8,
            "class https://w3id.org/newskg/ontology#Army",
        ),
        (FRONT.replace("kg:Organization", "kg:Place"), 8, "expected one of"),
        (FRONT + 'ent:front skos:prefLabel "The Other"@en .', 8, "'River Front', 'The Other'"),
        (FRONT + OTHER + '; skos:altLabel "RVFR"@en .', 9, "'RVFR' names both"),
        (FRONT.replace("RVFR", "River Bank") + OTHER + ".", 9, "names both"),
        (FRONT + OTHER.replace("Bank", "Front") + ".", 9, "is the skos:prefLabel of"),
        (FRONT + OTHER + "; kg:sector plover:sector-ARMY .", 9, "expected plover:sector-"),
        (FRONT + OTHER + '; kg:country "Syria" .', 9, "ISO 3166 alpha-3"),
        (FRONT + OTHER + "; skos:exactMatch wd:P31 .", 9, "and a number"),
        (FRONT + OTHER + '; kg:alias "RB" .', 9, "unknown property"),
        (
            FRONT + '<https://example.org/x> a kg:Person ; skos:prefLabel "X"@en .',
            9,
            "no IRI|not an IRI",
        ),
        (FRONT + 'ent:x a kg:Person ; skos:altLabel "X"@en .', 9, "prefLabel is none"),
        (FRONT + 'ent:x a kg:Person ; skos:prefLabel "X" ; kg:office [ ] .', 9, "officeTitle"),
    ],
)
def test_error_names_file_line_and_what_is_wrong(
    tmp_path: Path, body: str, line: int, told: str
) -> None:
    path = write(tmp_path / "own.ttl", body)
    with pytest.raises(OntologyError, match=told) as caught:
        load_register([path])
    assert str(path) in str(caught.value)
    assert f":{line}" in str(caught.value) or f"line {line}" in str(caught.value)


def test_clash_of_two_files_names_both(tmp_path: Path) -> None:
    one = write(tmp_path / "one.ttl", FRONT)
    other = write(tmp_path / "two.ttl", "\n" + OTHER + '; skos:altLabel "RVFR"@en .')
    with pytest.raises(OntologyError, match="RVFR") as caught:
        load_register([other, one])
    assert f"{one}:8" in str(caught.value)
    assert f"{other}:9" in str(caught.value)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"none\.ttl: cannot be read"):
        load_register([tmp_path / "none.ttl"])


def test_shared_names_may_be_borne_by_several(tmp_path: Path) -> None:
    body = FRONT.replace("altLabel", "altLabel") + OTHER + '; kg:contextLabel "RVFR"@en .'
    register = load_register([write(tmp_path / "own.ttl", body)])
    assert [(m.actor.id, m.is_shared) for m in register.named("RVFR")] == [
        ("bank", True),
        ("front", False),
    ]
