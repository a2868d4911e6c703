"""Whether two names can be one thing's: spelling, short and full names, acronyms, gender.

Names are compared as words without case, diacritics, possessive and article. A person's last name or
first name alone stands for the full name, an acronym for the words whose initials it is made of.
"""

import re
from dataclasses import dataclass

from kg.link.countries import named_country
from kg.link.placenames import acronym_key, normalise

_POSSESSIVE = re.compile(r"['’]s?$")
_ACRONYM = re.compile(r"^(?:[A-Z][A-Z0-9&.\-/]{1,9}s?|[A-Z][a-z]?[A-Z]{1,4})$")
# Words that an acronym may pass over.
_SMALL = frozenset("of the and for in on at to a an de du la le del des der und y et".split())
_CORPORATE = frozenset("inc corp co ltd llc plc corporation company limited group ag sa".split())
# Words that end a place's name and may be left out; "province" may not, it makes another place.
LAND_FORMS = frozenset("river islands sea desert valley mountains canal camp".split())
_SUFFIXES = frozenset("jr sr ii iii iv phd md qc mp".split())
MALE_TITLES = frozenset(
    "mr mister sir king prince lord father fr duke emperor sultan sheikh shaikh imam baron count "
    "pope monsignor ayatollah".split()
)
FEMALE_TITLES = frozenset(
    "mrs ms miss mme madam dame queen princess lady sister duchess empress baroness countess".split()
)
TITLES = (
    MALE_TITLES
    | FEMALE_TITLES
    | frozenset("dr prof gen col capt lt sgt maj adm sen rep gov rev".split())
)
# Offices that stand before a name; no part of it.
OFFICES = frozenset(
    "president vice deputy prime foreign minister chancellor premier secretary ambassador senator "
    "congressman congresswoman governor mayor general colonel captain major lieutenant sergeant "
    "admiral marshal commander chief judge justice professor doctor chairman director coach pastor "
    "bishop archbishop cardinal rabbi ayatollah grand mullah detective inspector officer constable "
    "sheriff attorney reverend former crown".split()
)
# Common first names that are given to one gender in most of the English-speaking press.
MALE_NAMES = frozenset(
    "aaron abdul abdullah abraham adam ahmad ahmed akbar alan albert aleksandr alex alexander alfred "
    "ali allan andre andreas andrew andy angelo anthony antonio antony arnold arthur bashar barack "
    "barry ben benjamin bernard bernie bill billy bob bobby boris brad bradley brandon brian bruce "
    "bryan carl carlos charles charlie chris christian christopher chuck clarence claude clinton craig "
    "dan daniel dave david dean dennis derek dick diego dmitry dominic don donald doug douglas duncan "
    "dwight earl ed eddie edgar edmund eduardo edward edwin elliott emmanuel eric ernest ethan eugene "
    "fernando fidel francis francisco francois frank franklin fred frederick gabriel gary gavin geoff "
    "geoffrey george gerald gerard gilbert giovanni glenn gordon graham greg gregory guy hamid hans "
    "harold harry harvey hassan henry herbert herman howard hugh hugo hussein ian ibrahim igor isaac "
    "ismail ivan jack jacob jacques jake james jason javier jay jeff jeffrey jeremy jerome jerry jesse "
    "jesus jim jimmy joe joel john johnny jonathan jorge jose joseph josh joshua juan julian julius "
    "justin karl keith ken kenneth kevin khalid kofi kyle larry lars lawrence lee leon leonard leonid "
    "lewis lloyd louis luis luke mahmoud malcolm manuel marc marcel marco marcus mario mark martin "
    "marvin matt matthew maurice max michael michel miguel mike mikhail mitchell mohamed mohammad "
    "mohammed morris muhammad mustafa nathan neil nelson nicholas nick nicolas nigel norman oliver omar "
    "oscar osama otto owen pablo patrick paul pedro pete peter phil philip phillip pierre qasem ralph "
    "ramon randy ray raymond recep rex ricardo richard rick robert roberto robin rodney roger roland "
    "ron ronald ross roy rudolph rupert russell ryan saddam salman samuel scott sean sebastian sergei "
    "sergey seth shane shinzo sidney simon stanley stefan stephen steve steven stewart stuart ted "
    "terence terry theodore thomas tim timothy toby todd tom tommy tony travis trevor vernon victor "
    "vincent vladimir wallace walter warren wayne wilfred will william winston yasser yusuf "
    "zachary".split()
)
FEMALE_NAMES = frozenset(
    "abigail agnes aisha alice alicia alison amanda amber amelia amina amy ana andrea angela angelina "
    "anita ann anna anne annie antonia audrey aung barbara beatrice becky benazir bertha beth betty "
    "beverly brenda bridget camilla carla carmen carol caroline carolyn catherine cecilia charlotte "
    "cheryl christina christine cindy claire clara condoleezza connie cristina cynthia daisy dawn "
    "deborah debra denise diana diane dolores donna dora doris dorothy edith eileen elaine eleanor "
    "elena eliza elizabeth ella ellen elsie emily emma erica erin esther ethel eva evelyn fatima "
    "fiona florence frances gail georgia geraldine gertrude gina gladys gloria grace greta hannah "
    "harriet hazel heather heidi helen helena hilary hillary ida indira ingrid irene iris isabel "
    "isabella jackie jacqueline jane janet janice jean jeanne jennifer jenny jessica jill jo joan "
    "joanna joanne josephine joyce juanita judith judy julia julie kamala karen kate katherine "
    "kathleen kathryn kathy katie kelly kim kristen kristin laura lauren leila lena leslie lillian "
    "linda lisa liz lois lorraine louise lucia lucille lucy lydia lynn mabel madeleine maggie "
    "margaret maria marie marilyn marina marion marjorie martha mary maureen maxine megan meghan "
    "melanie melissa michelle mildred minnie miriam molly monica myrtle nadia nancy naomi natalia "
    "natalie natasha nicole nina nora norma olga olivia pamela patricia paula pauline peggy penny "
    "phyllis priscilla rachel rebecca rita rosa rose rosemary ruby ruth sally samantha sandra sara "
    "sarah sharon sheila shirley sofia sonia sophia sophie stella stephanie sue susan suzanne sylvia "
    "tamara tara teresa thelma theresa tiffany tina tracy ursula valerie vanessa vera veronica "
    "victoria viola violet virginia vivian wanda wendy winifred yolanda yvonne zainab zoe".split()
)
_NO_NAME = TITLES | _SUFFIXES


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name as words to compare, those joined to one key, and the text it was written as."""

    text: str
    words: tuple[str, ...]
    key: str
    country: str | None
    is_acronym: bool


def read_name(text: str) -> Name:
    """The name that ``text`` writes, without its article and possessive."""
    bare = _POSSESSIVE.sub("", " ".join(text.split()))
    bare = re.sub(r"^(?:the|a|an)\s+(?=\S)", "", bare, flags=re.IGNORECASE)
    words = normalise(bare).split() or [bare.casefold()]
    return Name(
        text=bare,
        words=tuple(words),
        key=" ".join(words),
        country=named_country(bare),
        is_acronym=len(words) == 1 and bool(_ACRONYM.match(bare.strip())),
    )


def person_words(name: Name) -> tuple[str, ...]:
    """A person's name words without titles and suffixes."""
    words = [w for w in name.words if w not in _NO_NAME]
    while len(words) > 1 and words[0] in OFFICES:
        words = words[1:]
    return tuple(words) or name.words


