"""Measures the classifier's ONNX file on boards that it was not trained on. See README.md.

Beside the good and the defective pictures, the hardest case is built from real pairs: a good board with exactly
one of its twin's defects.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from dataset import Board, no_defects, read_boards, split_names
from reference import Model


def main():
    options = arguments()
    good, defective = held_out(options.data, "clean", options.hold_out), held_out(options.data, "images", options.hold_out)
    names = {board.name for board in good}
    twins = [board for board in defective if board.name in names]
    single = [board for pair in zip(good, twins) for board in single_defects(*pair)]
    model = Model(options.onnx)
    share_good = show(model, "good", good, 0)
    share_twins = show(model, "their twins", twins, 1)
    show(model, "all defective", defective, 1)
    show(model, "one defect", single, 1)
    print(f"accuracy       {(share_good + share_twins) / 2:.4f}  (good boards and their defective twins)")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--onnx", type=Path, required=True)
    parser.add_argument("--hold-out", default="100", help="as in the training that gave the file")
    return parser.parse_args()


def held_out(data: Path, folder: str, hold_out: str) -> list[Board]:
    boards = read_boards(data, folder)
    _, names = split_names([path.stem for path in (data / "images").glob("*.jpg")], hold_out)
    return [board for board in boards if board.name in names]


def single_defects(good: Board, defective: Board) -> list[Board]:
    """The good board once for each defect of its twin, with only this one on it."""
    boards = []
    for x1, y1, x2, y2, _ in defective.defects.astype(int):
        pixels = good.pixels.copy()
        pixels[y1:y2, x1:x2] = defective.pixels[y1:y2, x1:x2]
        boards.append(Board(good.name, pixels, no_defects()))
    return boards


def show(model: Model, name: str, boards: list[Board], state: int) -> float:
    """Prints and gives the share of boards that get the answer `state`."""
    answers = [model.classify(cv2.cvtColor(board.pixels, cv2.COLOR_GRAY2RGB)).argmax() for board in boards]
    share = float(np.mean(np.array(answers) == state))
    print(f"{name:14s} {share:.4f}  ({len(boards)} pictures)")
    return share


if __name__ == "__main__":
    main()
