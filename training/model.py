"""The multi-task model: MiniLM with a shape embedding; heads for all tasks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

TOKEN_HEADS = (
    "upos",
    "feats",
    "lemma",
    "names",
    "mention_type",
    "predicate",
    "event",
    "modality",
    "polarity",
    "category",
    "status",
)
ARC, PAIR_SUM, PAIR_PRODUCT = 320, 192, 128
# Weights of seven bits: with eight, processors without VNNI overflow and compute something else.
WEIGHT_STEPS = 64
# How much of a channel's width is taken from the inputs; the rest stays out of the weights' width.
# Of 0.3-0.9, the least error of the int8 file's outputs on training text is from 0.75 on.
SMOOTHING = 0.8


@dataclass(frozen=True)
class Size:
    """The encoder's shape, from its config.json."""

    vocab: int
    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    shapes: int

    @classmethod
    def read(cls, folder: Path, shapes: int) -> Size:
        """The size that the encoder's own configuration states."""
        c = json.loads((folder / "config.json").read_text())
        return cls(
            c["vocab_size"],
            c["hidden_size"],
            c["num_hidden_layers"],
            c["num_attention_heads"],
            c["intermediate_size"],
            c["max_position_embeddings"],
            shapes,
        )


def rounded(x: Tensor) -> Tensor:
    """``x`` as the runtime rounds an input: to 256 steps between its least and its greatest value.

    The gradient passes as if nothing were rounded.
    """
    low, high = x.detach().min().clamp(max=0).float(), x.detach().max().clamp(min=0).float()
    scale = ((high - low) / 255).clamp(min=1e-8)
    zero = (-low / scale).round().to(torch.int32)
    return torch.fake_quantize_per_tensor_affine(x.float(), scale, zero, 0, 255)


def rounded_weight(weight: Tensor) -> Tensor:
    """The weights (out, in) in WEIGHT_STEPS steps either side of 0, a scale for each output."""
    scale = (weight.detach().abs().amax(1) / WEIGHT_STEPS).clamp(min=1e-8)
    zero = torch.zeros_like(scale, dtype=torch.int32)
    return torch.fake_quantize_per_channel_affine(
        weight, scale, zero, 0, -WEIGHT_STEPS, WEIGHT_STEPS
    )


class Linear(nn.Linear):
    """A linear layer that can be trained as it will be computed, with rounded numbers."""

    is_rounded = False

    def forward(self, x: Tensor) -> Tensor:
        """The layer's outputs."""
        if not self.is_rounded:
            return super().forward(x)
        return F.linear(rounded(x), rounded_weight(self.weight), self.bias)


