"""Rotated boxes as their reference keeps them, for test/unit/engine/rotated.test.ts.

    python test/parity/obb_reference.py        with numpy and opencv-python-headless

NumPy does the whole matrix of probIoU and the fast suppression of ultralytics/utils/nms.py, OpenCV gives the corners.
Writes ../fixtures/parity/obb.json.
"""

import json
from pathlib import Path

import cv2
import numpy as np

TARGET = Path(__file__).resolve().parent.parent / "fixtures" / "parity" / "obb.json"
EPS = 1e-7
ORIGINAL, SIDE = (400, 300), 320


def covariance(boxes):
    a, b, angle = boxes[:, 2] ** 2 / 12, boxes[:, 3] ** 2 / 12, boxes[:, 4]
    turn = np.stack([np.stack([np.cos(angle), -np.sin(angle)], -1), np.stack([np.sin(angle), np.cos(angle)], -1)], -2)
    spread = np.zeros((len(boxes), 2, 2))
    spread[:, 0, 0], spread[:, 1, 1] = a, b
    return turn @ spread @ turn.transpose(0, 2, 1)


def overlaps(boxes):
    spread = covariance(boxes)
    both = spread[:, None] + spread[None]
    apart = boxes[:, None, :2] - boxes[None, :, :2]
    determinant = np.linalg.det(both)
    distance = 0.25 * np.einsum("ijk,ijkl,ijl->ij", apart, np.linalg.inv(both), apart)
    own = np.clip(np.linalg.det(spread), 0, None)
    shape = 0.5 * np.log(determinant / (4 * np.sqrt(own[:, None] * own[None]) + EPS) + EPS)
    return 1 - np.sqrt(1 - np.exp(-np.clip(distance + shape, EPS, 100)) + EPS)


def kept(columns, floor, limit, agnostic):
    scores, kinds = columns[4:-1].max(0), columns[4:-1].argmax(0)
    order = [at for at in np.argsort(-scores, kind="stable") if scores[at] > floor]
    boxes = np.concatenate([columns[:4], columns[-1:]]).T[order].astype(np.float64)
    shared = overlaps(boxes)
    same = np.ones_like(shared, bool) if agnostic else kinds[order][:, None] == kinds[order][None]
    dropped = (np.triu(shared * same, 1) > limit).any(0)
    gain = min(SIDE / ORIGINAL[0], SIDE / ORIGINAL[1])
    left = round((SIDE - round(ORIGINAL[0] * gain)) / 2 - 0.1)
    top = round((SIDE - round(ORIGINAL[1] * gain)) / 2 - 0.1)
    answers = []
    for place, at in enumerate(order):
        if dropped[place]:
            continue
        x, y, w, h, angle = boxes[place]
        if angle % np.pi >= np.pi / 2:
            w, h = h, w
        angle %= np.pi / 2
        box = [(x - left) / gain, (y - top) / gain, w / gain, h / gain, angle]
        corners = cv2.boxPoints((tuple(box[:2]), tuple(box[2:4]), float(np.degrees(angle)))).clip(0, ORIGINAL)
        upright = [*corners.min(0).tolist(), *corners.max(0).tolist()]
        answers.append({"class": int(kinds[at]), "confidence": float(scores[at]), "rotated": box, "corners": upright})
    return answers


def main():
    rng = np.random.default_rng(5)
    centres = rng.uniform(30, 290, (12, 2))
    near = centres[rng.integers(0, 12, 80)] + rng.normal(0, 6, (80, 2))
    sides = rng.uniform(8, 90, (80, 2))
    scores = rng.uniform(0, 1, (80, 3)) ** 2
    angles = rng.uniform(-np.pi / 4, 3 * np.pi / 4, (80, 1))
    columns = np.concatenate([near, sides, scores, angles], 1).T.astype(np.float32)
    runs = [(0.25, 0.7, False), (0.05, 0.3, False), (0.25, 0.5, True)]
    runs = [
        {"parameters": {"confidence": c, "iou": i, "classAgnostic": a}, "detections": kept(columns, c, i, a)}
        for c, i, a in runs
    ]
    print([len(run["detections"]) for run in runs])
    made = {"cv2": cv2.__version__, "numpy": np.__version__}
    data = {"made": made, "original": ORIGINAL, "side": SIDE, "dims": [1, *columns.shape], "columns": columns.ravel().tolist(), "runs": runs}  # fmt: skip
    TARGET.write_text(json.dumps(data) + "\n")


if __name__ == "__main__":
    main()
