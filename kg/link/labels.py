"""A short English sentence that names an event: "Syrian Democratic Forces captured 400 fighters".

What did not happen is said so: "did not capture", planned "to capture", "might capture".
"""

import re
from collections.abc import Mapping, Sequence

from kg.records import Entity, EntityKind, EventMention, Modality, Polarity, Role, RoleName

_PAST = {
    "arise": "arose", "be": "was", "beat": "beat", "become": "became", "begin": "began",
    "bend": "bent", "bet": "bet", "bid": "bid", "bind": "bound", "bite": "bit", "bleed": "bled",
    "blow": "blew", "break": "broke", "bring": "brought", "broadcast": "broadcast",
    "build": "built", "burst": "burst", "buy": "bought", "cast": "cast", "catch": "caught",
    "choose": "chose", "cling": "clung", "come": "came", "cost": "cost", "creep": "crept",
    "cut": "cut", "deal": "dealt", "dig": "dug", "do": "did", "draw": "drew", "drink": "drank",
    "drive": "drove", "eat": "ate", "fall": "fell", "feed": "fed", "feel": "felt",
    "fight": "fought", "find": "found", "flee": "fled", "fling": "flung", "fly": "flew",
    "forbid": "forbade", "forget": "forgot", "forgive": "forgave", "freeze": "froze",
    "get": "got", "give": "gave", "go": "went", "grind": "ground", "grow": "grew", "hang": "hung",
    "have": "had", "hear": "heard", "hide": "hid", "hit": "hit", "hold": "held", "hurt": "hurt",
    "keep": "kept", "know": "knew", "lay": "laid", "lead": "led", "leave": "left", "lend": "lent",
    "let": "let", "lose": "lost", "make": "made", "mean": "meant", "meet": "met",
    "mislead": "misled", "overcome": "overcame", "oversee": "oversaw", "overthrow": "overthrew",
    "overrun": "overran", "pay": "paid", "put": "put", "quit": "quit", "read": "read",
    "rebuild": "rebuilt", "ride": "rode", "ring": "rang", "rise": "rose", "run": "ran",
    "say": "said", "see": "saw", "seek": "sought", "sell": "sold", "send": "sent", "set": "set",
    "shake": "shook", "shoot": "shot", "show": "showed", "shut": "shut", "sing": "sang",
    "sink": "sank", "sit": "sat", "sleep": "slept", "slide": "slid", "speak": "spoke",
    "spend": "spent", "spin": "spun", "split": "split", "spread": "spread", "stand": "stood",
    "steal": "stole", "stick": "stuck", "strike": "struck", "swear": "swore", "sweep": "swept",
    "swim": "swam", "swing": "swung", "take": "took", "teach": "taught", "tear": "tore",
    "tell": "told", "think": "thought", "throw": "threw", "undergo": "underwent",
    "understand": "understood", "undertake": "undertook", "uphold": "upheld", "wear": "wore",
    "win": "won", "withdraw": "withdrew", "withhold": "withheld", "withstand": "withstood",
    "write": "wrote",
}  # fmt: skip
_PARTICIPLE = {
    "beat": "beaten", "begin": "begun", "bite": "bitten", "blow": "blown", "break": "broken",
    "choose": "chosen", "do": "done", "draw": "drawn", "drive": "driven", "eat": "eaten",
    "fall": "fallen", "forbid": "forbidden", "forget": "forgotten", "forgive": "forgiven",
    "freeze": "frozen", "give": "given", "go": "gone", "grow": "grown", "hide": "hidden",
    "know": "known", "overcome": "overcome", "oversee": "overseen", "overthrow": "overthrown",
    "overrun": "overrun", "ride": "ridden", "run": "run", "see": "seen", "shake": "shaken",
    "show": "shown", "sing": "sung", "sink": "sunk", "speak": "spoken", "steal": "stolen",
    "swear": "sworn", "take": "taken", "tear": "torn", "throw": "thrown",
    "undertake": "undertaken", "withdraw": "withdrawn", "write": "written", "come": "come",
    "become": "become", "wear": "worn",
}  # fmt: skip
# Verbs of two syllables, stressed on the last, that double their consonant.
_DOUBLING = frozenset(
    {
        "admit",
        "commit",
        "compel",
        "control",
        "defer",
        "deter",
        "equip",
        "expel",
        "incur",
        "infer",
        "occur",
        "omit",
        "permit",
        "prefer",
        "propel",
        "rebel",
        "refer",
        "regret",
        "repel",
        "submit",
        "transfer",
        "transmit",
    }
)
_TARGET_WORDS = frozenset(
    {
        "against",
        "on",
        "with",
        "to",
        "toward",
        "towards",
        "at",
        "for",
        "from",
        "over",
        "into",
        "of",
        "about",
    }
)
_PLACE_WORDS = _TARGET_WORDS | frozenset(
    {
        "in",
        "near",
        "through",
        "across",
        "outside",
        "inside",
        "around",
        "off",
        "along",
        "between",
        "under",
        "behind",
        "above",
    }
)
_PARTICLES = frozenset({"up", "out", "down", "off", "back", "away", "apart"})
_BEFORE = re.compile(r"([A-Za-z]+)(?:\s+(?:the|a|an))?\s+$")
_MOST_FILLERS = 2
# Parts of the names of rules that only nouns, only verbs give participants by.
_NOUN_RULES = ("owner_is", "of_phrase", "light_verb", "modifier_of_noun", "by_phrase_of_noun")
_VERB_RULES = ("passive_", "object_is", "clause", "control", "subject")
_BEFORE_VERBS = frozenset(
    {
        "to",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "not",
        "did",
        "do",
        "does",
    }
    | {"i", "you", "he", "she", "it", "we", "they", "who", "that", "n't"}
)


