"""A drawn plate with its defects, from a seed: what the samples show, and all that the segmenters are trained on."""

from dataclasses import dataclass

import cv2
import numpy as np

from plate_defects import DRAWERS
from plate_drawing import draw_plate, photograph

CLASSES = ("scratch", "dent", "stain")
SIZES = ((640, 480), (640, 480), (800, 600), (512, 384))
LEAST_AREA = 120  # px at a longer side of 640; less than this on the plate is no defect
TRIES = 20
SHARED = 0.35  # how much of a defect may lie on others


@dataclass
class Plate:
    """RGB of 8 bits, and each defect's class and mask. A mask is whole, also where another defect lies on it."""

    pixels: np.ndarray
    kinds: list[int]
    masks: list[np.ndarray]

    def regions(self) -> np.ndarray:
        """The class of each pixel: 0 for none, else 1 and its index in CLASSES; the last drawn lies on top."""
        classes = np.zeros(self.pixels.shape[:2], np.uint8)
        for kind, mask in zip(self.kinds, self.masks):
            classes[mask] = kind + 1
        return classes


def plate_of(seed: int, size: tuple[int, int] | None = None, defects: int | None = None) -> Plate:
    """Always the same plate for a seed; its size (width, height) and number of defects are drawn unless given."""
    random = np.random.default_rng(seed)
    width, height = size or SIZES[random.integers(len(SIZES))]
    unit = max(width, height) / 640
    pixels, plate = draw_plate(width, height, random)
    count = random.integers(0, 9) if defects is None else defects
    kinds, masks = [], []
    for name in sorted(random.choice(CLASSES, count), key=list(DRAWERS).index):
        mask = place(pixels, plate, masks, DRAWERS[name], unit, random)
        if mask is not None:
            kinds.append(CLASSES.index(name))
            masks.append(mask)
    return Plate(photograph(pixels, unit, random), kinds, masks)


def place(pixels, plate, masks: list, draw, unit: float, random: np.random.Generator) -> np.ndarray | None:
    """Draws one defect where it fits; its mask, or none if no place was found."""
    taken = np.any(masks, 0) if masks else np.zeros_like(plate)
    for _ in range(TRIES):
        middle = random.uniform(0.04, 0.96, 2) * pixels.shape[1::-1]
        trial = pixels.copy()
        mask = draw(trial, middle, unit, random) & plate
        area = np.count_nonzero(mask)
        if area >= LEAST_AREA * unit**2 and np.count_nonzero(mask & taken) <= SHARED * area:
            touched = mask_and_rim(mask, unit)
            pixels[touched] = trial[touched]
            return mask
    return None


def mask_and_rim(mask: np.ndarray, unit: float) -> np.ndarray:
    """A little more than the mask: what a defect changes around it, and never the table far from it."""
    side = 2 * round(6 * unit) + 1
    return cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8)) > 0


def box_of(mask: np.ndarray) -> tuple[int, int, int, int]:
    """x1, y1, x2, y2 of what the mask holds, the far sides outside of it."""
    x, y, width, height = cv2.boundingRect(mask.astype(np.uint8))
    return x, y, x + width, y + height
