"""Says how the shipped models do on the shipped pictures: what was found, missed and imagined at a confidence."""

import argparse
import json
from pathlib import Path

import numpy as np

from boxes import ious
from dataset import CLASSES, STATES
from reference import Model, read_picture


def main():
    options = arguments()
    boards, check = options.samples / "bare-boards", options.samples / "board-check"
    show_detector(Model(boards / "bare-boards.onnx"), boards / "pictures", options.confidence)
    if (check / "board-check.onnx").exists():
        show_classifier(Model(check / "board-check.onnx"), check / "pictures")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=Path, required=True)
    parser.add_argument("--confidence", type=float, default=0.5)
    return parser.parse_args()


def show_detector(model: Model, folder: Path, confidence: float):
    for name, truth in json.loads((folder / "truth.json").read_text()).items():
        found = model.detect(read_picture(folder / name), confidence)
        hits = [hit(found, defect) for defect in truth["defects"]]
        missed = [defect["class"] for defect, right in zip(truth["defects"], hits) if not right]
        print(f"{name}: {sum(hits)} of {len(hits)} found, {len(found) - sum(hits)} others, missed {missed}")


def hit(found: np.ndarray, defect: dict) -> bool:
    box = defect["box"]
    corners = np.array([box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]])
    same = found[found[:, 5] == CLASSES.index(defect["class"])]
    return len(same) > 0 and bool(ious(corners, same).max() >= 0.5)


def show_classifier(model: Model, folder: Path):
    for name, truth in json.loads((folder / "truth.json").read_text()).items():
        probabilities = model.classify(read_picture(folder / name))
        answer = STATES[int(probabilities.argmax())]
        print(f"{name}: {answer} {probabilities.max():.2f}{'' if answer == truth['class'] else '  WRONG'}")


if __name__ == "__main__":
    main()
