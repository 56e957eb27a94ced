"""Measures the segmenters' ONNX files on drawn plates that they were not trained on. See README.md.

Instances: all-point AP at a mask IoU of 0.5. Semantic: the IoU of each class over all pixels of all pictures.
"""

import argparse
from pathlib import Path

import numpy as np

from plates import CLASSES, Plate, plate_of
from reference import Model
from scores import average_precision, matches

FLOOR, SUPPRESSION = 0.005, 0.6
FIRST_SEED = 900_000  # far from those that are trained on


def main():
    options = arguments()
    plates = [plate_of(FIRST_SEED + index) for index in range(options.plates)]
    show = {"instances": show_instances, "semantic": show_semantic}[options.model]
    show(Model(options.onnx), plates)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=("instances", "semantic"))
    parser.add_argument("--onnx", type=Path, required=True)
    parser.add_argument("--plates", type=int, default=100)
    return parser.parse_args()


def show_instances(model: Model, plates: list[Plate]):
    hits, totals = [[] for _ in CLASSES], np.zeros(len(CLASSES), int)
    for plate in plates:
        found, masks = model.segment(plate.pixels, FLOOR, SUPPRESSION)
        for kind in range(len(CLASSES)):
            truth = [mask for mask, each in zip(plate.masks, plate.kinds) if each == kind]
            mine = np.flatnonzero(found[:, 5] == kind)
            overlaps = np.array([[mask_iou(masks[i], other) for other in truth] for i in mine]).reshape(len(mine), len(truth))
            hits[kind] += matches(found[mine, 4], overlaps)
            totals[kind] += len(truth)
    precisions = [average_precision(*parts) for parts in zip(hits, totals)]
    for name, precision, total in zip(CLASSES, precisions, totals):
        print(f"{name:10s} {precision:.3f}  ({total} defects)")
    print(f"mask mAP50 {np.mean(precisions):.4f}  ({len(plates)} pictures)")


def mask_iou(one: np.ndarray, other: np.ndarray) -> float:
    return np.count_nonzero(one & other) / max(1, np.count_nonzero(one | other))


def show_semantic(model: Model, plates: list[Plate]):
    names = ("background", *CLASSES)
    pixels = np.zeros((len(names), len(names)))  # truth, answer
    for plate in plates:
        pairs = plate.regions().astype(int) * len(names) + model.regions(plate.pixels)
        pixels += np.bincount(pairs.ravel(), minlength=len(names) ** 2).reshape(pixels.shape)
    right = pixels.diagonal()
    ious = right / (pixels.sum(0) + pixels.sum(1) - right)
    for name, iou in zip(names, ious):
        print(f"{name:10s} {iou:.3f}")
    print(f"mIoU       {ious.mean():.4f}  ({len(plates)} pictures; without the background {ious[1:].mean():.4f})")


if __name__ == "__main__":
    main()