class Smooth(nn.Module):
    """A fixed scale for each channel, which the layers behind undo: the runtime rounds inputs.

    A few channels are many times as wide as the others, and one scale serves all of them, so that
    the others would keep few of its 256 steps.

    Source: Xiao et al. 2023, SmoothQuant.
    """

    def __init__(self, width: int) -> None:
        """Start with a scale of 1."""
        super().__init__()
        self.register_buffer("scale", torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        """``x`` (..., width), each channel times its scale."""
        return x * self.scale

    @torch.no_grad()
    def set(self, widest: Tensor, layers: Iterable[Linear]) -> None:
        """Choose the scales and undo them in the weights of the layers behind.

        ``widest`` (width,) are the greatest absolute values of the channels that were seen.
        """
        layers = list(layers)
        weights = torch.stack([layer.weight.abs().amax(0) for layer in layers]).amax(0)
        wide = widest.clamp(min=1e-3) ** SMOOTHING
        scale = weights.clamp(min=1e-4) ** (1 - SMOOTHING) / wide
        scale /= scale.log().mean().exp()
        self.scale *= scale
        for layer in layers:
            layer.weight /= scale


class Layer(nn.Module):
    """One post-norm transformer layer, as BERT has it."""

    def __init__(self, size: Size, dropout: float) -> None:
        """Make the layer with random weights."""
        super().__init__()
        self.heads = size.heads
        self.query, self.key, self.value, self.out = (
            Linear(size.width, size.width) for _ in range(4)
        )
        self.up, self.down = Linear(size.width, size.inner), Linear(size.inner, size.width)
        self.norm1, self.norm2 = (nn.LayerNorm(size.width, eps=1e-12) for _ in range(2))
        self.smooth_in, self.smooth_out, self.smooth_up = (Smooth(size.width) for _ in range(3))
        self.smooth_down = Smooth(size.inner)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x: (batch, pieces, width); bias: (batch, 1, 1, pieces), 0 or very negative."""
        b, s, w = x.shape
        smoothed = self.smooth_in(x)
        q, k, v = (
            f(smoothed).view(b, s, self.heads, w // self.heads).transpose(1, 2)
            for f in (self.query, self.key, self.value)
        )
        scores = (q @ k.transpose(-1, -2)) * (w // self.heads) ** -0.5 + bias
        mixed = (self.dropout(scores.softmax(-1)) @ v).transpose(1, 2).reshape(b, s, w)
        x = self.norm1(x + self.dropout(self.out(self.smooth_out(mixed))))
        inner = F.gelu(self.up(self.smooth_up(x)))
        return self.norm2(x + self.dropout(self.down(self.smooth_down(inner))))

    def smoothed(self) -> Iterator[tuple[Smooth, list[Linear]]]:
        """The layers behind each scale."""
        yield self.smooth_in, [self.query, self.key, self.value]
        yield self.smooth_out, [self.out]
        yield self.smooth_up, [self.up]
        yield self.smooth_down, [self.down]


class Encoder(nn.Module):
    """BERT's embeddings and layers, and a shape embedding that starts at zero.

    Its output is a learnt mix of all layers.
    """

    is_rounded = False

    def __init__(self, size: Size, dropout: float = 0.1) -> None:
        """Make the encoder with random weights."""
        super().__init__()
        self.word = nn.Embedding(size.vocab, size.width)
        self.position = nn.Embedding(size.positions, size.width)
        self.shape = nn.Embedding(size.shapes, size.width)
        nn.init.zeros_(self.shape.weight)
        self.segment = nn.Parameter(torch.zeros(size.width))
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, dropout) for _ in range(size.layers))
        self.mix = nn.Parameter(torch.zeros(size.layers))
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Vectors of the pieces, (batch, pieces, width).

        The arguments are (batch, pieces); ``mask`` is 1 for pieces and 0 for padding.
        """
        positions = self.position.weight[: ids.shape[1]]
        word = self.word(ids)
        if self.is_rounded:
            scale = self.word.weight.detach().abs().max() / 127
            word = torch.fake_quantize_per_tensor_affine(
                word, scale, torch.zeros_like(scale, dtype=torch.int32), -127, 127
            )
        x = self.dropout(self.norm(word + positions + self.segment + self.shape(shapes)))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        weights = self.mix.softmax(0)
        total = torch.zeros_like(x)
        for i, layer in enumerate(self.layers):
            x = layer(x, bias)
            total = total + weights[i] * x
        return total

    def load_pretrained(self, folder: Path) -> None:
        """Copy the weights of a BERT checkpoint in safetensors form.

        Raises:
            ValueError: the checkpoint has other weights than the encoder.
        """
        from safetensors.torch import load_file

        raw = {
            k.removeprefix("bert."): v.float()
            for k, v in load_file(folder / "model.safetensors").items()
        }
        state = {
            "word.weight": raw["embeddings.word_embeddings.weight"],
            "position.weight": raw["embeddings.position_embeddings.weight"],
            "segment": raw["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": raw["embeddings.LayerNorm.weight"],
            "norm.bias": raw["embeddings.LayerNorm.bias"],
        }
        parts = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for i in range(len(self.layers)):
            for ours, theirs in parts.items():
                for kind in ("weight", "bias"):
                    state[f"layers.{i}.{ours}.{kind}"] = raw[f"encoder.layer.{i}.{theirs}.{kind}"]
        missing, unexpected = self.load_state_dict(state, strict=False)
        if unexpected or set(missing) != {"shape.weight", "mix"}:
            raise ValueError(
                f"{folder}: unexpected checkpoint, missing {missing}, unexpected {unexpected}"
            )


class PairHead(nn.Module):
    """Labels of word pairs: an additive hidden layer beside an elementwise product."""

    def __init__(self, width: int, labels: int) -> None:
        """Make the head for word vectors of ``width`` and a number of labels."""
        super().__init__()
        self.left, self.right = (Linear(width, PAIR_SUM + PAIR_PRODUCT) for _ in range(2))
        self.out = nn.Linear(PAIR_SUM + PAIR_PRODUCT, labels)
        self.dropout = nn.Dropout(0.2)

    def score(self, left: Tensor, right: Tensor) -> Tensor:
        """Label scores of pairs of projected vectors, both (..., PAIR_SUM + PAIR_PRODUCT)."""
        total = F.relu(left[..., :PAIR_SUM] + right[..., :PAIR_SUM])
        product = left[..., PAIR_SUM:] * right[..., PAIR_SUM:]
        return self.out(self.dropout(torch.cat([total, product], -1)))


def governor_mask(sentence: Tensor) -> Tensor:
    """Bool (batch, words, 1 + words): the words of a word's own sentence, and the root.

    ``sentence`` (batch, 1 + words) numbers the sentences from 1, 0 being the root.
    """
    same = sentence[:, 1:, None] == sentence[:, None, :]
    return same | (sentence == 0)[:, None, :]


class Tagger(nn.Module):
    """Encoder and heads; ``forward`` gives what the shipped file gives."""

    def __init__(self, size: Size, labels: dict[str, list[str]], dropout: float = 0.1) -> None:
        """Make the model for the tables of data.label_tables; ``dropout`` is the encoder's."""
        super().__init__()
        self.encoder = Encoder(size, dropout)
        width = 2 * size.width
        self.dropout = nn.Dropout(0.25)
        self.hidden = Linear(width, 256)
        self.sizes = {name: len(labels[name]) for name in TOKEN_HEADS}
        self.tokens = Linear(width + 256, sum(self.sizes.values()))
        self.arc_left, self.arc_right = Linear(width, ARC), Linear(width, ARC)
        self.arc = nn.Parameter(torch.eye(ARC) * 0.05)
        self.arc_bias = Linear(ARC, 1)
        self.deprel = PairHead(width, len(labels["deprel"]))
        self.role = PairHead(width, len(labels["role"]))
        self.coref = PairHead(width, 1)
        self.smooth_words, self.smooth_tokens = Smooth(width), Smooth(width + 256)

    def round_off(self) -> None:
        """From now on, compute with the rounded numbers of the int8 file that will be exported."""
        for module in self.modules():
            if isinstance(module, Linear | Encoder):
                module.is_rounded = True

    def smoothed(self) -> Iterator[tuple[Smooth, list[Linear]]]:
        """The layers behind each scale of the encoder and the heads."""
        for layer in self.encoder.layers:
            yield from layer.smoothed()
        pairs = (side for p in (self.deprel, self.role, self.coref) for side in (p.left, p.right))
        yield self.smooth_words, [self.hidden, self.arc_left, self.arc_right, *pairs]
        yield self.smooth_tokens, [self.tokens]

    @torch.no_grad()
    def smooth(self, batches: Iterable[tuple[Tensor, ...]]) -> None:
        """Set the scales by the inputs of some batches; the outputs stay what they were."""
        widest: dict[nn.Module, Tensor] = {}

        def look(module: nn.Module, given: tuple[Tensor], _: Tensor) -> None:
            seen = given[0].abs().flatten(0, -2).amax(0)
            widest[module] = torch.maximum(seen, widest.get(module, seen))

        hooks = [smooth.register_forward_hook(look) for smooth, _ in self.smoothed()]
        was_training = self.training
        self.eval()
        for batch in batches:
            self(*batch)
        self.train(was_training)
        for hook in hooks:
            hook.remove()
        for smooth, layers in self.smoothed():
            smooth.set(widest[smooth], layers)

    def rank(
        self, before: Tensor, after: Tensor, *, anaphors: Tensor, antecedents: Tensor
    ) -> Tensor:
        """Scores (n, 1 + most) of "no antecedent", which is 0, and of each antecedent.

        ``before`` and ``after`` are the last two outputs of `forward`; the rest is as in a batch.
        """
        b, w = anaphors.unbind(1)
        pairs = self.coref.score(
            before[b[:, None], antecedents.clamp(min=0)], after[b, w][:, None]
        ).squeeze(-1)
        return F.pad(pairs.masked_fill(antecedents < 0, -1e4), (1, 0))

    def words(
        self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor
    ) -> Tensor:
        """(batch, 1 + words, 2 * width); row 0 is the root, made of the [CLS] piece."""
        x = self.encoder(ids, shapes, mask)
        ends = (i[:, :, None].expand(-1, -1, x.shape[2]) for i in (first, last))
        return self.dropout(torch.cat([torch.gather(x, 1, i) for i in ends], -1))

    def split(self, tokens: Tensor) -> dict[str, Tensor]:
        """The label scores of each of TOKEN_HEADS; ``tokens`` is the first output of `forward`."""
        parts = tokens.split([self.sizes[name] for name in TOKEN_HEADS], -1)
        return dict(zip(TOKEN_HEADS, parts, strict=True))

    def forward(
        self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor
    ) -> tuple[Tensor, ...]:
        """Scores of a padded batch.

        Args:
            ids: (batch, pieces), as the next two.
            shapes: the index in SHAPES of each piece's word.
            mask: 1 for pieces and 0 for padding.
            first: (batch, 1 + words), the first piece of each word; word 0 is the root.
            last: the same for its last piece.

        Returns:
            Label scores (batch, 1 + words, labels of all TOKEN_HEADS), arc scores (batch, 1 + words
            dependents, 1 + words governors), and the projected pair vectors (batch, 1 + words,
            PAIR_SUM + PAIR_PRODUCT) of governors and dependents, predicates and arguments,
            antecedents and anaphors.
        """
        w = self.words(ids, shapes, mask, first, last)
        smoothed = self.smooth_words(w)
        hidden = self.dropout(F.relu(self.hidden(smoothed)))
        tokens = self.tokens(self.smooth_tokens(torch.cat([w, hidden], -1)))
        dependents, governors = (
            self.dropout(F.relu(project(smoothed))) for project in (self.arc_left, self.arc_right)
        )
        if self.tokens.is_rounded:
            arcs = rounded(dependents) @ rounded_weight(self.arc.T).T
        else:
            arcs = dependents @ self.arc
        arcs = arcs @ governors.transpose(1, 2)
        arcs = arcs + self.arc_bias(governors).transpose(1, 2)
        return (
            tokens,
            arcs,
            self.deprel.left(smoothed),
            self.deprel.right(smoothed),
            self.role.left(smoothed),
            self.role.right(smoothed),
            self.coref.left(smoothed),
            self.coref.right(smoothed),
        )
