"""Tokens as UD English cuts them: a tokenizer for spaCy whose cuts were learnt from treebanks.

Blanks part the text into chunks. A chunk is cut into units: a run of letters, of digits or of one
mark, an address, "n't", the two halves of a fused word ("cannot", "gonna"). Whether two units are
two tokens is what a linear model says of the units around: "e-mail" is one word, "search-engine"
three. The weights are in a text file made by ``training/tokens.py``.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from kg.nlp.splitting import TokenWeights, read_splitter

# The tokenizer's name in a saved pipeline's configuration.
TOKENIZER = "kg_tokens"
CHUNK = re.compile(r"(\S+)(\s*)")
_SITE = r"(?:https?://|www\.)[^\s<>()\[\]\"\u201c\u201d]*[^\s<>()\[\]\"\u201c\u201d.,;:!?'\u2019]"
# No local part longer than the standard allows, so that time grows with the length only.
_MAIL = r"(?<![\w.+-])[\w.+-]{1,64}@\w[\w-]*(?:\.\w[\w-]*)+"
_FILE = r"(?<![\w-])[\w-]{1,64}\.(?:docx?|xlsx?|pdf|jpe?g|gif|png|html?|txt|zip|ppt)(?!\w)"
_NOT = r"n['\u2019`]t(?![^\W\d_])"
_PICTURE = "\u2600-\u27bf\U0001f000-\U0001faff"
# Brackets nest, so each is a unit of its own; so is a picture with the signs that change it.
UNIT = re.compile(
    rf"{_SITE}|{_MAIL}|{_FILE}|{_NOT}"
    rf"|(?:(?!{_NOT})[^\W\d_{_PICTURE}][\u0300-\u036f\u200b-\u200d]*)+"
    r"|\d+"
    r"|[()\[\]{}]"
    rf"|[{_PICTURE}][\ufe0f\u200d\u2640\u2642\U0001f3fb-\U0001f3ff]*"
    r"|(.)\1*",
    re.IGNORECASE | re.DOTALL,
)
MISSING_SPACE = re.compile(r"\w[)\]][:;,]\w")
PLAIN = re.compile(r"[^\W\d_]+")
# Marks that differ in print only are one mark to the model.
SAME = str.maketrans("\u201c\u201d\u201e\u2018\u2019`\u2032£€¥\u2212", "\"\"\"''''$$$-")
LINK = re.compile(r"//|\w\.(?:com|org|net|gov|edu)\b", re.IGNORECASE)
# Words that keep a full stop inside a sentence, whether or not the treebanks have them.
_ABBREVIATIONS = """
mr mrs ms dr prof gen lt col capt sgt maj cmdr adm gov sen rep hon rev fr st sr jr mt ft pres supt
det insp amb atty no nos vs fig art sec pp vol ed messrs mme mlle brig pvt cpl pte approx est al ext
tel dept govt sq inc ltd co corp bros assn jan feb mar apr jun jul aug sept sep oct nov dec mon tue
tues wed thu thurs fri sat sun etc ave blvd rd univ
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
# Longer units and chunks are known by their shape alone.
LONGEST_TEXT = 12
LONGEST_MEMORY = 16
CACHED_CHUNKS = 50_000


def units_of(chunk: str, fused: dict[str, int]) -> list[str]:
    """The units of a chunk, which joined are the chunk.

    Args:
        chunk: characters without a blank.
        fused: words in small letters that are two tokens, and where they are cut.
    """
    units = []
    for match in UNIT.finditer(chunk):
        unit = match.group()
        cut = fused.get(unit.lower(), 0)
        units += [unit[:cut], unit[cut:]] if cut else [unit]
    return units


def follower(text: str) -> str:
    """The class of what comes after a chunk by its first character; "" at the end of a line."""
    first = text[:1]
    return "1" if first.isdigit() else "A" if first.isupper() else "a" if first.isalpha() else first


