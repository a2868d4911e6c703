"""Quick scores on the packs' own development sentences, for watching a run."""

from __future__ import annotations

import torch
from batches import Encoding, inputs
from examples import Example
from model import Tagger


@torch.no_grad()
def measure_syntax(model: Tagger, encoding: Encoding, examples: list[Example]) -> dict[str, float]:
    """UPOS, lemma, UAS and LAS (universal relation) in percent, greedy heads, gold tokens."""
    model.eval()
    right = dict.fromkeys(("upos", "lemma", "uas", "las"), 0)
    total = 0
    rows = sorted((encoding.encode(e) for e in examples), key=lambda e: len(e.ids))
    rows = [e for e in rows if len(e.ids) <= 500]
    relation = [d.split(":")[0] for d in encoding.labels["deprel"]]
    for i in range(0, len(rows), 32):
        chunk = rows[i : i + 32]
        tokens, arcs, left, right_vectors, _, _ = model(*inputs(chunk))
        parts = model.split(tokens)
        for b, e in enumerate(chunk):
            n = len(e.example.words)
            heads = arcs[b, 1 : n + 1, : n + 1].argmax(-1)
            relations = model.deprel.score(left[b, heads], right_vectors[b, 1 : n + 1]).argmax(-1)
            upos = parts["upos"][b, 1 : n + 1].argmax(-1).tolist()
            lemma = parts["lemma"][b, 1 : n + 1].argmax(-1).tolist()
            total += n
            for k in range(n):
                right["upos"] += upos[k] == e.example.upos[k]
                right["lemma"] += encoding.labels["lemma"][lemma[k]] == e.example.lemma[k]
                ok = int(heads[k]) == e.example.heads[k]
                right["uas"] += ok
                right["las"] += (
                    ok and relation[int(relations[k])] == e.example.deprels[k].split(":")[0]
                )
    model.train()
    return {k: round(100 * v / total, 2) for k, v in right.items()}
