"""Measures a detector's ONNX file on pictures that it was not trained on: all-point AP at IoU 0.5. See README.md."""

import argparse
from pathlib import Path

import cv2
import numpy as np

from boxes import ious
from dataset import CLASSES, Board, read_boards, split_names
from reference import Model

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
        precision = average_precision(boards, found, kind)
        precisions.append(precision)
        print(f"{name:10s} {precision:.3f}  ({sum((board.defects[:, 4] == kind).sum() for board in boards)} defects)")
    print(f"mAP50      {np.mean(precisions):.4f}  ({len(boards)} pictures)")


def average_precision(boards: list[Board], found: list[np.ndarray], kind: int) -> float:
    """The area under the precision-recall curve, every point used."""
    hits = [hit for board, rows in zip(boards, found) for hit in matches(board, rows, kind)]
    total = sum((board.defects[:, 4] == kind).sum() for board in boards)
    right = np.array([right for _, right in sorted(hits, key=lambda hit: -hit[0])], dtype=float).cumsum()
    recall = np.concatenate(([0], right / total))
    precision = right / np.arange(1, len(right) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float((np.diff(recall) * envelope).sum())


def matches(board: Board, rows: np.ndarray, kind: int) -> list[tuple[float, bool]]:
    """For each box of a class, best first: its confidence, and whether it is the first on its nearest defect."""
    truth = board.defects[board.defects[:, 4] == kind]
    taken, results = set(), []
    for row in rows[rows[:, 5] == kind]:
        overlaps = ious(row, truth) if len(truth) else np.zeros(1)
        nearest = int(overlaps.argmax())
        right = bool(overlaps[nearest] >= 0.5 and nearest not in taken)
        taken.update({nearest} if right else set())
        results.append((float(row[4]), right))
    return results


if __name__ == "__main__":
    main()
