"""Reading a lexicon, and picking the sense that a clause asks for."""

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.extract.actions import Action, Clause, ImpliedStatus, Lexicon, load_lexicon
from kg.records import RoleName

FOLDER = Path(__file__).parent.parent.parent / "ontology"

HEADER = """
@prefix act: <https://w3id.org/newskg/action#> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix plover: <https://w3id.org/newskg/plover#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
act:Violence a skos:Concept ; skos:prefLabel "violence"@en .
act:NotEvent a skos:Concept ; skos:prefLabel "not an event"@en .
"""

FIGHTING = """
act:attack a skos:Concept ; skos:prefLabel "attack"@en ; skos:broader act:Violence ;
    skos:broadMatch plover:ASSAULT ; kg:verb "attack", "fire at" ; kg:noun "attack", "raid" ;
    kg:obliqueTarget "on", "at" .
act:air-raid a skos:Concept ; skos:prefLabel "air raid"@en ; skos:broader act:attack ;
    skos:broadMatch plover:ASSAULT-aerial ; kg:noun "air raid", "cease-fire" .
act:dismissal a skos:Concept ; skos:prefLabel "dismissal"@en ; skos:broader act:Violence ;
    kg:objectKind "Person" ; kg:verb "fire" .
act:shooting a skos:Concept ; skos:prefLabel "shooting"@en ; skos:broader act:Violence ;
    kg:verb "fire" ; kg:weakNoun "order" .
act:light a skos:Concept ; skos:prefLabel "light verb"@en ; skos:broader act:NotEvent ;
    kg:light "launch", "carry out", "fire" .
"""


def write(folder: Path, body: str) -> list[Path]:
    path = folder / "actions.ttl"
    path.write_text(HEADER + body, encoding="utf-8")
    return [path, FOLDER / "plover.ttl"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    return load_lexicon(write(tmp_path_factory.mktemp("lexicon"), FIGHTING))


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon([FOLDER / "plover.ttl", FOLDER / "actions.ttl"])


def find(lexicon: Lexicon, lemma: str, pos: str, clause: dict[str, object]) -> Action | None:
    sense = lexicon.find_sense(lemma, pos, Clause(**clause))  # type: ignore[arg-type]
    return sense.action if sense else None


def name(lexicon: Lexicon, lemma: str, pos: str = "VERB", **clause: object) -> str | None:
    action = find(lexicon, lemma, pos, clause)
    return action.name if action else None


def coded(lexicon: Lexicon, lemma: str, pos: str, clause: dict[str, object]) -> str | None:
    """The PLOVER category with its mode; the word must be in the lexicon."""
    action = find(lexicon, lemma, pos, clause)
    assert action is not None
    return f"{action.category}-{action.mode}" if action.mode else action.category


def test_action_holds_what_the_concept_says(small: Lexicon) -> None:
    action = small.find("attack", "NOUN")
    assert action is small.actions["attack"]
    assert (action.label, action.top, action.category, action.mode) == (
        "attack",
        "Violence",
        "ASSAULT",
        None,
    )
    assert action.is_event
    assert action.oblique_targets == ("at", "on")


def test_top_is_found_through_every_step(small: Lexicon) -> None:
    assert small.actions["air-raid"].top == "Violence"
    assert small.actions["air-raid"].mode == "aerial"
    assert not small.actions["light"].is_event


def test_unknown_word_is_no_action(small: Lexicon) -> None:
    assert small.find("sing", "VERB") is None
    assert small.find("attack", "ADV") is None


def test_compound_makes_the_closer_sense(small: Lexicon) -> None:
    assert name(small, "raid", "NOUN") == "attack"
    assert name(small, "raid", "NOUN", compounds=("air",)) == "air-raid"


@pytest.mark.parametrize(
    ("lemma", "compounds"), [("cease-fire", ()), ("fire", ("cease",)), ("Cease-fire", ())]
)
def test_hyphens_part_words(small: Lexicon, lemma: str, compounds: tuple[str, ...]) -> None:
    assert name(small, lemma, "NOUN", compounds=compounds) == "air-raid"


def test_met_condition_beats_the_plain_sense(small: Lexicon) -> None:
    assert name(small, "fire") == "shooting"
    assert name(small, "fire", object_lemma="gun") == "shooting"
    assert name(small, "fire", object_lemma="he", object_kind="Person") == "dismissal"
    assert name(small, "fire", prepositions=frozenset({"at"})) == "attack"


def test_light_verb_comes_last_but_with_its_particle(small: Lexicon) -> None:
    assert name(small, "launch") == "light"
    assert name(small, "fire") == "shooting"
    assert name(small, "carry") is None
    assert name(small, "carry", particle="out") == "light"
    assert small.is_light("Fire")
    assert not small.is_light("attack")


def test_weak_noun_is_told(small: Lexicon) -> None:
    weak = small.find_sense("order", "NOUN", Clause())
    strong = small.find_sense("attack", "NOUN", Clause())
    assert weak is not None
    assert weak.is_weak
    assert strong is not None
    assert not strong.is_weak


def test_rule_names_concept_expression_and_conditions(small: Lexicon) -> None:
    sense = small.find_sense("fire", "VERB", Clause(object_lemma="he", object_kind="Person"))
    assert sense is not None
    assert sense.rule == "dismissal[fire, objectKind]"


def test_same_content_is_read_once(tmp_path: Path) -> None:
    paths = write(tmp_path, FIGHTING)
    assert load_lexicon(paths) is load_lexicon(paths)
    before = load_lexicon(paths)
    write(tmp_path, FIGHTING.replace('"raid"', '"foray"'))
    assert load_lexicon(paths) is not before
    assert load_lexicon(paths).find("foray", "NOUN") is not None


WRONG = 'act:x a skos:Concept ; skos:prefLabel "x"@en ; skos:broader act:Violence ; '


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (WRONG + "skos:broadMatch plover:ASSALT .", "plover:ASSALT"),
        (WRONG + "skos:broadMatch plover:ASSAULT-tickle .", "ASSAULT-aerial"),
        (WRONG + 'kg:objectKind "Animal" .', '"Animal"'),
        (WRONG + 'kg:implies "perhaps" .', '"perhaps"'),
        (WRONG + 'kg:adverb "quickly" .', "kg:adverb"),
        (WRONG.replace("Violence", "Nothing") + 'kg:verb "x" .', "Nothing"),
        ("act:x a skos:Concept ; skos:broader act:Violence .", "prefLabel"),
        ("act:x a skos:Concept ; ;;", "line 8"),
        (
            'act:x a skos:Concept ; skos:prefLabel "x" ; skos:broader act:y .\n'
            'act:y a skos:Concept ; skos:prefLabel "y" ; skos:broader act:x .',
            "circle",
        ),
    ],
)
def test_fault_names_file_and_value(tmp_path: Path, body: str, told: str) -> None:
    with pytest.raises(OntologyError) as caught:
        load_lexicon(write(tmp_path, body))
    assert str(caught.value).startswith(str(tmp_path / "actions.ttl"))
    assert told in str(caught.value)
    assert caught.value.path == tmp_path / "actions.ttl"


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"none\.ttl: cannot be read"):
        load_lexicon([tmp_path / "none.ttl"])


