"""Which mentions are one thing: the sieves, each on the smallest text that it is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.coref import find_chains, find_clusters
from kg.extract.coref.anaphors import Resolver, is_pleonastic
from kg.extract.coref.clusters import Clusters
from kg.extract.coref.names import (
    gender_of_name,
    is_acronym_of,
    is_short_body,
    is_short_person,
    long_form_start,
    person_words,
    read_name,
    same_name,
)
from kg.extract.coref.referents import read_referents
from kg.extract.coref.signs import Signs
from tests.extract.docs import find_word, make_doc, phrase_table


def chains(text: str) -> list[list[str]]:
    """The texts of the mentions of each chain."""
    doc = make_doc(text)
    table = phrase_table(doc)
    spans = {phrase.mention.id: phrase.mention.span for phrase in table.phrases}
    return [[doc.text[spans[i].start : spans[i].end] for i in c] for c in find_chains(doc, table)]


FIGHTERS = "fighters=fighter/{}:person:plural"


def test_short_name_and_pronoun_join_the_full_name() -> None:
    found = chains(
        "Sergei/nsubj>arrived:PERSON Lavrov/flat>Sergei:PERSON arrived=arrive/root:past\n"
        "Lavrov/nsubj>spoke:PERSON spoke=speak/root:past\n"
        "He/nsubj>left:PRON left=leave/root:past"
    )
    assert found == [["Sergei Lavrov", "Lavrov", "He"]]


def test_office_before_a_name_is_no_part_of_it() -> None:
    found = chains(
        "Anna/nsubj>spoke:PERSON Berg/flat>Anna:PERSON spoke=speak/root:past\n"
        "President/nsubj>left:PERSON Berg/flat>President:PERSON left=leave/root:past"
    )
    assert found == [["Anna Berg", "President Berg"]]


def test_two_full_names_with_one_last_name_stay_apart() -> None:
    found = chains(
        "Thomas/nsubj>left:PERSON Sam/flat>Thomas:PERSON left=leave/root:past\n"
        "Manju/nsubj>stayed:PERSON Sam/flat>Manju:PERSON stayed=stay/root:past"
    )
    assert found == []


def test_acronym_in_brackets_is_the_name_before_it() -> None:
    found = chains(
        "Syrian/nsubj>advanced:ORG Democratic/flat>Syrian:ORG Forces/flat>Syrian:ORG"
        " (/punct>SDF SDF/appos>Syrian:ORG )/punct>SDF advanced=advance/root:past\n"
        "The/det>SDF SDF/nsubj>won:ORG won=win/root:past"
    )
    assert found == [["Syrian Democratic Forces", "SDF", "SDF"]]


def test_alias_statement_joins_names_that_are_not_alike() -> None:
    found = chains(
        "Dawla/nsubj>fought:ORG ,/punct>Dawla also/advmod>known known=know/acl>Dawla:passive"
        " as/case>Harakat Harakat/obl>known:ORG ,/punct>Dawla fought=fight/root:past"
    )
    assert found == [["Dawla", "Harakat"]]


def test_who_was_born_under_a_name_bears_it() -> None:
    found = chains(
        "Lorde/nsubj:pass>born:PERSON was/aux:pass>born born=bear/root:passive"
        " Ella/xcomp>born:PERSON Connor/flat>Ella:PERSON"
    )
    assert found == [["Lorde", "Ella Connor"]]


def test_last_name_is_not_that_of_a_relative_named_later_in_the_sentence() -> None:
    found = chains(
        "Berg/nsubj:pass>born:PERSON was/aux:pass>born born=bear/root:passive"
        " to/case>Otto Otto/obl>born:PERSON Berg/flat>Otto:PERSON"
    )
    assert found == []


def test_person_pronoun_takes_up_a_lone_name_that_was_misread() -> None:
    found = chains(
        "Meyer/nsubj>resigned:ORG resigned=resign/root:past\n"
        "He/nsubj>left:PRON left=leave/root:past"
    )
    assert found == [["Meyer", "He"]]


@pytest.mark.parametrize("pronoun", ["He", "She"])
def test_person_pronoun_takes_up_no_thing_that_it_was(pronoun: str) -> None:
    found = chains(
        "Meyer/nsubj>sold:ORG sold=sell/root:past its/nmod:poss>ships:PRON ships/obj>sold\n"
        f"{pronoun}/nsubj>left:PRON left=leave/root:past"
    )
    assert found == [["Meyer", "its"]]


def test_who_identifies_herself_gets_the_name() -> None:
    found = chains(
        "The/det>woman woman/nsubj>identified:person identified=identify/root:past"
        " herself/obj>identified:PRON as/case>Umm Umm/obl>identified:PERSON Fatima/flat>Umm:PERSON"
    )
    assert found == [["The woman", "herself", "Umm Fatima"]]


@pytest.mark.parametrize("denial", ["", "not/advmod>mayor "])
def test_predicate_is_its_subject_unless_denied(denial: str) -> None:
    found = chains(
        f"Ana/nsubj>mayor:PERSON is=be/cop>mayor:pres {denial}the/det>mayor mayor/root:person"
    )
    assert found == ([] if denial else [["Ana", "the mayor"]])


def test_definite_noun_takes_up_the_noun_before_it() -> None:
    found = chains(
        "A/det>convoy convoy/nsubj>left:organization left=leave/root:past\n"
        "The/det>convoy convoy/nsubj>returned:organization returned=return/root:past"
    )
    assert found == [["A convoy", "The convoy"]]


@pytest.mark.parametrize(
    "second", ["40/nummod>fighters", "More/amod>fighters", "Some/det>fighters"]
)
def test_groups_counted_differently_stay_apart(second: str) -> None:
    found = chains(
        f"400/nummod>fighters {FIGHTERS.format('nsubj>left')} left=leave/root:past\n"
        f"{second} {FIGHTERS.format('nsubj>stayed')} stayed=stay/root:past"
    )
    assert found == []


def test_village_takes_up_the_place_and_country_does_not() -> None:
    found = chains(
        "They/nsubj>reached:PRON reached=reach/root:past Baghouz/obj>reached:GPE\n"
        "The/det>village village/nsubj>burned:place burned=burn/root:past\n"
        "The/det>country country/nsubj>watched:place watched=watch/root:past"
    )
    assert found == [["Baghouz", "The village"]]


def test_pronoun_agrees_in_gender() -> None:
    found = chains(
        "Mary/nsubj>met:PERSON met=meet/root:past John/obj>met:PERSON\n"
        "He/nsubj>smiled:PRON smiled=smile/root:past\n"
        "She/nsubj>left:PRON left=leave/root:past"
    )
    assert found == [["Mary", "She"], ["John", "He"]]


def test_object_pronoun_is_not_its_own_subject() -> None:
    text = "Omar/nsubj>{0}:PERSON {0}/root:past {1}/obj>{0}:PRON"
    assert chains(text.format("saw", "him")) == []
    assert chains(text.format("saw", "himself")) == [["Omar", "himself"]]


def test_possessive_is_not_the_phrase_that_it_stands_in() -> None:
    found = chains(
        "Omar/nsubj>called:PERSON called=call/root:past his/nmod:poss>brother:PRON"
        " brother/obj>called:person"
    )
    assert found == [["Omar", "his"]]


def test_pronoun_never_refers_forward() -> None:
    found = chains(
        "He/nsubj>left:PRON left=leave/root:past\nOmar/nsubj>fell:PERSON fell=fall/root:past"
    )
    assert found == []


def test_first_person_in_quotation_is_its_speaker() -> None:
    found = chains(
        '"/punct>leave I/nsubj>leave:PRON will/aux>leave leave/ccomp>said:inf ,/punct>leave'
        ' "/punct>leave'
        " Omar/nsubj>said:PERSON said=say/root:past\n"
        "I/nsubj>saw:PRON saw=see/root:past this/obj>saw:PRON"
    )
    assert found == [["I", "Omar"]]


def test_third_person_is_not_the_i_of_its_quotation() -> None:
    found = chains(
        "Maria/nsubj>arrived:PERSON arrived=arrive/root:past\n"
        '"/punct>left I/nsubj>left:PRON left=leave/ccomp>said:past her/obj>left:PRON'
        ' "/punct>left Maria/nsubj>said:PERSON said=say/root:past'
    )
    assert found == [["Maria", "I", "Maria"]]


@pytest.mark.parametrize(("pronoun", "expected"), [("He", [["God", "He"]]), ("She", [])])
def test_god_is_taken_up_as_he(pronoun: str, expected: list[list[str]]) -> None:
    text = "God/nsubj>spoke:PERSON spoke=speak/root:past\n"
    assert chains(f"{text}{pronoun}/nsubj>left:PRON left=leave/root:past") == expected


def test_it_takes_up_a_thing_rather_than_nothing() -> None:
    """Things are no mentions of the article, but keep "it" from a body that it does not mean."""
    doc = make_doc(
        "The/det>letter letter/nsubj>arrived:object arrived=arrive/root:past\n"
        "It/nsubj>burned:PRON burned=burn/root:past"
    )
    table = phrase_table(doc)
    clusters = find_clusters(doc, table)
    assert [[doc.text[m.span.start : m.span.end] for m in c] for c in clusters] == [
        ["The letter", "It"]
    ]
    assert find_chains(doc, table) == ()


def clusters(text: str) -> list[list[str]]:
    """The texts of each thing's mentions, mere things among them."""
    doc = make_doc(text)
    found = find_clusters(doc, phrase_table(doc))
    return [[doc.text[m.span.start : m.span.end] for m in group] for group in found]


