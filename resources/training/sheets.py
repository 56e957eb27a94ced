"""A drawn picture with its defects, from a seed: what the samples show, and a few of what the models are trained on."""

from dataclasses import dataclass

import cv2
import numpy as np

from board_defects import add_defects
from board_drawing import draw_board
from dataset import CLASSES, Board, no_defects


@dataclass
class Sheet:
    """One picture: drawn `width` x `height`, enlarged `zoom` times, with so many defects."""

    name: str
    seed: int
    width: int = 640
    height: int = 640
    zoom: float = 1
    defects: int = 6


def draw_sheet(sheet: Sheet) -> tuple[np.ndarray, list[dict]]:
    """Grey pixels, and `{class, box}` of each defect in px of the picture."""
    random = np.random.default_rng(sheet.seed)
    copper = draw_board(sheet.width, sheet.height, random)
    first = random.integers(len(CLASSES))
    kinds = [CLASSES[(first + index) % len(CLASSES)] for index in range(sheet.defects)]
    copper, defects = add_defects(copper, kinds, [], random)
    return scan(copper, sheet.zoom), [enlarged(defect, sheet.zoom) for defect in defects]


def scan(copper: np.ndarray, zoom: float) -> np.ndarray:
    """Black copper on white, as the camera's threshold leaves it."""
    soft = cv2.GaussianBlur(copper.astype(np.float32), (0, 0), 0.7)
    if zoom != 1:
        soft = cv2.resize(soft, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC)
    return np.where(soft > 0.5, 0, 255).astype(np.uint8)


def enlarged(defect: dict, zoom: float) -> dict:
    return {"class": defect["class"], "box": {side: round(value * zoom) for side, value in defect["box"].items()}}


def drawn_boards(count: int, first_seed: int, defects: int = 6) -> list[Board]:
    """Drawings to train on beside the real pictures; their seeds must not be those of the samples."""
    return [drawn_board(Sheet(f"drawn-{seed}", seed, defects=defects)) for seed in range(first_seed, first_seed + count)]


def drawn_board(sheet: Sheet) -> Board:
    pixels, defects = draw_sheet(sheet)
    return Board(sheet.name, pixels, rows_of(defects))


def rows_of(defects: list[dict]) -> np.ndarray:
    """From `{class, box}` to rows of x1, y1, x2, y2, class."""
    rows = [no_defects()]
    for defect in defects:
        x, y, width, height = (defect["box"][side] for side in ("x", "y", "width", "height"))
        rows.append(np.float32([[x, y, x + width, y + height, CLASSES.index(defect["class"])]]))
    return np.concatenate(rows)
