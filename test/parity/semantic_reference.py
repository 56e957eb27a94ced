"""Semantic segmentation as its references decode it, for test/unit/engine/semantic.test.ts.

    python test/parity/semantic_reference.py        with numpy and opencv-python-headless

Logits follow from a formula that the test has too. NumPy enlarges them whole, takes the best class and its softmax
probability, OpenCV labels the regions (8-connected). Writes ../fixtures/parity/semantic.json.
"""

import base64
import json
from pathlib import Path

import cv2
import numpy as np

TARGET = Path(__file__).resolve().parent.parent / "fixtures" / "parity" / "semantic.json"
# name, classes, grid (h, w), input (h, w), original (h, w), letterbox, align corners, smallest region
CASES = [
    ("same size, corners aligned", 5, (12, 16), (96, 128), (96, 128), False, True, 0),
    ("same size, edges aligned", 5, (12, 16), (96, 128), (96, 128), False, False, 0),
    ("stretched", 7, (16, 16), (128, 128), (90, 211), False, True, 20),
    ("letterboxed, edges aligned", 4, (16, 16), (128, 128), (75, 200), True, False, 0),
    ("as large as the input", 6, (40, 56), (40, 56), (120, 99), False, False, 0),
    ("a large picture", 19, (30, 40), (240, 320), (480, 640), False, True, 50),
]


def logits(classes, height, width):
    c, y, x = np.mgrid[0:classes, 0:height, 0:width].astype(np.float64)
    values = 4 * np.sin(x * 0.31 * (1 + c % 3) + c) * np.cos(y * 0.27 * (1 + c % 2) + 2 * c) + 0.05 * c
    return values.astype(np.float32).astype(np.float64)


def places(original, filled, offset, size, grid, aligned):
    at = np.arange(original, dtype=np.float64)
    if aligned:
        inside = offset + at * (filled - 1) / (original - 1)
        return np.clip(inside * (grid - 1) / (size - 1), 0, grid - 1)
    inside = offset + (at + 0.5) * filled / original
    return np.clip(inside * grid / size - 0.5, 0, grid - 1)


def enlarged(values, ys, xs):
    low, left = np.floor(ys).astype(int), np.floor(xs).astype(int)
    high, right = np.minimum(low + 1, values.shape[1] - 1), np.minimum(left + 1, values.shape[2] - 1)
    down, across = (ys - low)[None, :, None], (xs - left)[None, None, :]
    rows = values[:, low] * (1 - down) + values[:, high] * down
    return rows[:, :, left] * (1 - across) + rows[:, :, right] * across


def placed(size, original, letterboxed):
    if not letterboxed:
        return size[0], size[1], 0, 0
    gain = min(size[0] / original[0], size[1] / original[1])
    high, wide = round(original[0] * gain), round(original[1] * gain)
    return high, wide, round((size[0] - high) / 2 - 0.1), round((size[1] - wide) / 2 - 0.1)


def main():
    lines = []
    for name, classes, grid, size, original, letterboxed, aligned, smallest in CASES:
        high, wide, top, left = placed(size, original, letterboxed)
        full = enlarged(
            logits(classes, *grid),
            places(original[0], high, top, size[0], grid[0], aligned),
            places(original[1], wide, left, size[1], grid[1], aligned),
        )
        powers = np.exp(full - full.max(0))
        best, probability = full.argmax(0), 1 / powers.sum(0)
        regions = []
        for kind in range(classes):
            count, labels, stats, _ = cv2.connectedComponentsWithStats((best == kind).astype(np.uint8), connectivity=8)
            for label in range(1, count):
                x, y, w, h, area = (int(value) for value in stats[label])
                if area >= smallest:
                    mean = round(float(probability[labels == label].mean()), 6)
                    regions.append({"class": kind, "box": [x, y, w, h], "area": area, "confidence": mean})
        one = {
            "name": name, "classes": classes, "grid": grid, "input": size, "original": original,
            "letterbox": letterboxed, "alignCorners": aligned, "minAreaPx": smallest, "regions": regions,
            "map": base64.b64encode(cv2.imencode(".png", best.astype(np.uint8))[1].tobytes()).decode(),
        }  # fmt: skip
        lines.append(f"    {json.dumps(one)}")
        print(name, len(regions))
    made = {"cv2": cv2.__version__, "numpy": np.__version__}
    body = ",\n".join(lines)
    TARGET.write_text(f'{{\n  "made": {json.dumps(made)},\n  "cases": [\n{body}\n  ]\n}}\n')


if __name__ == "__main__":
    main()
