"""Draws the pictures of the sample projects, each from its own seed, with the truth beside them. See README.md."""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

from sheets import Sheet, draw_sheet


BARE_BOARDS = [
    Sheet("board-01.png", 101),
    Sheet("board-02.jpg", 102),
    Sheet("board-03.png", 103),
    Sheet("board-04.jpg", 104, defects=8),
    Sheet("board-05.png", 105, defects=4),
    Sheet("board-06.png", 106, defects=0),
    Sheet("board-07.png", 107, width=640, height=480, zoom=2),
    Sheet("board-08.jpg", 108, width=640, height=480, zoom=1.25),
]
BOARD_CHECK = [Sheet(f"good-{n}.png", 200 + n, defects=0) for n in range(1, 5)]
BOARD_CHECK += [Sheet(f"defective-{n}.png", 210 + n, defects=n) for n in range(1, 5)]
BENCH = Sheet("bench-1920x1080.jpg", 300, width=640, height=360, zoom=3)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=Path, required=True, help="the folder with the sample projects")
    samples = parser.parse_args().samples
    write_sheets(samples / "bare-boards" / "pictures", BARE_BOARDS)
    write_sheets(samples / "board-check" / "pictures", BOARD_CHECK)
    write_picture(samples / "bare-boards" / BENCH.name, photographed(draw_sheet(BENCH)[0]), quality=86)


def write_sheets(folder: Path, sheets: list[Sheet]):
    """The pictures, and truth.json: for each its size, whether it is good, and its defects in px."""
    folder.mkdir(parents=True, exist_ok=True)
    truth = {}
    for sheet in sheets:
        pixels, defects = draw_sheet(sheet)
        write_picture(folder / sheet.name, pixels)
        height, width = pixels.shape
        truth[sheet.name] = {"width": width, "height": height, "class": "defective" if defects else "good", "defects": defects}
    (folder / "truth.json").write_text(json.dumps(truth, indent=2) + "\n")


def photographed(pixels: np.ndarray) -> np.ndarray:
    """In colour, with less contrast and some grain: as heavy for a decoder as a camera's picture."""
    grain = np.random.default_rng(BENCH.seed).normal(0, 2, pixels.shape)
    grey = (20 + pixels * (215 / 255) + grain).clip(0, 255).astype(np.uint8)
    return cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)


def write_picture(path: Path, pixels: np.ndarray, quality: int = 60):
    """JPEG at the given quality, PNG with one bit a pixel."""
    settings = [cv2.IMWRITE_JPEG_QUALITY, quality] if path.suffix == ".jpg" else [cv2.IMWRITE_PNG_BILEVEL, 1]
    partial = path.with_stem(f".{path.stem}")
    cv2.imwrite(str(partial), pixels, settings)
    partial.replace(path)


if __name__ == "__main__":
    main()