def event_label(
    text: str, told: EventMention, roles: Sequence[Role], entities: Mapping[str, Entity]
) -> str:
    """The sentence for an event; the trigger's own words where nothing is known but it."""
    actors = _fillers(roles, RoleName.ACTOR, entities)
    targets = [r for r in roles if r.name is RoleName.TARGET]
    where = _place(text, roles, entities)
    if not _is_verb(text, told):
        return _noun_label(text, told, roles, entities)
    objects = " and ".join(_with_word(text, r, entities) for r in targets[:_MOST_FILLERS])
    if actors:
        return _join(actors, _verb(text, told), objects, where)
    if targets:
        names = _fillers(roles, RoleName.TARGET, entities)
        if any(r.rule.startswith(("subject", "coord")) for r in targets):
            return _join(names, _verb(text, told), where)
        return _join(names, _passive(told, is_plural=_is_plural(targets, entities)), where)
    return _join(_marked_noun(told, told.lemma), where)


def _is_verb(text: str, told: EventMention) -> bool:
    """Whether the trigger is a verb: by its participants' rules, its form, the word before it."""
    rules = [argument.rule for argument in told.arguments]
    if any(rule.startswith(_NOUN_RULES) for rule in rules):
        return False
    if any(sign in rule for rule in rules for sign in _VERB_RULES):
        return True
    word = text[told.trigger.start : told.trigger.end].lower()
    if word not in (told.lemma, f"{told.lemma}s"):
        return word in (_past(told.lemma), participle(told.lemma)) or word.endswith(("ing", "ed"))
    before = re.search(
        r"([A-Za-z']+)\s+$", text[max(0, told.trigger.start - 24) : told.trigger.start]
    )
    return before is not None and before.group(1).lower() in _BEFORE_VERBS


def _verb(text: str, told: EventMention) -> str:
    after = re.match(r"\s+([a-z]+)\b", text[told.trigger.end :])
    particle = f" {after.group(1)}" if after and after.group(1) in _PARTICLES else ""
    if told.polarity is Polarity.NEGATIVE:
        return f"did not {told.lemma}{particle}"
    if told.modality is Modality.PLANNED:
        return f"to {told.lemma}{particle}"
    if told.modality is Modality.HYPOTHETICAL:
        return f"might {told.lemma}{particle}"
    return f"{_past(told.lemma)}{particle}"