def test_category_without_plover_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"plover\.ttl among the paths"):
        load_lexicon(write(tmp_path, FIGHTING)[:1])


FOR = frozenset({"for"})
IN = frozenset({"in"})


@pytest.mark.parametrize(
    ("lemma", "clause", "expected"),
    [
        ("call", {"prepositions": FOR, "dependents": frozenset({"talk"})}, "REQUEST-meet"),
        ("call", {"prepositions": FOR, "dependents": frozenset({"ceasefire"})}, "REQUEST-yield"),
        ("call", {"prepositions": FOR, "dependents": frozenset({"reflection"})}, "REQUEST"),
        ("call", {"particle": "off", "object_lemma": "talk"}, "REJECT-meet"),
        ("call", {"particle": "off", "object_lemma": "strike"}, "CONCEDE"),
        (
            "call",
            {"object_lemma": "he", "object_kind": "Person", "dependents": frozenset({"liar"})},
            "ACCUSE-disapprove",
        ),
        ("demand", {"object_lemma": "release"}, "REQUEST-yield"),
        ("capture", {"object_lemma": "fighter", "object_kind": "Group"}, "ASSAULT-abduct"),
        ("capture", {"object_lemma": "town", "object_kind": "Place"}, "COERCE-seize"),
        ("fire", {"object_lemma": "he", "object_kind": "Person"}, None),
        ("fire", {"prepositions": frozenset({"at"})}, "ASSAULT-firearms"),
        ("strike", {"object_lemma": "convoy"}, "ASSAULT"),
        ("strike", {"subject_lemma": "worker"}, "PROTEST-strike"),
        ("strike", {"subject_lemma": "earthquake", "object_lemma": "city"}, None),
        ("kill", {"subject_lemma": "gunman"}, "ASSAULT"),
        ("kill", {"subject_lemma": "flood"}, None),
        ("kill", {"prepositions": IN, "dependents": frozenset({"crash"})}, None),
        ("release", {"object_lemma": "hostage", "object_kind": "Group"}, "RETREAT-release"),
        ("release", {"object_lemma": "report"}, None),
        ("withdraw", {"object_lemma": "troop"}, "RETREAT-withdraw"),
        ("withdraw", {"object_lemma": "funding"}, "SANCTION-withdraw"),
        ("send", {"object_lemma": "troop"}, "MOBILIZE-troops"),
        ("send", {"object_lemma": "aid"}, "AID"),
        ("send", {"object_lemma": "peacekeeper"}, "AID"),
        ("give", {"object_lemma": "$"}, "AID"),
        ("return", {"object_lemma": "painting"}, "COOPERATE"),
        ("violate", {"object_lemma": "truce"}, "ASSAULT"),
        ("violate", {"object_lemma": "treaty"}, None),
        ("defend", {"object_lemma": "decision"}, "SUPPORT"),
        ("decline", {"complement": "xcomp", "dependents": frozenset({"comment"})}, None),
        ("visit", {"object_lemma": "Russia", "object_kind": "Country"}, "CONSULT-visit"),
        ("deny", {"object_lemma": "visa"}, "REJECT"),
        ("lift", {"object_lemma": "curfew"}, "CONCEDE"),
        ("impose", {"object_lemma": "curfew"}, "COERCE-curfew"),
        ("impose", {"object_lemma": "sanction"}, "SANCTION-discontinue"),
        ("beat", {"object_lemma": "Brazil", "object_kind": "Country"}, None),
        ("beat", {"object_lemma": "man", "object_kind": "Person"}, "ASSAULT-beat"),
        ("give", {"particle": "up", "object_lemma": "themselves"}, "RETREAT-disarm"),
        ("give", {"particle": "up", "object_lemma": "smoking"}, None),
    ],
)
def test_frame_parts_the_senses_of_a_verb(
    lexicon: Lexicon, lemma: str, clause: dict[str, object], expected: str | None
) -> None:
    assert coded(lexicon, lemma, "VERB", clause) == expected


