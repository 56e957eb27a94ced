"""What pycocotools makes of masks, for test/unit/engine/rle.test.ts.

    .venv-parity/bin/pip install -r test/parity/requirements.txt
    .venv-parity/bin/python test/parity/rle.py

Each mask is given as rectangles [x, y, width, height] that flip the pixels that they cover. Writes ../fixtures/parity/rle.json.
"""

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from pycocotools import mask as coco

FILE = Path(__file__).resolve().parent.parent / "fixtures" / "parity" / "rle.json"


def main():
    random = np.random.default_rng(5)
    masks = [((1, 1), []), ((1, 1), [[0, 0, 1, 1]]), ((4, 3), [[0, 0, 3, 4]]), ((5, 7), [[6, 0, 1, 5]]), ((5, 7), [[6, 4, 1, 1]])]
    masks += [((1080, 1920), [[300, 200, 900, 500], [500, 300, 200, 100]])]
    masks += [((3000, 4000), [[0, 0, 4000, 3000], [3999, 2999, 1, 1]]), ((600, 400), [[x, 0, 1, 600] for x in range(0, 400, 7)])]
    for count in (1, 2, 5, 20, 60, 120):
        height, width = (int(side) for side in random.integers(4, 40, 2))
        masks.append(((height, width), [rectangle(random, width, height) for _ in range(count)]))
    encoded = [written(size, rectangles) for size, rectangles in masks]
    made = {"command": "python test/parity/rle.py", "pycocotools": version("pycocotools"), "numpy": np.__version__}
    lines = ",\n".join(f"    {json.dumps(one)}" for one in encoded)
    FILE.write_text(f'{{\n  "made": {json.dumps(made)},\n  "masks": [\n{lines}\n  ]\n}}\n')


def rectangle(random, width, height):
    x, y = int(random.integers(0, width)), int(random.integers(0, height))
    return [x, y, int(random.integers(1, width - x + 1)), int(random.integers(1, height - y + 1))]


def written(size, rectangles):
    pixels = np.zeros(size, np.uint8)
    for x, y, width, height in rectangles:
        pixels[y : y + height, x : x + width] ^= 1
    rle = coco.encode(np.asfortranarray(pixels))
    return {"size": rle["size"], "rectangles": rectangles, "area": int(coco.area(rle)), "counts": rle["counts"].decode()}


if __name__ == "__main__":
    main()
