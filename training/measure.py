"""Quick scores on the packs' own development sentences, for watching a run."""

from __future__ import annotations

import random
from collections import Counter

import torch
from batches import Encoded, Encoding, collate, column, governors, make_windows
from examples import Example
from model import Tagger, governor_mask
from torch import Tensor

# Pieces of a window with context, as at run time.
WINDOW = 192


@torch.no_grad()
def measure(
    model: Tagger, encoding: Encoding, examples: list[Example], *, context: bool
) -> dict[str, float]:
    """UPOS, lemma, UAS and LAS (universal relation) in percent, greedy heads, gold tokens.

    Where mentions are annotated, also how often the antecedent ranked first, or none, is right.
    """
    model.eval()
    rows = [e for e in map(encoding.encode, examples) if len(e.ids) <= 500]
    windows = make_windows(rows, random.Random(0), (WINDOW if context else 1,))
    windows.sort(key=lambda e: len(e.ids))
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for i in range(0, len(windows), 8):
        chunk = windows[i : i + 8]
        batch = collate(chunk, encoding)
        outputs, mask = model(*batch.inputs), governor_mask(batch.sentence)
        for b, e in enumerate(chunk):
            total["word"] += len(e.first) - 1
            right.update(count_words(model, encoding, e, [out[b] for out in outputs], mask[b]))
        if batch.anaphors is not None and batch.antecedents is not None:
            scores = model.rank(
                outputs[-2], outputs[-1], anaphors=batch.anaphors, antecedents=batch.antecedents
            )
            best = scores.argmax(-1)
            right["coref"] += int(batch.corefers.gather(1, best[:, None]).sum())
            total["coref"] += len(best)
    model.train()
    return {
        k: round(100 * v / total["coref" if k == "coref" else "word"], 2) for k, v in right.items()
    }


def count_words(
    model: Tagger, encoding: Encoding, e: Encoded, outputs: list[Tensor], mask: Tensor
) -> Counter[str]:
    """How many words of a window are right; ``outputs`` and ``mask`` (governors) are its rows."""
    right: Counter[str] = Counter(upos=0, lemma=0, uas=0, las=0)
    n = len(e.first) - 1
    parts = model.split(outputs[0][1 : n + 1])
    upos, lemma = (parts[name].argmax(-1).tolist() for name in ("upos", "lemma"))
    arcs = outputs[1][1 : n + 1, : n + 1]
    heads = arcs.masked_fill(~mask[:n, : n + 1], -1e4).argmax(-1)
    pairs = model.deprel.score(outputs[2][heads], outputs[3][1 : n + 1]).argmax(-1)
    relations = [encoding.labels["deprel"][i].split(":")[0] for i in pairs.tolist()]
    gold = governors(e)
    columns = zip(*(column(e, name) for name in ("upos", "lemma", "deprels")), strict=True)
    for k, (tag, script, deprel) in enumerate(columns):
        right["upos"] += upos[k] == tag
        right["lemma"] += encoding.labels["lemma"][lemma[k]] == script
        is_attached = int(heads[k]) == gold[k]
        right["uas"] += is_attached
        right["las"] += is_attached and relations[k] == deprel.split(":")[0]
    return right
