"""Computes two sets of class thresholds for the classifier's ONNX file on its hold-out. See README.md.

The hold-out is that of `evaluate_classifier.py`: good boards, defective ones, and good boards with one defect each.
What is written is what Lineside keeps as optimizations: for each class its threshold and the evidence for it.
"""

import argparse
import json
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import cv2

from dataset import STATES, Board
from evaluate_classifier import held_out, single_defects
from reference import Model

AIMS = [{"kind": "f1"}, {"kind": "precision", "atLeast": 0.95}]  # the last one is the most recent
THRESHOLDS = [step / 100 for step in range(100)]  # as fine as the window shows them


def main():
    options = arguments()
    good, defective = held_out(options.data, "clean", options.hold_out), held_out(options.data, "images", options.hold_out)
    twins = {board.name: board for board in defective}
    single = [board for one in good if one.name in twins for board in single_defects(one, twins[one.name])]
    answers = read_answers(Model(options.onnx), [(good, 0), (defective, 1), (single, 1)])
    basis = {
        "source": f"Held-out DeepPCB boards: {len(good)} good, {len(defective)} defective, {len(single)} good ones with one defect each",
        "samples": len(answers),
    }
    made = [optimization(options.onnx.name, aim, basis, answers) for aim in AIMS]
    options.out.write_text(json.dumps(made, indent=2) + "\n")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--onnx", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the file to write, optimizations.json")
    parser.add_argument("--hold-out", default="100", help="as in the training that gave the file")
    return parser.parse_args()


@dataclass
class Answer:
    """The first class of a picture, how sure the model is of it, and what the picture shows."""

    state: int
    confidence: float
    truth: int


def read_answers(model: Model, sets: list[tuple[list[Board], int]]) -> list[Answer]:
    answers = []
    for boards, truth in sets:
        for board in boards:
            probabilities = model.classify(cv2.cvtColor(board.pixels, cv2.COLOR_GRAY2RGB))
            answers.append(Answer(int(probabilities.argmax()), float(probabilities.max()), truth))
    return answers


def optimization(file: str, aim: dict, basis: dict, answers: list[Answer]) -> dict:
    at = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    classes = [best([evidence(answers, state, one) for one in THRESHOLDS], aim) for state in range(len(STATES))]
    return {"model": file, "at": at, "aim": aim, "basis": basis, "classes": classes}


def evidence(answers: list[Answer], state: int, threshold: float) -> dict:
    given = [answer for answer in answers if answer.state == state]
    believed = [answer for answer in given if answer.confidence >= threshold]
    right = sum(answer.truth == state for answer in believed)
    samples = sum(answer.truth == state for answer in answers)
    precision = right / len(believed) if believed else None
    recall = right / samples if samples else None
    f1 = 2 * right / (len(believed) + samples) if believed or samples else None
    return {
        "class": STATES[state],
        "threshold": threshold,
        "precision": rounded(precision),
        "recall": rounded(recall),
        "f1": rounded(f1),
        "samples": samples,
        "believed": len(believed),
        "right": right,
        "unknown": len(given) - len(believed),
    }


def best(found: list[dict], aim: dict) -> dict:
    """Of several that are as good the lowest threshold, at which the fewest answers are unknown."""
    if aim["kind"] == "f1":
        return max(found, key=lambda one: one["f1"] or 0)
    reaching = [one for one in found if (one["precision"] or 0) >= aim["atLeast"]]
    return reaching[0] if reaching else max(found, key=lambda one: one["precision"] or 0)


def rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


if __name__ == "__main__":
    main()
