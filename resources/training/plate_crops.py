"""Training crops of drawn plates: scaled, turned, lit otherwise."""

import cv2
import numpy as np

from plates import Plate, box_of, plate_of
from reference import PAD


class PlateSampler:
    """Draws random crops of `size` px from plates whose longer side has been brought to `side` px.

    The plates have more defects than those that are measured on: each crop teaches more.
    """

    def __init__(self, seeds: range, side: int, size: int, seed: int, least_visible: float = 0.35):
        """Defects that show less than `least_visible` of themselves are dropped."""
        self.plates = [scaled(plate_of(each, defects=4 + each % 8), side) for each in seeds]
        self.size = size
        self.least_visible = least_visible
        self.random = np.random.default_rng(seed)

    def batch(self, count: int) -> tuple[np.ndarray, list[Plate]]:
        """Pictures [count, 3, size, size] of 0 to 1, and the plates that they show."""
        plates = [self.crop() for _ in range(count)]
        pixels = np.stack([plate.pixels for plate in plates]).transpose(0, 3, 1, 2).astype(np.float32) / 255
        return self.relight(pixels), plates

    def crop(self) -> Plate:
        plate = self.plates[self.random.integers(len(self.plates))]
        matrix = self.matrix(plate)
        pixels = self.warped(plate.pixels, matrix, (PAD, PAD, PAD))
        masks = [self.warped(np.uint8(mask), matrix, 0) > 0 for mask in plate.masks]
        scale2 = abs(np.linalg.det(matrix[:, :2]))
        seen = [m.sum() >= self.least_visible * scale2 * whole.sum() for m, whole in zip(masks, plate.masks)]
        kinds = [kind for kind, kept in zip(plate.kinds, seen) if kept]
        return Plate(pixels, kinds, [mask for mask, kept in zip(masks, seen) if kept])

    def warped(self, pixels: np.ndarray, matrix: np.ndarray, border) -> np.ndarray:
        flags = cv2.INTER_NEAREST if pixels.ndim == 2 else cv2.INTER_LINEAR
        return cv2.warpAffine(pixels, matrix, (self.size, self.size), flags=flags, borderValue=border)

    def matrix(self, plate: Plate) -> np.ndarray:
        """From the plate to the crop: a place, a scale, one of the eight ways to lay a square."""
        scale = self.random.uniform(0.8, 1.25)
        flip = np.diag(scale * self.random.choice([-1, 1], 2))
        if self.random.random() < 0.5:
            flip = flip[::-1]
        return np.hstack((flip, (self.size / 2 - flip @ self.middle(plate, self.size / scale))[:, None]))

    def middle(self, plate: Plate, side: float) -> np.ndarray:
        """Of a square of `side`: near a defect as a rule, seldom far beyond the border."""
        extent = np.array(plate.pixels.shape[1::-1])
        if plate.masks and self.random.random() < 0.75:
            x1, y1, x2, y2 = box_of(plate.masks[self.random.integers(len(plate.masks))])
            wanted = np.array([x1 + x2, y1 + y2]) / 2 + side * self.random.uniform(-0.4, 0.4, 2)
        else:
            wanted = self.random.uniform(0, extent)
        room = np.minimum(side / 2 - 0.1 * side, extent / 2)
        return np.clip(wanted, room, extent - room)

    def relight(self, pixels: np.ndarray) -> np.ndarray:
        """Other exposures, other white balances."""
        count = len(pixels)
        gain = self.random.uniform(0.8, 1.2, (count, 1, 1, 1)) * self.random.uniform(0.95, 1.05, (count, 3, 1, 1))
        power = self.random.uniform(0.85, 1.18, (count, 1, 1, 1))
        return ((pixels**power) * gain).clip(0, 1).astype(np.float32)


def scaled(plate: Plate, side: int) -> Plate:
    height, width = plate.pixels.shape[:2]
    scale = side / max(width, height)
    if scale == 1:
        return plate
    size = round(width * scale), round(height * scale)
    masks = [cv2.resize(np.float32(mask), size, interpolation=cv2.INTER_LINEAR) > 0.5 for mask in plate.masks]
    return Plate(cv2.resize(plate.pixels, size, interpolation=cv2.INTER_LINEAR), plate.kinds, masks)