@pytest.mark.parametrize(
    ("lemma", "clause", "expected"),
    [
        ("raid", {}, "COERCE-seize"),
        ("raid", {"compounds": ("air",)}, "ASSAULT-aerial"),
        ("fire", {}, None),
        ("fire", {"governor": "open"}, "ASSAULT-firearms"),
        ("strike", {"compounds": ("hunger",)}, "PROTEST-hunger"),
        ("strike", {"compounds": ("general",)}, "PROTEST-strike"),
        ("strike", {"compounds": ("drone",)}, "ASSAULT-drone"),
        ("talk", {"compounds": ("peace",)}, "CONSULT"),
        ("explosion", {}, "ASSAULT-explosives"),
        ("explosion", {"compounds": ("gas",)}, None),
        ("fight", {"prepositions": frozenset({"against"})}, "ASSAULT"),
        ("fight", {"dependents": frozenset({"poverty"})}, None),
        ("state", {"dependents": frozenset({"emergency", "of"})}, "COERCE-martial-law"),
        ("earthquake", {}, None),
    ],
)
def test_frame_parts_the_senses_of_a_noun(
    lexicon: Lexicon, lemma: str, clause: dict[str, object], expected: str | None
) -> None:
    assert coded(lexicon, lemma, "NOUN", clause) == expected


def test_proper_noun_needs_a_capital_in_the_file(lexicon: Lexicon) -> None:
    assert name(lexicon, "March", "PROPN") is None
    assert name(lexicon, "march", "NOUN") == "demonstration"
    assert name(lexicon, "Cup", "PROPN", compounds=("world",)) == "compete"


def test_particle_is_no_preposition(lexicon: Lexicon) -> None:
    assert name(lexicon, "break", particle="in") == "robbery"
    assert name(lexicon, "break", prepositions=IN) != "robbery"


@pytest.mark.parametrize("lemma", ["say", "tell", "add", "report", "note", "explain"])
def test_reporting_verbs_make_no_event(lexicon: Lexicon, lemma: str) -> None:
    assert lexicon.is_reporting(lemma)
    action = lexicon.find(lemma, "VERB", complement="ccomp")
    assert action is not None
    assert not action.is_event


@pytest.mark.parametrize(
    "lemma", ["announce", "accuse", "demand", "promise", "threaten", "condemn", "agree", "warn"]
)
def test_acts_of_speech_are_events(lexicon: Lexicon, lemma: str) -> None:
    assert not lexicon.is_reporting(lemma)
    for complement in (None, "xcomp", "ccomp"):
        action = lexicon.find(lemma, "VERB", complement=complement)
        assert action is not None
        assert action.is_event


@pytest.mark.parametrize(
    ("lemma", "subject"),
    [
        ("live", None),
        ("contain", None),
        ("lie", None),
        ("know", None),
        ("hope", None),
        ("cope", None),
        ("cause", None),
        ("begin", None),
        ("fail", None),
        ("collapse", "plan"),
    ],
)
def test_states_thoughts_and_figures_make_no_event(
    lexicon: Lexicon, lemma: str, subject: str | None
) -> None:
    action = lexicon.find(lemma, "VERB", subject_lemma=subject)
    assert action is None or not action.is_event


