"""Forms of English verbs: past, participle, gerund, present, from the word as the text has it.

A form that the text itself has is taken from it ("shot", "travelled"), so that neither an unusual
spelling nor a wrong lemma spoils it; only what the text does not have is built.
"""

import re

from kg.words import word_set

# Base, past and, where it differs from the past, participle.
_IRREGULAR = """
arise arose arisen, awake awoke awoken, be was been, bear bore borne, beat beat beaten,
become became become, befall befell befallen, begin began begun, bend bent, bet bet, bid bid,
bind bound, bite bit bitten, bleed bled, blow blew blown, break broke broken, breed bred,
bring brought, broadcast broadcast, build built, burst burst, buy bought, cast cast, catch caught,
choose chose chosen, cling clung, come came come, cost cost, creep crept, cut cut, deal dealt,
dig dug, do did done, draw drew drawn, drink drank drunk, drive drove driven, eat ate eaten,
fall fell fallen, feed fed, feel felt, fight fought, find found, flee fled, fling flung,
fly flew flown, forbid forbade forbidden, forecast forecast, forget forgot forgotten,
forgive forgave forgiven, forgo forwent forgone, forsake forsook forsaken, freeze froze frozen,
get got, give gave given, go went gone, grind ground, grow grew grown, hang hung, have had,
hear heard, hide hid hidden, hit hit, hold held, hurt hurt, keep kept, know knew known, lay laid,
lead led, leave left, lend lent, let let, light lit, lose lost, make made, mean meant, meet met,
mistake mistook mistaken, offset offset, pay paid, put put, quit quit, read read,
ride rode ridden, ring rang rung, rise rose risen, run ran run, say said, see saw seen,
seek sought, sell sold, send sent, set set, shake shook shaken, shed shed, shine shone,
shoot shot, show showed shown, shrink shrank shrunk, shut shut, sing sang sung, sink sank sunk,
sit sat, slay slew slain, sleep slept, slide slid, sling slung, slit slit, speak spoke spoken,
spend spent, spin spun, split split, spread spread, spring sprang sprung, stand stood,
steal stole stolen, stick stuck, sting stung, stride strode stridden, strike struck,
string strung, strive strove striven, swear swore sworn, sweep swept, swim swam swum,
swing swung, take took taken, teach taught, tear tore torn, tell told, think thought,
throw threw thrown, thrust thrust, tread trod trodden, undergo underwent undergone,
upset upset, wake woke woken, wear wore worn, weave wove woven, weep wept, win won, wind wound,
withdraw withdrew withdrawn, withhold withheld, withstand withstood, wring wrung,
write wrote written
"""
_PREFIXES = ("over", "under", "out", "up", "mis", "fore", "re", "un", "co-")
_ROWS = [row.split() for row in _IRREGULAR.replace("\n", " ").split(",")]
_PAST = {row[0]: row[1] for row in _ROWS}
_PARTICIPLE = {row[0]: row[-1] for row in _ROWS}
# The forms that are the past alone, and the participle alone, with their base.
_PAST_ALONE = {past: base for base, past in _PAST.items() if past != _PARTICIPLE[base]}
_PARTICIPLE_ALONE = {form: base for base, form in _PARTICIPLE.items() if form != _PAST[base]}
# Pasts that are bases of other verbs as well: a state is founded, a finger wounded.
_ALSO_BASES = frozenset({"found", "wound", "ground", "bound", "felt", "fell", "saw", "lay", "rose"})
# Verbs of two syllables that double their consonant.
_DOUBLING = word_set(
    "abet acquit admit allot annul commit compel concur confer control defer deter dispel emit "
    "equip excel expel impel incur infer kidnap occur omit patrol permit prefer propel rebel recur "
    "refer regret remit repel submit transfer transmit"
)
_SHORT = re.compile(r"(?:[^aeiou]*|s?qu)[aeiou][^aeiouwxy]")
_SIBILANT = ("s", "x", "z", "ch", "sh", "o")


def past(word: str, lemma: str) -> str:
    """The simple past of the verb that the text has as ``word``."""
    if _is_built(word, lemma):
        base = _irregular_base(word, lemma)
        return _irregular(base, _PAST) if base else _regular(word, lemma)
    if word in _PARTICIPLE_ALONE:
        return _PAST[_PARTICIPLE_ALONE[word]]
    return word


