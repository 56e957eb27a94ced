"""Exports trained weights as the ONNX file of a sample project. See README.md."""

import argparse
from pathlib import Path

import torch

from dataset import CLASSES, STATES
from network import STRIDE, Classifier, Detector, DetectorForExport, fuse_norms
from onnx_file import facts_of, write_onnx

SHAPE = (1, 3, 640, 640)
TRAINED_ON = "trained by the Lineside project on DeepPCB (tangsanli5201/DeepPCB, MIT)"


def main():
    options = arguments()
    weights = torch.load(options.checkpoint, map_location="cpu")
    export = {"detector": export_detector, "classifier": export_classifier}[options.model]
    export(weights, options.onnx)
    print(f"{options.onnx}: {options.onnx.stat().st_size / 1e6:.2f} MB")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=("detector", "classifier"))
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--onnx", type=Path, required=True, help="file to write")
    return parser.parse_args()


def export_detector(weights: dict, path: Path):
    detector = Detector(len(CLASSES))
    detector.load_state_dict(weights)
    network = DetectorForExport(fuse_norms(detector), width=SHAPE[3], height=SHAPE[2])
    description = f"Lineside bare boards: six defects of printed circuit boards, {TRAINED_ON}"
    write_onnx(network, path, SHAPE, facts_of("detect", CLASSES, description, SHAPE, STRIDE))


def export_classifier(weights: dict, path: Path):
    classifier = Classifier()
    classifier.load_state_dict(weights)
    description = f"Lineside board check: good or defective printed circuit boards, {TRAINED_ON}"
    write_onnx(fuse_norms(classifier), path, SHAPE, facts_of("classify", STATES, description, SHAPE, STRIDE))


if __name__ == "__main__":
    main()