def is_short_person(short: Name, full: Name) -> bool:
    """Whether ``short`` can be ``full`` in short: its last or first name, or both without the middle."""
    few, many = person_words(short), person_words(full)
    many = many[: many.index("of")] if "of" in many else many
    if len(few) >= len(many) or not few:
        return False
    if len(few) == 1:
        return few[0] in (many[-1], many[0]) or "-".join(many).endswith(few[0])
    if few == many[-len(few) :] or few == many[: len(few)]:
        return True
    return few[0] == many[0] and few[-1] == many[-1]


def is_short_body(short: Name, full: Name) -> bool:
    """Whether ``short`` can be a body's ``full`` name in short: without its form, or its last words."""
    few, many = short.words, full.words
    if not few or len(few) >= len(many):
        return False
    rest = many[len(few) :]
    if few == many[: len(few)] and all(word in _CORPORATE for word in rest):
        return True
    if len(few) > 1 and few == many[: len(few)] and rest[0] in ("of", "in", "for"):
        return True
    if len(few) == 1 and few == many[-1:] and many[-2] == "of" and short.country is None:
        return not short.is_acronym
    if few == many[: len(few)] and len(rest) == 1 and rest[0] in LAND_FORMS:
        return True
    return len(few) > 1 and few == many[-len(few) :]


