"""Exports trained weights as the ONNX file of a sample project. See README.md."""

import argparse
from pathlib import Path

import torch

import plates
from dataset import CLASSES, STATES
from network import STRIDE, Classifier, Detector, DetectorForExport, fuse_norms
from onnx_file import facts_of, write_onnx
from segmenters import InstanceSegmenter, InstanceSegmenterForExport, SemanticSegmenter

SHAPE = (1, 3, 640, 640)
INSTANCE_SHAPE = (1, 3, 448, 448)
SEMANTIC_SHAPE = (1, 3, 480, 640)
TRAINED_ON = "trained by the Lineside project on DeepPCB (tangsanli5201/DeepPCB, MIT)"
DRAWN = "trained by the Lineside project on pictures that it draws"


def main():
    options = arguments()
    weights = torch.load(options.checkpoint, map_location="cpu")
    EXPORTS[options.model](weights, options.onnx)
    print(f"{options.onnx}: {options.onnx.stat().st_size / 1e6:.2f} MB")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=tuple(EXPORTS))
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


def export_instances(weights: dict, path: Path):
    segmenter = InstanceSegmenter(len(plates.CLASSES))
    segmenter.load_state_dict(weights)
    network = InstanceSegmenterForExport(fuse_norms(segmenter), width=INSTANCE_SHAPE[3], height=INSTANCE_SHAPE[2])
    facts = facts_of("segment", plates.CLASSES, f"Lineside plate defects, {DRAWN}", INSTANCE_SHAPE, STRIDE)
    write_onnx(network, path, INSTANCE_SHAPE, facts, outputs=2)


def export_semantic(weights: dict, path: Path):
    classes = ("background", *plates.CLASSES)
    segmenter = SemanticSegmenter(len(classes))
    segmenter.load_state_dict(weights)
    facts = facts_of("semantic", classes, f"Lineside plate surface, {DRAWN}", SEMANTIC_SHAPE, STRIDE)
    write_onnx(fuse_norms(segmenter), path, SEMANTIC_SHAPE, facts)


EXPORTS = {
    "detector": export_detector,
    "classifier": export_classifier,
    "instances": export_instances,
    "semantic": export_semantic,
}

if __name__ == "__main__":
    main()