def borders(units: list[str], after: str) -> Iterator[tuple[int, list[str]]]:
    """For each border between units, the index of the unit after it and what stands around.

    Args:
        units: of one chunk, see `units_of`.
        after: the `follower` of the chunk.
    """
    plain = [unit.translate(SAME) for unit in units]
    edge = ["^"] * 3, ["$"] * 3
    text = [*edge[0], *(u.lower()[:LONGEST_TEXT] for u in plain), *edge[1]]
    shape = [*edge[0], *map(_shape, plain), *edge[1]]
    whole = "".join(plain)
    memory = whole.lower() if len(whole) <= LONGEST_MEMORY else ""
    kind = "mail" if "@" in whole else "link" if LINK.search(whole) else "word"
    size = min(len(units), 7)
    for k in range(1, len(units)):
        a, b, c, d, e, f = shape[k : k + 6]
        s, t, u, v, w, x = text[k : k + 6]
        then = after if e == "$" else "."
        known = u in ABBREVIATIONS
        yield (
            k,
            [
                "bias",
                f"1{c} {d}",
                f"2{b} {c} {d}",
                f"3{c} {d} {e}",
                f"4{b} {c} {d} {e}",
                f"5{a} {b} {c} {d} {e} {f}",
                f"6{kind} {c} {d}",
                f"7{kind} {c} {d} {b} {e}",
                f"8{u} {d}",
                f"9{c} {v}",
                f"a{u} {v}",
                f"b{t} {u} {d}",
                f"c{c} {v} {w}",
                f"d{t} {u} {v}",
                f"e{u} {v} {w}",
                f"f{b} {c} {d} {e} {size}",
                f"g{t} {u} {v} {w}",
                f"h{s} {t} {u} {v} {w} {x}",
                f"i{c} {d} {e} {then}",
                f"j{u} {d} {e} {then}",
                f"k{c} {d} {k} {size}",
                f"l{memory} {k}",
                f"m{t} {c} {d}",
                f"n{c} {d} {w}",
                f"o{known} {v} {e}",
                f"p{known} {v} {then}",
            ],
        )


def _is_closed(units: list[str], k: int) -> bool:
    """Whether unit ``k`` follows a bracket that closes: wires leave out blanks, "(APP):Chief"."""
    around = "".join((*units[max(0, k - 2) : k], *units[k : k + 2]))
    return units[k - 1] in (")", "]") and MISSING_SPACE.search(around) is not None


def _shape(unit: str) -> str:
    """What a unit looks like: letters by their case, digits by their number, a mark itself."""
    if len(unit) > 4 and ("." in unit or "@" in unit) and any(map(str.isalpha, unit)):
        return "site"
    if unit[0].isdigit():
        return "1" * min(len(unit), 5)
    if not unit[0].isalpha():
        return unit[:4]
    if len(unit) == 1:
        return "A" if unit.isupper() else "a"
    if unit.islower():
        return "aa"
    return "AA" if unit.isupper() else "Aa" if unit[1:].islower() else "aA"


class UDTokenizer:
    """Text -> Doc; joined with their blanks, the tokens are the text, whatever it holds."""

    def __init__(self, vocab: Vocab, weights: TokenWeights) -> None:
        """Take the vocabulary of the pipeline and the learnt weights."""
        self.vocab = vocab
        self.weights = weights
        self._cut = lru_cache(maxsize=CACHED_CHUNKS)(self.cut)

    def __call__(self, text: str) -> Doc:
        """The tokens of a text. A single blank belongs to the token before it, as in spaCy."""
        words: list[str] = []
        spaces: list[bool] = []
        blank = text[: len(text) - len(text.lstrip())]
        if blank:
            words.append(blank)
            spaces.append(False)
        for match in CHUNK.finditer(text):
            chunk, blank = match.groups()
            end = match.end()
            after = "" if "\n" in blank else follower(text[end : end + 1])
            pieces = self._cut(chunk, after)
            words += pieces
            spaces += [False] * len(pieces)
            if blank[:1] == " ":
                spaces[-1] = True
                blank = blank[1:]
            if blank:
                words.append(blank)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def cut(self, chunk: str, after: str) -> tuple[str, ...]:
        """The tokens of a chunk, given the `follower` after it."""
        fused = self.weights.fused
        if PLAIN.fullmatch(chunk) and chunk.lower() not in fused:
            return (chunk,)
        units = units_of(chunk, fused)
        pieces = units[:1]
        score = self.weights.scores.get
        for k, seen in borders(units, after):
            if sum(score(feature, 0) for feature in seen) > 0 or _is_closed(units, k):
                pieces.append(units[k])
            else:
                pieces[-1] += units[k]
        return tuple(pieces)

    def to_bytes(self, **_: object) -> bytes:
        """Nothing: the weights are the package's."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> "UDTokenizer":
        """Itself, see `to_bytes`."""
        return self

    def to_disk(self, _path: Path, **_: object) -> None:
        """Write nothing, see `to_bytes`."""

    def from_disk(self, _path: Path, **_: object) -> "UDTokenizer":
        """Itself, see `to_bytes`."""
        return self


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], UDTokenizer]:
    """The tokenizer for a spaCy configuration, with the shipped weights."""

    def make(nlp: Language) -> UDTokenizer:
        return UDTokenizer(nlp.vocab, read_splitter()[0])

    return make
