"""Overlap and suppression of boxes, with NumPy alone."""

import numpy as np


def suppress(found: np.ndarray, overlap: float) -> np.ndarray:
    """Greedy non-maximum suppression, each class by itself."""
    kept = []
    while len(found):
        best, rest = found[0], found[1:]
        kept.append(best)
        found = rest[(rest[:, 5] != best[5]) | (ious(best, rest) <= overlap)]
    return np.array(kept).reshape(-1, found.shape[1])


def ious(box: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    sides = np.minimum(box[2:4], boxes[:, 2:4]) - np.maximum(box[:2], boxes[:, :2])
    shared = sides.clip(0).prod(1)
    union = (box[2:4] - box[:2]).prod() + (boxes[:, 2:4] - boxes[:, :2]).prod(1) - shared
    return shared / np.maximum(union, 1e-9)