def _passive(told: EventMention, *, is_plural: bool) -> str:
    form = participle(told.lemma)
    was = "were" if is_plural else "was"
    if told.polarity is Polarity.NEGATIVE:
        return f"{was} not {form}"
    if told.modality is Modality.PLANNED:
        return f"to be {form}"
    if told.modality is Modality.HYPOTHETICAL:
        return f"might be {form}"
    return f"{was} {form}"


def _noun_label(
    text: str, told: EventMention, roles: Sequence[Role], entities: Mapping[str, Entity]
) -> str:
    """The phrase for an event noun: "attack by X on Y in Z"."""
    word = " ".join(text[told.trigger.start : told.trigger.end].split())
    actors = _fillers(roles, RoleName.ACTOR, entities)
    found = [
        _with_word(text, r, entities, default="of") for r in roles if r.name is RoleName.TARGET
    ]
    objects = " and ".join(found[:_MOST_FILLERS])
    by = f"by {actors}" if actors else ""
    return _join(_marked_noun(told, word), by, objects, _place(text, roles, entities))


def _marked_noun(told: EventMention, word: str) -> str:
    if told.polarity is Polarity.NEGATIVE:
        return f"no {word}"
    marks = {Modality.PLANNED: "planned ", Modality.HYPOTHETICAL: "possible "}
    return f"{marks.get(told.modality, '')}{word}"


def _fillers(roles: Sequence[Role], name: RoleName, entities: Mapping[str, Entity]) -> str:
    labels = [entities[r.entity_id].label for r in roles if r.name is name]
    return " and ".join(labels[:_MOST_FILLERS])


def _with_word(text: str, role: Role, entities: Mapping[str, Entity], *, default: str = "") -> str:
    """The filler with the preposition that stands before it in the text."""
    label = entities[role.entity_id].label
    before = _BEFORE.search(text[max(0, role.span.start - 24) : role.span.start])
    word = before.group(1).lower() if before else ""
    word = word if word in (_PLACE_WORDS if default else _TARGET_WORDS) else default
    return f"{word} {label}" if word else label


def _place(text: str, roles: Sequence[Role], entities: Mapping[str, Entity]) -> str:
    """The first place that is no actor or target, with its preposition."""
    others = {r.entity_id for r in roles if r.name is not RoleName.PLACE}
    for role in roles:
        if role.name is RoleName.PLACE and role.entity_id not in others:
            before = _BEFORE.search(text[max(0, role.span.start - 24) : role.span.start])
            word = before.group(1).lower() if before else "in"
            word = word if word in _PLACE_WORDS and word != "of" else "in"
            return f"{word} {entities[role.entity_id].label}"
    return ""


def _is_plural(targets: Sequence[Role], entities: Mapping[str, Entity]) -> bool:
    """Whether "were" goes with the targets: several, a people, or a noun in the plural."""
    if len(targets) > 1:
        return True
    entity = entities[targets[0].entity_id]
    noun = entity.label.split(" of ")[0]
    is_many = entity.kind is EntityKind.GROUP and not noun.endswith("group")
    return is_many or (not entity.named and noun.endswith("s") and not noun.endswith("ss"))


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _past(lemma: str) -> str:
    """The simple past of a verb."""
    if lemma in _PAST:
        return _PAST[lemma]
    for prefix in ("re", "over", "out", "under", "mis", "un", "fore"):
        if (
            lemma.startswith(prefix)
            and lemma[len(prefix) :] in _PAST
            and len(lemma) > len(prefix) + 2
        ):
            return prefix + _PAST[lemma[len(prefix) :]]
    return _regular(lemma)


def participle(lemma: str) -> str:
    """The past participle of a verb."""
    return _PARTICIPLE.get(lemma) or _past(lemma)


def _regular(lemma: str) -> str:
    if lemma.endswith("e"):
        return f"{lemma}d"
    if re.search(r"[^aeiou]y$", lemma):
        return f"{lemma[:-1]}ied"
    is_short = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", lemma)
    if is_short or lemma in _DOUBLING:
        return f"{lemma}{lemma[-1]}ed"
    return f"{lemma}ed"