def candidates(text: str, word: str) -> list[str]:
    """What the mention headed by a word could take up."""
    doc = make_doc(text)
    referents = read_referents(doc, phrase_table(doc))
    resolver = Resolver(Signs(referents, Clusters(referents), {}))
    anaphor = next(r for r in referents if r.token.text == word)
    assert resolver.is_to_resolve(anaphor)
    return [doc.text[r.start : r.end] for r in resolver.candidates(anaphor)]


@pytest.mark.parametrize(
    ("word", "expected"), [("This", ["a ruling", "The court"]), ("These", ["The court"])]
)
def test_demonstrative_takes_up_things_and_bodies_but_no_person(
    word: str, expected: list[str]
) -> None:
    found = candidates(
        "The/det>court court/nsubj>told:organization told=tell/root:past Omar/iobj>told:PERSON"
        " of/case>ruling a/det>ruling ruling/obl>told:abstract\n"
        f"{word}/nsubj>angered:PRON angered=anger/root:past Ann/obj>angered:PERSON",
        word,
    )
    assert found == expected


def test_determiner_is_no_mention_of_its_own() -> None:
    found = clusters(
        "Omar/nsubj>read:PERSON read/root:past this/det>letter:PRON letter/obj>read:object\n"
        "This/det>letter:PRON letter/nsubj>angered:object angered=anger/root:past"
        " Ann/obj>angered:PERSON"
    )
    assert found == [["this letter", "This letter"]]


