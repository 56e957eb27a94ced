"""Draws bare boards in the look of a binarised line scan: bands of traces, pads and poured copper.

A drawing is a mask, True where there is copper. Everything comes from the random generator that is passed in.
"""

import cv2
import numpy as np

COPPER = 255


def draw_board(width: int, height: int, random: np.random.Generator) -> np.ndarray:
    """A board of bands, each of another kind, lying or standing."""
    standing = random.random() < 0.5
    across, along = (width, height) if standing else (height, width)
    canvas = np.zeros((across, along), np.uint8)
    top = 0
    while across - top > 60:
        depth = min(int(random.integers(130, 240)), across - top)
        kinds = BANDS if depth >= 130 else BANDS[:2]
        random.choice(kinds)(canvas[top + 5 : top + depth - 5], random)
        top += depth
    copper = canvas.T if standing else canvas
    return roughened(np.ascontiguousarray(copper), random)


def stroke(canvas: np.ndarray, points, thickness: int, value: int = COPPER):
    cv2.polylines(canvas, [np.int32(np.round(points))], False, value, thickness)


def draw_bus(band: np.ndarray, random: np.random.Generator):
    """Traces side by side that step aside together, at 45 degrees; some end in a via."""
    height, width = band.shape
    thickness = int(random.integers(9, 14))
    pitch = thickness + int(random.integers(15, 26))
    step = int(random.integers(-2, 3)) * pitch // 2
    bend = random.uniform(0.15, 0.5) * width
    for y in range(pitch // 2 + max(0, -step), height - pitch // 2 - max(0, step), pitch):
        aside = bend + np.sign(step) * -y
        x = np.array([-20, aside, aside + abs(step), width + 20])
        if random.random() < 0.3:
            x[3] = random.uniform(0.75, 0.95) * width
            draw_ring(band, (round(x[3]), y + step), thickness, thickness // 2 - 1)
            x[3] -= thickness - 2
        stroke(band, np.stack((x, [y, y, y + step, y + step]), 1), thickness)


def draw_ring(band: np.ndarray, middle: tuple[int, int], radius: int, hole: int):
    cv2.circle(band, middle, radius, COPPER, -1)
    cv2.circle(band, middle, hole, 0, -1)


def draw_pad_rows(band: np.ndarray, random: np.random.Generator):
    """Two rows of drilled pads; traces join some of them, straight or to the next."""
    height, width = band.shape
    radius = int(random.integers(16, 24))
    pitch = radius * 2 + int(random.integers(20, 36))
    thickness = int(random.integers(8, 13))
    top, bottom = radius + 6, height - radius - 6
    aside = int(random.choice([-1, 0, 1])) * pitch
    middle = (height - abs(aside)) // 2
    columns = range(int(random.integers(20, 60)), width, pitch)
    for x in columns:
        if random.random() < 0.6:
            stroke(band, [(x, top), (x, middle), (x + aside, middle + abs(aside)), (x + aside, bottom)], thickness)
    for x in range(columns[0] - pitch, width + pitch, pitch):
        for y in (top, bottom):
            draw_ring(band, (x, y), radius, radius // 3)


def draw_pour(band: np.ndarray, random: np.random.Generator):
    """Poured copper with cut corners, parted by gaps, drilled here and there."""
    height, width = band.shape
    left = int(random.integers(-60, 20))
    while left < width:
        right = left + int(random.integers(120, 300))
        cut = int(random.integers(14, 40))
        draw_octagon(band, left, 10, right, height - 10, cut)
        if random.random() < 0.7:
            middle = int(random.integers(left + 50, right - 50)), height // 2
            cv2.circle(band, middle, min(int(random.integers(12, 26)), height // 6), 0, -1)
        left = right + int(random.integers(14, 34))


def draw_octagon(band: np.ndarray, left: int, top: int, right: int, bottom: int, cut: int):
    corners = [(left + cut, top), (right - cut, top), (right, top + cut), (right, bottom - cut)]
    corners += [(right - cut, bottom), (left + cut, bottom), (left, bottom - cut), (left, top + cut)]
    cv2.fillPoly(band, [np.int32(corners)], COPPER)


def draw_lands(band: np.ndarray, random: np.random.Generator):
    """Two rows of rectangular lands for a chip; traces lead from some to vias between the rows."""
    height, width = band.shape
    across, down = int(random.integers(18, 28)), int(random.integers(34, 46))
    pitch = across + int(random.integers(18, 32))
    thickness = int(random.integers(8, 13))
    room = height - 2 * (down + 8)
    for x in range(int(random.integers(10, 40)), width - across, pitch):
        for edge, away in ((8, 1), (height - 8, -1)):
            far = edge + away * down
            cv2.rectangle(band, (x, edge), (x + across, far), COPPER, -1)
            if room > 90 and random.random() < 0.5:
                draw_lead(band, x + across // 2, far, far + away * round(room * random.uniform(0.2, 0.35)), thickness)


def draw_lead(band: np.ndarray, x: int, begin: int, end: int, thickness: int):
    stroke(band, [(x, begin), (x, end)], thickness)
    draw_ring(band, (x, end), thickness, thickness // 2 - 1)


BANDS = [draw_bus, draw_pour, draw_bus, draw_pad_rows, draw_lands]


def roughened(copper: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Edges as etching and scanning leave them."""
    noise = cv2.GaussianBlur(random.normal(0, 1, copper.shape).astype(np.float32), (0, 0), 1.5)
    noise = (0.6 * noise).clip(-0.35, 0.35)  # no specks on plain ground
    soft = cv2.GaussianBlur(copper.astype(np.float32) / COPPER, (0, 0), 1.2)
    return soft + noise > 0.5