def test_kinds_of_words(lexicon: Lexicon) -> None:
    assert all(lexicon.is_light(verb) for verb in ("carry", "launch", "conduct", "hold", "suffer"))
    assert all(lexicon.is_aspectual(verb) for verb in ("begin", "continue", "keep", "stop"))
    assert not lexicon.is_aspectual("attack")


def test_subject_of_a_light_verb(lexicon: Lexicon) -> None:
    assert lexicon.light_subject_role("launch") is RoleName.ACTOR
    assert lexicon.light_subject_role("suffer") is RoleName.TARGET
    assert lexicon.light_subject_role("kidnap") is None


@pytest.mark.parametrize(
    ("lemma", "pos", "expected"),
    [
        ("fail", "VERB", ImpliedStatus.NEGATIVE),
        ("refuse", "VERB", ImpliedStatus.NEGATIVE),
        ("prevent", "VERB", ImpliedStatus.NEGATIVE),
        ("deny", "VERB", ImpliedStatus.NEGATIVE),
        ("unable", "ADJ", ImpliedStatus.NEGATIVE),
        ("refusal", "NOUN", ImpliedStatus.NEGATIVE),
        ("manage", "VERB", ImpliedStatus.ACTUAL),
        ("force", "VERB", ImpliedStatus.ACTUAL),
        ("begin", "VERB", ImpliedStatus.ACTUAL),
        ("accuse", "VERB", ImpliedStatus.ACTUAL),
        ("plan", "VERB", ImpliedStatus.PLANNED),
        ("promise", "VERB", ImpliedStatus.PLANNED),
        ("agree", "VERB", ImpliedStatus.PLANNED),
        ("plan", "NOUN", ImpliedStatus.PLANNED),
        ("urge", "VERB", ImpliedStatus.HYPOTHETICAL),
        ("order", "VERB", ImpliedStatus.HYPOTHETICAL),
        ("threaten", "VERB", ImpliedStatus.HYPOTHETICAL),
        ("try", "VERB", ImpliedStatus.PLANNED),
        ("tell", "VERB", ImpliedStatus.HYPOTHETICAL),
        ("suspect", "VERB", ImpliedStatus.HYPOTHETICAL),
        ("likely", "ADJ", ImpliedStatus.HYPOTHETICAL),
        ("attack", "VERB", None),
    ],
)
def test_what_becomes_of_the_complement(
    lexicon: Lexicon, lemma: str, pos: str, expected: ImpliedStatus | None
) -> None:
    action = lexicon.find(lemma, pos, complement="xcomp")
    assert (action and action.implies) is expected


@pytest.mark.parametrize(
    ("lemma", "object_lemma", "expected"),
    [
        ("deny", "attack", ImpliedStatus.NEGATIVE),
        ("deny", "claim", None),
        ("cancel", "visit", ImpliedStatus.NEGATIVE),
        ("postpone", "vote", ImpliedStatus.PLANNED),
        ("sign", "deal", None),
        ("remember", "war", ImpliedStatus.ACTUAL),
    ],
)
def test_what_becomes_of_the_object(
    lexicon: Lexicon, lemma: str, object_lemma: str, expected: ImpliedStatus | None
) -> None:
    """Denied is the attack, and not the claim, of "denied the attack" and "denied the claim"."""
    action = lexicon.find(lemma, "VERB", complement="xcomp", object_lemma=object_lemma)
    assert (action and action.implies) is expected


@pytest.mark.parametrize("lemma", ["die", "perish", "drown", "suffocate", "disappear", "collapse"])
def test_who_dies_is_a_target(lexicon: Lexicon, lemma: str) -> None:
    action = lexicon.find(lemma, "VERB")
    assert action is not None
    assert action.subject_role is RoleName.TARGET


@pytest.mark.parametrize("lemma", ["surrender", "flee", "leave", "kill", "arrive"])
def test_who_moves_or_surrenders_is_the_actor(lexicon: Lexicon, lemma: str) -> None:
    action = lexicon.find(lemma, "VERB")
    assert action is not None
    assert action.subject_role is RoleName.ACTOR


def test_what_a_verb_says_of_its_arguments(lexicon: Lexicon) -> None:
    reciprocal = [lexicon.find(verb, "VERB") for verb in ("meet", "clash", "negotiate", "agree")]
    assert all(action and action.is_reciprocal for action in reciprocal)
    placed = [lexicon.find(verb, "VERB") for verb in ("leave", "enter", "reach", "visit")]
    assert all(action and action.object_is_place for action in placed)
    fire = lexicon.find("fire", "VERB", prepositions=frozenset({"at"}))
    assert fire is not None
    assert "at" in fire.oblique_targets