def participle(word: str, lemma: str) -> str:
    """The past participle of the verb that the text has as ``word``."""
    if _is_built(word, lemma):
        base = _irregular_base(word, lemma)
        return _irregular(base, _PARTICIPLE) if base else _regular(word, lemma)
    if word in _PAST_ALONE:
        return _PARTICIPLE[_PAST_ALONE[word]]
    return word


def gerund(word: str, lemma: str) -> str:
    """The verb's form in -ing."""
    if _is_gerund(word):
        return word
    lemma = _PARTICIPLE_ALONE.get(word) or _PAST_ALONE.get(word) or base_form(word, lemma)
    if lemma.endswith("ie"):
        return f"{lemma[:-2]}ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be":
        return f"{lemma[:-1]}ing"
    return f"{_doubled(lemma)}ing"


def base_form(word: str, lemma: str) -> str:
    """The verb's base: its lemma, or the text's form without -s where the lemma is another's."""
    if not word.endswith("s") or _irregular_base(word, lemma):
        return lemma
    bases = (word, word[:-1], word[:-2], f"{word[:-3]}y")
    return lemma if lemma in bases else word[:-1]


def present(lemma: str, *, is_plural: bool) -> str:
    """The third person of the present."""
    if is_plural:
        return {"be": "are"}.get(lemma, lemma)
    known = {"be": "is", "have": "has"}.get(lemma)
    if known:
        return known
    if re.search(r"[^aeiou]y$", lemma):
        return f"{lemma[:-1]}ies"
    return f"{lemma}es" if lemma.endswith(_SIBILANT) else f"{lemma}s"


def is_present(word: str, lemma: str) -> bool:
    """Whether the text has the verb in a form of the present, and no past looks so."""
    is_base = word == lemma and _PAST.get(lemma) != lemma
    return is_base or word == present(lemma, is_plural=False)


def _is_gerund(word: str) -> bool:
    return word.endswith("ing") and word not in _PAST


def _is_built(word: str, lemma: str) -> bool:
    """Whether the text's form is neither past nor participle."""
    if word in _PAST_ALONE or word in _PARTICIPLE_ALONE:
        return word in _PAST or (word in _ALSO_BASES and word == lemma)
    if word in _PAST.values() and word not in _PAST:
        return word in _ALSO_BASES and word == lemma
    return word == lemma or word.endswith(("ing", "s")) or not word.replace("-", "").isalpha()


def _irregular_base(word: str, lemma: str) -> str | None:
    """The irregular verb that the word is a form of."""
    stems = [lemma, word]
    if _is_gerund(word):
        stem = word[:-3]
        stems += [stem, f"{stem}e", *([stem[:-1]] if stem[-2:-1] == stem[-1:] else [])]
    elif word.endswith("s"):
        stems += [word[:-1], *([word[:-2]] if word.endswith("es") else [])]
    return next((stem for stem in stems if _irregular(stem, _PAST)), None)


def _irregular(base: str, forms: dict[str, str]) -> str:
    """The verb's form by the table, with its prefix; "" for a regular verb."""
    if base in forms:
        return forms[base]
    for prefix in _PREFIXES:
        rest = base.removeprefix(prefix)
        if rest != base and len(rest) > 2 and rest in forms:
            return prefix + forms[rest]
    return ""


def _regular(word: str, lemma: str) -> str:
    """The form in -ed, from the word's stem where the ending shows it, else from the lemma."""
    if _is_gerund(word) and not lemma.endswith("ie"):
        stem = word[:-3]
        return _with_ed(stem, doubles=False)
    if word.endswith("ies") and not lemma.endswith("ie"):
        return f"{word[:-3]}ied"
    if word.endswith("es") and not lemma.endswith("s"):
        return f"{word[:-1]}d"
    return _with_ed(base_form(word, lemma), doubles=True)


def _with_ed(stem: str, *, doubles: bool) -> str:
    if stem.endswith("e"):
        return f"{stem}d"
    if re.search(r"[^aeiou]y$", stem):
        return f"{stem[:-1]}ied"
    return f"{_doubled(stem) if doubles else stem}ed"


def _doubled(base: str) -> str:
    is_doubled = _SHORT.fullmatch(base) or base in _DOUBLING
    return f"{base}{base[-1]}" if is_doubled else base