def is_acronym_of(acronym: Name, full: Name) -> bool:
    """Whether ``acronym`` is made of the initials of ``full``, small words counted or not."""
    if not acronym.is_acronym or len(full.words) < 2:
        return False
    letters = re.sub(r"[^a-z0-9]", "", acronym.key)
    letters = letters.removesuffix("s") if acronym.text.endswith("s") else letters
    words = re.findall(r"[a-z0-9]+", full.key)
    every = "".join(word[0] for word in words)
    content = "".join(word[0] for word in words if word not in _SMALL)
    no_article = "".join(word[0] for word in words if word != "the")
    return letters in (every, content, no_article) and len(letters) > 1


def long_form_start(acronym: Name, before: str) -> int | None:
    """Where in ``before``, the text up to an acronym's bracket, the words that it stands for start.

    The acronym's letters are matched with initials from right to left, the first letter with a word's
    beginning. Source: Schwartz & Hearst (2003), "A simple algorithm for identifying abbreviation
    definitions in biomedical text".
    """
    letters = re.sub(r"[^a-z]", "", acronym.key)
    words = list(re.finditer(r"[^\W_]+", before))
    if not acronym.is_acronym or not words:
        return None
    at = len(letters) - 1
    for word in reversed(words[-3 * len(letters) :]):
        if word.group()[0].casefold() == letters[at] and word.group() not in _SMALL:
            at -= 1
        elif word.group().casefold() not in _SMALL:
            return None
        if at < 0:
            return word.start()
    return None


def is_loose_acronym_of(acronym: Name, full: Name) -> bool:
    """Whether the letters of ``acronym`` stand in order in ``full``, the first one first.

    Safe only where the text gives the acronym in brackets after the name.
    """
    if not acronym.is_acronym:
        return False
    letters = re.sub(r"[^a-z]", "", acronym.key)
    rest = iter(full.key)
    return full.key[:1] == letters[:1] and all(letter in rest for letter in letters)


def same_name(one: Name, other: Name) -> bool:
    """Whether the two spellings are one name: equal words, one country, or differing only in spaces."""
    if one.country is not None and one.country == other.country:
        return True
    if acronym_key(one.text) != acronym_key(other.text) and (
        acronym_key(one.text) and acronym_key(other.text)
    ):
        return False
    return one.key == other.key or one.key.replace(" ", "") == other.key.replace(" ", "")


def gender_of_name(name: Name) -> str | None:
    """ "Masc" or "Fem" where the title or the first name tells, else None."""
    for word in name.words:
        if word in MALE_TITLES:
            return "Masc"
        if word in FEMALE_TITLES:
            return "Fem"
    first = person_words(name)[:1]
    if not first:
        return None
    if first[0] in MALE_NAMES:
        return "Masc"
    return "Fem" if first[0] in FEMALE_NAMES else None
