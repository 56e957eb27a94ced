"""Reads DeepPCB's folders (images/, labels/, clean/) and splits them without sharing what must not be shared."""

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

CLASSES = ("open", "short", "mousebite", "spur", "copper", "pin-hole")
STATES = ("good", "defective")


@dataclass
class Board:
    """One picture: its grey pixels, and its defects as rows of x1, y1, x2, y2, class (from 0).

    `decoys` are boxes of the same form that only look like defects: places to train on more often.
    """

    name: str
    pixels: np.ndarray
    defects: np.ndarray
    decoys: np.ndarray = field(default_factory=lambda: no_defects())

    @property
    def group(self) -> str:
        """Pictures of the same board design share the first five digits of their names."""
        return self.name[:5]


def read_boards(data: Path, folder: str = "images") -> list[Board]:
    """All pictures of a folder in the order of their names; those of `clean` have no defects."""
    boards = []
    for path in sorted((data / folder).glob("*.jpg")):
        pixels = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        label = data / "labels" / f"{path.stem}.txt"
        defects = read_defects(label) if folder == "images" else no_defects()
        boards.append(Board(path.stem, pixels, defects))
    return boards


def read_defects(label: Path) -> np.ndarray:
    """`x1 y1 x2 y2 type` a line, blanks or commas between, types from 1."""
    rows = [line.replace(",", " ").split() for line in label.read_text().splitlines() if line.strip()]
    defects = np.array(rows, dtype=np.float32).reshape(-1, 5)
    defects[:, 4] -= 1
    return defects


def no_defects() -> np.ndarray:
    return np.zeros((0, 5), dtype=np.float32)


def split_names(names: list[str], held_out: str) -> tuple[set[str], set[str]]:
    """Names to train on and to measure on.

    `held_out` is a number (that many drawn at random, always the same ones), a list of
    groups such as `13000,77000`, or `0`, which holds nothing out.
    """
    if "," in held_out or len(held_out) == 5:
        groups = held_out.split(",")
        measured = {name for name in names if name[:5] in groups}
    else:
        order = np.random.default_rng(1).permutation(sorted(names))
        measured = set(order[: int(held_out)].tolist())
    return set(names) - measured, measured
