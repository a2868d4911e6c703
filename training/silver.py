"""Names for a source that annotates none: what earlier runs read there, within what is permitted.

EWT says which words are proper nouns, not what they name. Its kinds of text (weblogs, mail,
reviews) are those in which names are found worst, so a run that goes on from others can be taught
their mean judgement, as far as EWT's own parts of speech agree with it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import torch
from batches import Encoded, Encoding, collate, is_short, make_windows
from examples import Example
from measure import WINDOW
from model import Tagger
from schema import UPOS
from torch import Tensor

# Pieces of a window: the document's, as at run time, and the sentence by itself.
WINDOWS = (WINDOW, 1)
PROPER = UPOS.index("PROPN")
# Words of which less than this is permitted are not taught: the source and its readers disagree.
LEAST = 0.05


def end_at_proper_nouns(example: Example) -> None:
    """Forbid a common noun at the end of a name ("Fatah party"): it may only stand within one."""
    for i, (here, after) in enumerate(pairwise([*example.upos, -1])):
        word = example.words[i]
        if here != PROPER and word == word.lower() and after != PROPER:
            example.names[i] &= frozenset(["O"])


@torch.no_grad()
def name_odds(models: Sequence[Tagger], windows: list[Encoded], encoding: Encoding) -> None:
    """Add the models' mean judgement of each word to ``name_odds`` of the windows' sentences."""
    windows = sorted(windows, key=lambda e: len(e.ids))
    share = 1 / (len(models) * len(WINDOWS))
    for i in range(0, len(windows), 16):
        chunk = windows[i : i + 16]
        batch = collate(chunk, encoding)
        odds: Tensor | float = 0.0
        for model in models:
            odds = odds + model.split(model(*batch.inputs)[0][:, 1:])["names"].softmax(-1) * share
        for row, e in zip(odds, chunk, strict=True):
            at = 0
            for part in e.parts:
                rows = row[at : at + len(part.words)].tolist()
                before = part.name_odds or [[0.0] * len(rows[0])] * len(rows)
                part.name_odds = [
                    [a + b for a, b in zip(x, y, strict=True)]
                    for x, y in zip(before, rows, strict=True)
                ]
                at += len(part.words)


def permit(example: Example, tags: list[str]) -> None:
    """Keep of each word's odds what its source permits, to a sum of 1, or all 0."""
    for i, row in enumerate(example.name_odds):
        kept = [p if tag in example.names[i] else 0.0 for tag, p in zip(tags, row, strict=True)]
        total = sum(kept)
        scale = 1 / total if total >= LEAST else 0.0
        example.name_odds[i] = [p * scale for p in kept]


def add_silver_names(rows: list[Encoded], models: Sequence[Tagger], encoding: Encoding) -> None:
    """Teach EWT's sentences among ``rows`` the names that the models read; changes the examples.

    Args:
        rows: sentences in the order of their sources.
        models: runs before this one, all of the same labels.
        encoding: of those labels.
    """
    rows = [e for e in rows if e.source == "ewt" and is_short(e)]
    for model in models:
        model.eval()
    for size in WINDOWS:
        name_odds(models, make_windows(rows, random.Random(0), (size,)), encoding)
    for e in rows:
        end_at_proper_nouns(e.parts[0])
        permit(e.parts[0], encoding.labels["names"])
