"""Training crops: cut around defects, scaled, turned, and at times inside out."""

import cv2
import numpy as np

from board_defects import add_defects
from dataset import CLASSES, Board
from sheets import rows_of

# With copper and bare board exchanged, an open becomes a short, a mousebite a spur, a pin-hole copper.
INSIDE_OUT = np.array([1, 0, 3, 2, 5, 4], dtype=np.float32)
PAD = 114  # what letterboxing puts around a picture
TRIES = 300
DRAWN_SHARES = (0.3, 0.3, 0.1, 0.1, 0.1, 0.1)  # more of those that real pictures teach least well


class CropSampler:
    """Draws random crops of `size` px from boards; four fifths of them show a defect where the board has one."""

    def __init__(self, boards: list[Board], size: int, seed: int, drawn: float = 0.5, least_visible: float = 0.45):
        """`drawn`: the share of crops that get further defects, drawn by us. Boxes that show less than `least_visible` of themselves are dropped."""
        self.boards = boards
        self.drawn = drawn
        self.least_visible = least_visible
        self.size = size
        self.random = np.random.default_rng(seed)

    def batch(self, count: int) -> tuple[np.ndarray, list[np.ndarray]]:
        """Pictures [count, 1, size, size] of 0 to 1 and the defects of each."""
        crops = [self.crop() for _ in range(count)]
        pixels = np.stack([pixels for pixels, _ in crops])[:, None].astype(np.float32) / 255
        return self.relight(pixels), [defects for _, defects in crops]

    def crop(self) -> tuple[np.ndarray, np.ndarray]:
        board = self.boards[self.random.integers(len(self.boards))]
        pixels, defects = self.cut(board)
        if self.random.random() < self.drawn:
            pixels, defects = self.spoil(pixels, defects)
        pixels, defects = self.turn(pixels, defects)
        if self.random.random() < 0.25:
            pixels, defects = inside_out(pixels, defects)
        return np.ascontiguousarray(pixels), defects

    def cut(self, board: Board) -> tuple[np.ndarray, np.ndarray]:
        """A square of the board, brought to size."""
        scale = self.random.uniform(0.8, 1.25)
        left, top = self.corner(board, self.size / scale)
        matrix = np.array([[scale, 0, -left * scale], [0, scale, -top * scale]], dtype=np.float32)
        pixels = cv2.warpAffine(board.pixels, matrix, (self.size, self.size), flags=cv2.INTER_LINEAR, borderValue=PAD)
        defects = board.defects.copy()
        defects[:, :4] = (defects[:, :4] - [left, top, left, top]) * scale
        return pixels, visible(defects, self.size, self.least_visible)

    def corner(self, board: Board, side: float) -> np.ndarray:
        """The top left corner of a square of `side`, around a defect or decoy or anywhere, seldom beyond the board's border."""
        room = np.array(board.pixels.shape[::-1]) - side
        beyond = 0.2 * side if self.random.random() < 0.08 else 0
        targets = np.concatenate((board.defects, board.decoys))
        if len(targets) == 0 or self.random.random() < 0.2:
            return self.random.uniform(-beyond, room + beyond)
        x1, y1, x2, y2, _ = targets[self.random.integers(len(targets))]
        middle = np.array([(x1 + x2) / 2, (y1 + y2) / 2])
        return np.clip(middle - side * self.random.uniform(0.1, 0.9, 2), -beyond, room + beyond)

    def spoil(self, pixels: np.ndarray, defects: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Draws one or two more defects, clear of those that are there."""
        copper = pixels < 100
        taken = [{"x": x1, "y": y1, "width": x2 - x1, "height": y2 - y1} for x1, y1, x2, y2, _ in defects]
        kinds = self.random.choice(CLASSES, self.random.integers(1, 3), p=DRAWN_SHARES)
        spoilt, placed = add_defects(copper, list(kinds), taken, self.random, TRIES)
        drawn = np.where(spoilt, 0, 255).astype(np.uint8)
        return np.where(spoilt != copper, drawn, pixels), np.concatenate((defects, rows_of(placed)))

    def turn(self, pixels: np.ndarray, defects: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """One of the eight ways to lay a square."""
        flip_x, flip_y, transpose = self.random.random(3) < 0.5
        x1, y1, x2, y2, kind = defects.T
        if flip_x:
            pixels, x1, x2 = pixels[:, ::-1], self.size - x2, self.size - x1
        if flip_y:
            pixels, y1, y2 = pixels[::-1], self.size - y2, self.size - y1
        if transpose:
            pixels, x1, y1, x2, y2 = pixels.T, y1, x1, y2, x2
        return pixels, np.stack((x1, y1, x2, y2, kind), 1)

    def relight(self, pixels: np.ndarray) -> np.ndarray:
        """A little less contrast, a little noise: a picture need not be pure black and white."""
        count = len(pixels)
        dark = self.random.uniform(0, 0.12, (count, 1, 1, 1))
        light = self.random.uniform(0.88, 1, (count, 1, 1, 1))
        noise = self.random.normal(0, 0.02, pixels.shape)
        return np.clip(dark + pixels * (light - dark) + noise, 0, 1).astype(np.float32)


def visible(defects: np.ndarray, size: int, least: float) -> np.ndarray:
    """Clips boxes to the crop and drops those of which less than `least` is left."""
    clipped = defects.copy()
    clipped[:, :4] = clipped[:, :4].clip(0, size)
    return clipped[area(clipped) >= least * area(defects)]


def area(boxes: np.ndarray) -> np.ndarray:
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


def inside_out(pixels: np.ndarray, defects: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    defects = defects.copy()
    defects[:, 4] = INSIDE_OUT[defects[:, 4].astype(int)]
    return 255 - pixels, defects