def test_times_are_one_but_no_pronoun_takes_them_up() -> None:
    found = clusters(
        "Omar/nsubj>waited:PERSON waited=wait/root:past all/det>night night/obl>waited:time\n"
        "The/det>night night/nsubj>ended:time ended=end/root:past\n"
        "It/nsubj>hurt:PRON hurt/root:past him/obj>hurt:PRON"
    )
    assert found == [["Omar", "him"], ["all night", "The night"]]


@pytest.mark.parametrize(("owner", "expected"), [("Ahmad", ["Ahmad", "Omar"]), ("The", [])])
def test_what_two_owners_have_is_not_one(owner: str, expected: list[str]) -> None:
    relation = "det" if owner == "The" else "nmod:poss"
    label = "DET" if owner == "The" else "PERSON"
    found = candidates(
        "Omar/nmod:poss>brother:PERSON brother/nsubj>left:person left=leave/root:past\n"
        f"{owner}/{relation}>guest:{label} guest/nsubj>stayed:person stayed=stay/root:past",
        "guest",
    )
    assert found == (expected or ["Omar brother", "Omar"])


def test_impersonal_it_refers_to_nothing() -> None:
    doc = make_doc(
        "It/nsubj>likely:PRON is=be/cop>likely:pres likely/root:ADJ that/mark>left"
        " Omar/nsubj>left:PERSON left=leave/csubj>likely:past"
    )
    assert is_pleonastic(find_word(doc, "It"))


