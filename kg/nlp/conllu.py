"""A Doc as CoNLL-U, names in the MISC column as BIO tags."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.nlp.enhanced import enhance, words_of


def to_conllu(doc: Doc, *, prefix: str = "s", enhanced: bool = False) -> str:
    """The Doc's sentences as CoNLL-U.

    ``sent_id`` is the prefix and the sentence's number; ``text`` is the sentence in one line. DEPS
    holds the arcs of `kg.nlp.enhanced` if asked for, else "_". MISC holds Name (BIO), of a noun
    phrase's head Mention (its type) and Infstat (its information status), and SpaceAfter.
    """
    blocks = (
        _sentence(sent, f"{prefix}-{n}", enhanced=enhanced) for n, sent in enumerate(doc.sents, 1)
    )
    return "".join(block for block in blocks if block)


def _sentence(sent: Span, sent_id: str, *, enhanced: bool) -> str:
    words = [token for token in sent if not token.is_space]
    if not words:
        return ""
    number = {token.i: n for n, token in enumerate(words, 1)}
    text = " ".join(sent.text.split())
    deps = _deps(words) if enhanced else ["_"] * len(words)
    lines = [f"# sent_id = {sent_id}", f"# text = {text}", *_rows(words, number, deps)]
    return "\n".join(lines) + "\n\n"


def _deps(words: list[Token]) -> list[str]:
    """The DEPS column: enhanced arcs in the order of their governors."""
    return [
        "|".join(f"{governor + 1}:{relation}" for governor, relation in sorted(arcs))
        for arcs in enhance(words_of(words))
    ]


def _rows(words: list[Token], number: dict[int, int], deps: list[str]) -> Iterator[str]:
    for token, arcs in zip(words, deps, strict=True):
        head = 0 if token.head.i == token.i else number.get(token.head.i, 0)
        columns = (
            str(number[token.i]),
            token.text,
            token.lemma_ or "_",
            token.pos_ or "_",
            "_",
            str(token.morph) or "_",
            str(head),
            token.dep_ or "_",
            arcs,
            _misc(token),
        )
        yield "\t".join(columns)


def _misc(token: Token) -> str:
    parts = []
    if token._.mention_type != "none":
        parts.append(f"Mention={token._.mention_type}")
        parts.append(f"Infstat={token._.information_status}")
    if token.ent_type_:
        parts.append(f"Name={token.ent_iob_}-{token.ent_type_}")
    is_last = token.i + 1 == len(token.doc)
    if not token.whitespace_ and not is_last and not token.nbor().is_space:
        parts.append("SpaceAfter=No")
    return "|".join(parts) or "_"
