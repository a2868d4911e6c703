from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import OntologyError
from kg.graph.ontology import (
    KG,
    PREFIXES,
    Concept,
    cameo_iri,
    check_ontology,
    find_concept,
    load_turtle,
    mint_iri,
    ontology_digests,
    plover_iri,
    shorten_iri,
)
from kg.resources import ontology_dir

PLOVER = PREFIXES["plover"]


def test_wrong_term_fails_at_once() -> None:
    with pytest.raises(AttributeError, match="actr"):
        _ = KG.actr  # type: ignore[attr-defined]


def test_term_is_the_iri() -> None:
    assert KG.actor.value == "https://w3id.org/newskg/ontology#actor"


@pytest.mark.parametrize(
    ("local", "iri"),
    [
        ("a1", "ent:a1"),
        ("a b", "ent:a%20b"),
        ("a/b#c", "ent:a%2Fb%23c"),
        ("ä", "ent:%C3%A4"),
        ("..", "ent:%2E%2E"),
        ("a.b", "ent:a.b"),
    ],
)
def test_local_names_are_encoded(local: str, iri: str) -> None:
    assert mint_iri("ent", local).value == iri.replace("ent:", PREFIXES["ent"])


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (PREFIXES["kg"] + "actor", "kg:actor"),
        (PREFIXES["event"] + "1a", "event:1a"),
        (PREFIXES["event"], PREFIXES["event"]),
        ("https://example.org/x", "https://example.org/x"),
        ("urn:x", "urn:x"),
    ],
)
def test_shortening_an_iri(iri: str, short: str) -> None:
    assert shorten_iri(iri) == short


def test_no_namespace_stands_within_another() -> None:
    spaces = list(PREFIXES.values())
    assert len(set(spaces)) == len(spaces)
    assert not any(a != b and a.startswith(b) for a in spaces for b in spaces)


def test_missing_file_names_itself(tmp_path: Path) -> None:
    path = tmp_path / "none.ttl"
    with pytest.raises(OntologyError, match=r"none\.ttl: cannot be read") as caught:
        load_turtle(path)
    assert caught.value.path == path


def test_broken_file_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix a: <http://a/> .\n\na:b a:c a:d .\na:b a:c a:d e .\n")
    with pytest.raises(OntologyError, match=r"broken\.ttl, line 4: .*mend that line") as caught:
        load_turtle(path)
    assert caught.value.path == path


def test_digests_are_those_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "b.ttl").write_bytes(b"# b")
    (tmp_path / "a.ttl").write_bytes(b"# a")
    (tmp_path / "c.txt").write_bytes(b"c")
    assert ontology_digests(tmp_path) == {
        "a.ttl": sha256(b"# a").hexdigest(),
        "b.ttl": sha256(b"# b").hexdigest(),
    }
    assert "kg.ttl" in ontology_digests()


def test_files_lie_beside_the_package_in_a_checkout() -> None:
    assert ontology_dir().name == "ontology"
    assert (ontology_dir() / "kg.ttl").is_file()


def test_concept_has_a_label_and_what_it_is_a_kind_of() -> None:
    found = find_concept(ox.NamedNode(PLOVER + "RETREAT-withdraw"))
    assert found == Concept(
        iri=ox.NamedNode(PLOVER + "RETREAT-withdraw"),
        label="retreat: withdraw",
        broader=(ox.NamedNode(PLOVER + "RETREAT"),),
    )


def test_concept_of_an_action() -> None:
    found = find_concept(ox.NamedNode(PREFIXES["act"] + "attack"))
    assert found is not None
    assert found.label == "attack"


def test_unknown_concept_is_none() -> None:
    assert find_concept(ox.NamedNode(PLOVER + "FIGHT")) is None


def test_category_and_mode() -> None:
    assert plover_iri("ASSAULT").value == PLOVER + "ASSAULT"
    assert plover_iri("SANCTION", "withdraw").value == PLOVER + "SANCTION-withdraw"


@pytest.mark.parametrize(
    ("category", "mode", "message"),
    [
        ("FIGHT", None, "FIGHT: no PLOVER category. Expected one of ACCUSE, AGREE"),
        ("RETREAT", "arrest", "RETREAT-arrest: no PLOVER mode. Expected one of RETREAT-access"),
        ("AGREE", "x", "AGREE-x: no PLOVER mode. Expected one of none"),
    ],
)
def test_unknown_category_or_mode_names_the_known(
    category: str, mode: str | None, message: str
) -> None:
    with pytest.raises(OntologyError) as caught:
        plover_iri(category, mode)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("action", "category", "mode", "code"),
    [
        ("shelling", "ASSAULT", "heavy-weapons", "19"),
        ("beating", "ASSAULT", "beat", "18"),
        ("attack", "ASSAULT", None, "19"),
        ("mass-killing", "ASSAULT", "targeted", "20"),
        ("investigate", "ACCUSE", "investigate", "09"),
        ("urge", "REQUEST", None, "02"),
        ("demand", "REQUEST", None, "10"),
        ("announce", None, None, "01"),
        ("happening", "AID", None, "07"),
        ("birth", None, None, None),
        ("a-word-of-a-users-own", "PROTEST", None, "14"),
    ],
)
def test_cameo_root_is_that_of_the_action_the_mode_or_the_category(
    action: str, category: str | None, mode: str | None, code: str | None
) -> None:
    root = cameo_iri(action, category, mode)
    assert (root.value.removeprefix(PREFIXES["cameo"]) if root else None) == code


def test_check_tells_of_each_file() -> None:
    lines = check_ontology()
    assert [line for line in lines if line.startswith("kg.ttl: ") and line.endswith(" statements")]
    assert len(lines) == len(list(ontology_dir().glob("*.ttl")))
