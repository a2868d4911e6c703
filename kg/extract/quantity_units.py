"""What a number counts: the noun that it modifies, by the tree or by the words after it."""

from spacy.tokens import Doc, Token

from kg.words import word_set

#: Plurals that do not end in s, with their singular.
IRREGULAR_PLURALS = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "policemen": "policeman",
    "policewomen": "policewoman",
    "gunmen": "gunman",
    "militiamen": "militiaman",
    "servicemen": "serviceman",
    "lives": "life",
    "wives": "wife",
    "feet": "foot",
    "police": "police",
    "troops": "troop",
    "personnel": "personnel",
}


def token_from(doc: Doc, start: int) -> Token | None:
    """The token that holds character ``start``, or None."""
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None


def token_after(doc: Doc, end: int) -> Token | None:
    """The token after character ``end``, past the tail of "-strong", or None."""
    token = token_from(doc, end - 1)
    following = token.i + 1 if token is not None else len(doc)
    if [word.lower_ for word in doc[following : following + 2]] == ["-", "strong"]:
        following += 2
    return doc[following] if following < len(doc) else None


def unit_in_tree(doc: Doc, number: Token, end: int) -> tuple[str, int | None]:
    """The noun that the number modifies, or the noun after "of", or the number itself."""
    last = token_from(doc, end - 1) or number
    inside = [token for token in doc[number.i : last.i + 1] if token.pos_ in ("NUM", "NOUN", "ADJ")]
    top = next(
        (token for token in inside if token.head.i < number.i or token.head.i > last.i), number
    )
    if top.dep_ in ("nummod", "amod", "advmod", "det", "compound") and top.head.i > last.i:
        return top.head.lemma_.lower(), top.head.i
    for child in top.children:
        if child.dep_ == "nmod" and child.i > last.i and _has_case_of(child):
            return child.lemma_.lower(), top.i
    return "", top.i


def _has_case_of(token: Token) -> bool:
    return any(child.dep_ == "case" and child.lower_ == "of" for child in token.children)


_STOPS = word_set(
    "were was are is be been have has had in on at by for from to with who that which and or "
    "but as when while after before during since until the a an he she they it we will would "
    "could may there killed wounded injured said died fled left took about into over per so "
    "than"
)
_SKIPPED = word_set("of the more other its his her their our these those such additional")
_LONGEST_UNIT = 5


def unit_in_words(doc: Doc, number: Token, end: int) -> tuple[str, int | None]:
    """The noun counted, by the words after the number: the last plural of the run, or its first."""
    token = token_after(doc, end)
    run: list[Token] = []
    while token is not None and len(run) < _LONGEST_UNIT and token.is_alpha:
        if token.lower_ in _STOPS and not (token.lower_ == "the" and not run):
            break
        if token.lower_ == "of" and run:
            break
        if token.lower_ not in _SKIPPED:
            run.append(token)
            if _is_plural(token) and not _is_title_run(token):
                break
        token = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if not run:
        return "", number.i
    noun = next((word for word in reversed(run) if _is_plural(word)), None)
    if noun is None and run[0].lower_.endswith(("ed", "ing")):
        return "", number.i
    noun = noun or run[0]
    return _singular(noun), noun.i


def _is_title_run(token: Token) -> bool:
    """Whether a capitalised plural is followed by a plural that it modifies ("400 IS fighters")."""
    return token.text[:1].isupper() and token.i + 1 < len(token.doc) and token.nbor().is_alpha


def _is_plural(token: Token) -> bool:
    low = token.lower_
    return low in IRREGULAR_PLURALS or (low.endswith("s") and not low.endswith(("ss", "us", "is")))


def _singular(token: Token) -> str:
    if token.lemma_:
        return token.lemma_.lower()
    low = token.lower_
    if low in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[low]
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("ches", "shes", "xes", "sses")):
        return low[:-2]
    return low[:-1] if _is_plural(token) else low
