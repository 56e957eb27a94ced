"""Draws the pictures of the two sample projects on metal plates, with the truth beside them. See README.md."""

import argparse
import json
from pathlib import Path

import numpy as np

from generate_boards import write_picture
from plates import CLASSES, Plate, box_of, plate_of

QUALITY = 76
# Name, seed, size, defects. No seed is among those that are trained or measured on.
DEFECTS = [
    ("plate-01.jpg", 401, (640, 480), 4),
    ("plate-02.jpg", 402, (640, 480), 6),
    ("plate-03.jpg", 403, (640, 480), 3),
    ("plate-04.jpg", 404, (640, 480), 0),
    ("plate-05.jpg", 405, (512, 384), 5),
    ("plate-06.jpg", 406, (512, 384), 2),
    ("plate-07.jpg", 407, (800, 600), 7),
    ("plate-08.jpg", 408, (800, 600), 5),
]
SURFACE = [(f"surface-{name[6:]}", seed + 100, size, defects) for name, seed, size, defects in DEFECTS]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=Path, required=True, help="the folder with the sample projects")
    samples = parser.parse_args().samples
    write_plates(samples / "plate-defects" / "pictures", DEFECTS)
    write_plates(samples / "plate-surface" / "pictures", SURFACE)


def write_plates(folder: Path, sheets: list):
    folder.mkdir(parents=True, exist_ok=True)
    truth = {}
    for name, *drawn in sheets:
        plate = plate_of(*drawn)
        write_picture(folder / name, plate.pixels[..., ::-1], QUALITY)
        truth[name] = truth_of(plate)
    (folder / "truth.json").write_text(json.dumps(truth, indent=2) + "\n")


def truth_of(plate: Plate) -> dict:
    """The picture's size; each defect with the area of its whole mask; of each class the pixels that it has on top."""
    height, width = plate.pixels.shape[:2]
    defects = [defect(CLASSES[kind], mask) for kind, mask in zip(plate.kinds, plate.masks)]
    counts = np.bincount(plate.regions().ravel(), minlength=len(CLASSES) + 1)[1:]
    return {"width": width, "height": height, "defects": defects, "pixels": dict(zip(CLASSES, counts.tolist()))}


def defect(name: str, mask: np.ndarray) -> dict:
    x1, y1, x2, y2 = box_of(mask)
    box = {"x": x1, "y": y1, "width": x2 - x1, "height": y2 - y1}
    return {"class": name, "box": box, "areaPx": int(np.count_nonzero(mask))}


if __name__ == "__main__":
    main()
