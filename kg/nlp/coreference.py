"""How well two words of a document speak of one thing, by the model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kg.nlp.encoder import Floats, PairHead


@dataclass(frozen=True, slots=True)
class PairVectors:
    """The model's pair vectors of a document's referring words.

    ``row_of`` gives the row of a word's index in the Doc; ``before`` and ``after`` are float32
    (rows, width), the words as antecedents and as anaphors.
    """

    row_of: Mapping[int, int]
    before: Floats
    after: Floats
    head: PairHead

    def scores(self, anaphor: int, antecedents: Sequence[int]) -> Floats:
        """How much the model prefers each antecedent to none, in log-odds; float32 (antecedents,).

        Words without a vector score 0. The arguments are indices of words in the Doc.
        """
        found = np.zeros(len(antecedents), np.float32)
        row = self.row_of.get(anaphor)
        known = [k for k, i in enumerate(antecedents) if i in self.row_of]
        if row is None or not known:
            return found
        left = self.before[[self.row_of[antecedents[k]] for k in known]]
        right = np.broadcast_to(self.after[row], left.shape)
        found[known] = self.head.scores(left, right)[:, 0]
        return found
