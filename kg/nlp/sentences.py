"""Where sentences start in news text: a spaCy component of rules and a small network.

A blank line always parts sentences. A single line break does too, unless the text is wrapped at a
fixed width, and so does the end of a dateline. Inside a line the rules part sentences after a full
stop, question or exclamation mark (with the quotes and brackets that close after it) when what
follows can start one; `kg.nlp.boundaries` sees their verdict and the words around, and decides.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.nlp.boundaries import BLANK, GLUED, LINE, LINE_WORD, Boundaries
from kg.nlp.splitting import read_splitter

CLOSERS = frozenset("\"'\u201d\u2019)]»") | {"''"}
OPENERS = frozenset("\"'\u201c\u2018([«") | {"``"}
FINAL = re.compile(r"^[.!?…]+$")
# Abbreviations that a name or a number follows, not a new sentence.
_TITLES = """
mr. mrs. ms. dr. prof. gen. lt. col. capt. sgt. maj. cmdr. adm. gov. sen. rep. hon. rev.
fr. st. sr. mt. ft. const. sgts. pres. supt. det. insp. amb. atty. no. nos. vs. v. fig.
art. sec. pp. p. vol. ed. messrs. mme. mlle. brig. pvt. cpl. pte. gov't. e.g. i.e. cf.
viz. approx. est. al. drs. ext. tel. ps. p.s. dept. govt. sq. incl. misc. assn. bros.
cos.
"""
TITLES = frozenset(_TITLES.split())
# Those that are words too, which may end a sentence: "He likes art.", "No."
ORDINARY = frozenset({"no.", "art.", "fig.", "ed."})
# After an abbreviation that may end a sentence ("the U.S. The ..."), these start a new one.
_STARTERS = """
the a an he she it they we you i in on at but and however this that these those there
his her its their our as after before when while if since although meanwhile for from
with by who what why how no not one some many most last earlier later still yet
according
"""
STARTERS = frozenset(_STARTERS.split())
# A footnote's number in square brackets belongs to the sentence before it.
NOTE = re.compile(r"^\[\d{1,3}\]$")
RULER = re.compile(r"^([=_*~#-])\1{4,}$")
EMOTICONS = frozenset({":)", ":-)", ";)", ";-)", ":D", ":(", ":-(", ":P"})
VOWEL = re.compile("[aeiouy]")
# Lines of this many characters that do not end a sentence are taken for a text wrapped at a width.
WRAP_RANGE = (50, 100)


def is_wrapped(text: str) -> bool:
    """Whether single line breaks in the text are there for the width of a page only."""
    inner = [
        line
        for block in re.split(r"\n\s*\n", text)
        for line in block.strip("\n").split("\n")[:-1]
        if line.strip()
    ]
    if len(inner) < 3:
        return False
    low, high = WRAP_RANGE
    cut = [line for line in inner if low <= len(line) <= high and line.rstrip()[-1].isalnum()]
    return len(cut) > 0.6 * len(inner)


def _breaks_line(token: Token, wrapped: bool) -> bool:
    """Whether a space token parts sentences."""
    n_lines = token.text.count("\n") + token.text.count("\u2029") + token.text.count("\u2028")
    return n_lines > 1 or (n_lines == 1 and not wrapped)


def _can_start(token: Token) -> bool:
    """Whether a word or mark may be the first of a sentence."""
    return token.text[0].isupper() or token.text[0].isdigit() or token.text in OPENERS


# "QAMISHLI, Syria (AP) —" and "BOSTON:" before a paragraph say where the report was written.
DATELINE = re.compile(
    r"[A-Z][A-Z.'\u2019 -]{2,}(?:, [A-Z][\w.'\u2019 ]+?){0,3}"
    r"(?: ?\([A-Z][\w ./-]*\))?(?:, [A-Z][a-z]+\.? \d{1,2})?"
    r"(?: ?(?:\u2014|\u2013|--)\s*|:\s*| -\s+)(?=\S)"
)


def dateline_ends(text: str) -> set[int]:
    """Where the text goes on after the dateline of a paragraph."""
    begins = (match.end() for match in re.finditer(r"(?:^|\n)\s*", text))
    matches = (DATELINE.match(text, begin) for begin in begins)
    return {match.end() for match in matches if match}


def _next_word(doc: Doc, i: int) -> Token | None:
    """The first token from ``i`` on that is neither space nor an opening mark."""
    while i < len(doc) and (doc[i].is_space or doc[i].text in OPENERS):
        i += 1
    return doc[i] if i < len(doc) else None


def _ends_sentence(doc: Doc, i: int) -> int | None:
    """If token ``i`` ends a sentence, the index after the marks that close with it, else None."""
    token = doc[i]
    if RULER.match(token.text) or _is_emoticon(doc, i):
        return i + 1
    is_final = FINAL.match(token.text) is not None
    if not is_final and not (len(token) > 1 and token.text.endswith(".")):
        return None
    end = _close(doc, i + 1)
    following = _next_word(doc, end)
    if following is None or end >= len(doc):
        return None
    if not (doc[end - 1].whitespace_ or doc[end].is_space):
        return end if end == i + 1 and _is_glued(doc, i) else None
    if not is_final:
        starts = following.lower_ in STARTERS and following.text[0].isupper()
        return end if starts and token.lower_ not in TITLES else None
    alone = end == i + 1
    if alone and token.text == "." and i and doc[i - 1].lower_ + "." in TITLES:
        return None
    return end if _can_start(following) or (alone and _is_casual(doc, i, following)) else None


def _is_emoticon(doc: Doc, i: int) -> bool:
    """Whether the token is a smiley between two words."""
    if doc[i].text not in EMOTICONS or i == 0 or i + 1 >= len(doc):
        return False
    return bool(doc[i - 1].whitespace_) and doc[i + 1].is_alpha


def _close(doc: Doc, end: int) -> int:
    """The index after the quotes, brackets and footnote marks that close at ``end``."""
    while end < len(doc) and doc[end].text in CLOSERS and not doc[end - 1].whitespace_:
        end += 1
    while NOTE.match(doc[end : end + 3].text):
        end += 3
    return end


def _is_glued(doc: Doc, i: int) -> bool:
    """Whether the blank after the mark was lost: "the end.The next"."""
    if i == 0 or i + 1 >= len(doc):
        return False
    before, after = doc[i - 1], doc[i + 1]
    if doc[i].text in ("?", "!"):
        return before.is_lower and after.is_alpha
    return before.is_alpha and before.is_lower and len(before) > 1 and after.is_title


def _is_casual(doc: Doc, i: int, following: Token) -> bool:
    """Whether the mark ends a sentence although the next one starts with a small letter.

    A full stop does after a plain word with a vowel, which an abbreviation hardly is.
    """
    if i == 0 or not following.is_alpha or doc[i].text not in (".", "?", "!"):
        return False
    before = doc[i - 1]
    is_word = before.is_alpha and before.is_lower and bool(VOWEL.search(before.text))
    return is_word and (len(before) > 2 or doc[i].text != ".")


@dataclass(slots=True)
class Reading:
    """What the network is shown of a Doc: its words, and LINE_WORD for line breaks that part.

    Attributes:
        words: the words.
        gaps: what stands before each: GLUED, BLANK or LINE.
        ruled: whether the rules start a sentence with it.
        tokens: its index in the Doc, -1 for a line break.
        fixed: indices of tokens that start a sentence whatever the network says.
    """

    words: list[str] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    ruled: list[bool] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    fixed: list[int] = field(default_factory=list)


def read(doc: Doc) -> Reading:
    """The Doc as the network sees it."""
    wrapped = is_wrapped(doc.text)
    datelines = dateline_ends(doc.text)
    ruled = {
        _skip_spaces(doc, after)
        for token in doc
        if not token.is_space and (after := _ends_sentence(doc, token.i)) is not None
    }
    reading = Reading()
    gap = LINE
    for token in doc:
        if token.is_space:
            breaks = _breaks_line(token, wrapped)
            gap = LINE if breaks or gap == LINE else BLANK
            if breaks:
                _show(reading, LINE_WORD, LINE, ruled=False, index=-1)
            continue
        starts = gap == LINE or token.idx in datelines
        if starts:
            reading.fixed.append(token.i)
        _show(reading, token.text, gap, ruled=starts or token.i in ruled, index=token.i)
        gap = BLANK if token.whitespace_ else GLUED
    return reading


def _show(reading: Reading, word: str, gap: int, *, ruled: bool, index: int) -> None:
    """Append a word to what is shown."""
    reading.words.append(word)
    reading.gaps.append(gap)
    reading.ruled.append(ruled)
    reading.tokens.append(index)


@lru_cache(maxsize=1)
def open_boundaries() -> Boundaries:
    """The network with the shipped weights, once in a process."""
    return Boundaries(read_splitter()[1])


@Language.component("kg_sentences")
def mark_sentences(doc: Doc) -> Doc:
    """Set ``is_sent_start`` of every token; blanks belong to the sentence before them."""
    reading = read(doc)
    scores = open_boundaries().score(reading.words, reading.gaps, reading.ruled)
    found = np.array(reading.tokens, dtype="int64")[scores > 0].tolist()
    marks = np.full(len(doc), -1, dtype="int64")
    marks[[i for i in found if i > 0 and not _follows_title(doc, i)]] = 1
    marks[reading.fixed[1:]] = 1
    # Blanks before the first word belong to its sentence.
    marks[: reading.fixed[0] + 1 if reading.fixed else None] = -1
    marks[:1] = 1
    # In one call: spaCy's setter looks through the whole Doc at every token.
    doc.from_array([SENT_START], marks.astype("uint64"))  # type: ignore[arg-type]
    return doc


def _follows_title(doc: Doc, i: int) -> bool:
    """Whether an abbreviation that a name follows stands before token ``i``, as in "U.S. v. Ali".

    The network has not seen all of them.
    """
    before = doc[i - 1].lower_
    if before == "." and i > 1 and not doc[i - 2].whitespace_:
        before = doc[i - 2].lower_ + before
    return before in TITLES and before not in ORDINARY


def _skip_spaces(doc: Doc, i: int) -> int:
    """The first index from ``i`` on that is no space."""
    while i < len(doc) and doc[i].is_space:
        i += 1
    return i
