"""Measures a detector's ONNX file on pictures that it was not trained on: all-point AP at IoU 0.5. See README.md."""

import argparse
from pathlib import Path

import cv2
import numpy as np

from boxes import ious
from dataset import CLASSES, Board, read_boards, split_names
from reference import Model
from scores import average_precision, matches

FLOOR, SUPPRESSION = 0.005, 0.6


def main():
    options = arguments()
    boards = read_boards(options.data)
    _, measured = split_names([board.name for board in boards], options.hold_out)
    boards = [board for board in boards if board.name in measured]
    model = Model(options.onnx)
    found = [model.detect(cv2.cvtColor(board.pixels, cv2.COLOR_GRAY2RGB), FLOOR, SUPPRESSION) for board in boards]
    show(boards, found)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--onnx", type=Path, required=True)
    parser.add_argument("--hold-out", default="100", help="as in the training that gave the file")
    return parser.parse_args()


def show(boards: list[Board], found: list[np.ndarray]):
    precisions = []
    for kind, name in enumerate(CLASSES):
        precision = precision_of(boards, found, kind)
        precisions.append(precision)
        print(f"{name:10s} {precision:.3f}  ({sum((board.defects[:, 4] == kind).sum() for board in boards)} defects)")
    print(f"mAP50      {np.mean(precisions):.4f}  ({len(boards)} pictures)")


def precision_of(boards: list[Board], found: list[np.ndarray], kind: int) -> float:
    hits, total = [], 0
    for board, rows in zip(boards, found):
        truth, rows = board.defects[board.defects[:, 4] == kind], rows[rows[:, 5] == kind]
        hits += matches(rows[:, 4], np.array([ious(row, truth) for row in rows]))
        total += len(truth)
    return average_precision(hits, total)


if __name__ == "__main__":
    main()
