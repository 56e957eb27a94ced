"""Writes a network as an ONNX file whose metadata says all that is needed to use it."""

from datetime import date
from pathlib import Path

import onnx
import torch
from torch import nn

OPSET = 13


def write_onnx(network: nn.Module, path: Path, shape: tuple[int, int, int, int], facts: dict, outputs: int = 1):
    """`facts` go into `metadata_props` as Python literals, under the keys that YOLO exports use."""
    partial = path.with_suffix(".partial")
    names = {"input_names": ["images"], "output_names": [f"output{index}" for index in range(outputs)]}
    torch.onnx.export(network.eval(), torch.zeros(shape), str(partial), opset_version=OPSET, **names)
    model = onnx.load(str(partial))
    model.producer_name, model.doc_string = "Lineside", facts["description"]
    onnx.helper.set_model_props(model, {key: str(value) for key, value in facts.items()})
    onnx.checker.check_model(model)
    onnx.save(model, str(partial))
    partial.replace(path)


def facts_of(task: str, classes: tuple[str, ...], description: str, shape: tuple[int, int, int, int], stride: int) -> dict:
    """The metadata of one of our models."""
    batch, channels, height, width = shape
    return {
        "description": description,
        "author": "Lineside",
        "date": date.today().isoformat(),
        "task": task,
        "stride": stride,
        "batch": batch,
        "channels": channels,
        "imgsz": [height, width],
        "names": dict(enumerate(classes)),
        "args": {"batch": batch, "half": False, "dynamic": False, "nms": False},
    }
