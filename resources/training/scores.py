"""Average precision from what was found and what is there."""

import numpy as np


def matches(confidences: np.ndarray, overlaps: np.ndarray) -> list[tuple[float, bool]]:
    """For each thing found, best first: its confidence, and whether it is the first on its nearest defect.

    `overlaps`: the IoU of each with each defect of its class, [found, defects].
    """
    taken, results = set(), []
    for confidence, row in zip(confidences, overlaps):
        nearest = int(row.argmax()) if len(row) else -1
        right = nearest >= 0 and bool(row[nearest] >= 0.5) and nearest not in taken
        taken.update({nearest} if right else set())
        results.append((float(confidence), right))
    return results


def average_precision(hits: list[tuple[float, bool]], total: int) -> float:
    """The area under the precision-recall curve, every point used."""
    right = np.array([right for _, right in sorted(hits, key=lambda hit: -hit[0])], dtype=float).cumsum()
    recall = np.concatenate(([0], right / total))
    precision = right / np.arange(1, len(right) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float((np.diff(recall) * envelope).sum())