def test_document_without_mentions_has_no_chains() -> None:
    assert chains("It/expl>rained:PRON rained=rain/root:past") == []


@pytest.mark.parametrize(
    ("acronym", "full", "expected"),
    [
        ("SDF", "Syrian Democratic Forces", True),
        ("MoD", "Ministry of Defence", True),
        ("OSCE", "Organization for Security and Co-operation in Europe", True),
        ("USA", "Union of South Africa", True),
        ("NATO", "Syrian Democratic Forces", False),
        ("Aid", "Agency in Delhi", False),
    ],
)
def test_acronym_is_made_of_initials(acronym: str, full: str, expected: bool) -> None:
    assert is_acronym_of(read_name(acronym), read_name(full)) is expected


def test_long_form_reaches_over_small_words() -> None:
    before = "fighters of the Islamic State of Iraq and the Levant"
    assert long_form_start(read_name("ISIL"), before) == before.index("Islamic")
    assert long_form_start(read_name("NATO"), before) is None


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("Lavrov", "Foreign Minister Sergei Lavrov", True),
        ("Mr Lavrov", "Sergei Lavrov", True),
        ("Sergei", "Sergei Viktorovich Lavrov", True),
        ("Sergei Lavrov", "Sergei Viktorovich Lavrov", True),
        ("Viktorovich", "Sergei Viktorovich Lavrov", False),
        ("Sergei Lavrov", "Sergei Lavrov", False),
    ],
)
def test_short_name_of_a_person(short: str, full: str, expected: bool) -> None:
    assert is_short_person(read_name(short), read_name(full)) is expected


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("Boeing", "Boeing Co", True),
        ("Islamic State", "Islamic State of Iraq", True),
        ("Supreme Court", "Italian Supreme Court of Cassation", True),
        ("Euphrates", "Euphrates River", True),
        ("Hasakah", "Hasakah Province", False),
        ("France", "Bank of France", False),
        ("United", "Manchester United", False),
    ],
)
def test_short_name_of_a_body_or_place(short: str, full: str, expected: bool) -> None:
    assert is_short_body(read_name(short), read_name(full)) is expected


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Mary Smith", "Fem"),
        ("Mr. Smith", "Masc"),
        ("Queen Margrethe", "Fem"),
        ("Zoe Gordon", "Fem"),
        ("Gordon", None),
        ("Mr. Gordon", "Masc"),
        ("Kim Yong", None),
        ("Xi", None),
    ],
)
def test_gender_of_a_name(name: str, gender: str | None) -> None:
    assert gender_of_name(read_name(name)) == gender


def test_names_of_one_country_are_the_same() -> None:
    assert same_name(read_name("the United States"), read_name("U.S."))
    assert not same_name(read_name("South Korea"), read_name("North Korea"))


@given(st.text())
def test_any_text_can_be_read_as_a_name(text: str) -> None:
    name = read_name(text)
    assert name.words
    assert person_words(name)
    assert gender_of_name(name) in ("Masc", "Fem", None)
    assert not is_short_person(name, name)


@pytest.mark.parametrize(("second", "can_be_one"), [("armed", True), ("Kurdish", False)])
def test_nouns_that_a_sentence_describes_differently_are_two(
    second: str, *, can_be_one: bool
) -> None:
    doc = make_doc(
        "The/det>group armed/amod>group group/nsubj>met:organization met=meet/root:past"
        f" the/det>troop {second}/amod>troop troop=group/obj>met:organization"
    )
    referents = read_referents(doc, phrase_table(doc))
    one, other = (r for r in referents if r.token.text in ("group", "troop"))
    assert Clusters(referents).can_join(one, other) is can_be_one
