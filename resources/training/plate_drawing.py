"""Draws metal plates without defects as a camera sees them: texture, light, holes, ribs, stamps, shadows.

A picture is RGB of 0 to 1, float32. Lengths are those of a picture whose longer side has 640 px; `unit` brings them to
the picture's own size. Everything comes from the random generator that is passed in.
"""

import cv2
import numpy as np


def draw_plate(width: int, height: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The picture, and a mask of where the plate lies: at times a table shows beside it."""
    unit = max(width, height) / 640
    pixels = random.uniform(0.3, 0.72) * tint(random) * np.ones((height, width, 3), np.float32)
    pixels *= 1 + (grain(width, height, unit, random) + blotches(width, height, unit, random))[..., None]
    for draw, most in ((draw_rib, 2), (draw_hole, 3), (draw_stamp, 1), (draw_shadow, 3)):
        for _ in range(random.integers(most + 1)):
            draw(pixels, unit, random)
    return lay_on_table(pixels, unit, random)


def tint(random: np.random.Generator) -> np.ndarray:
    """Steel, aluminium or brass, more or less."""
    return np.float32(random.choice([[1, 1, 1], [0.97, 1, 1.04], [1.06, 1, 0.88], [1.02, 1, 0.96]])) * random.uniform(0.98, 1.02, 3)


def noise(width: int, height: int, sigma: float, random: np.random.Generator) -> np.ndarray:
    """Smooth noise of deviation 1; drawn small where it is coarse."""
    shrink = max(1, int(sigma / 2))
    small = random.standard_normal((height // shrink + 2, width // shrink + 2), dtype=np.float32)
    small = cv2.GaussianBlur(small, (0, 0), max(0.3, sigma / shrink))
    small /= small.std() + 1e-6
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR) if shrink > 1 else small[:height, :width]


def grain(width: int, height: int, unit: float, random: np.random.Generator) -> np.ndarray:
    """Brushed in some direction, or cast."""
    strength = random.uniform(0.015, 0.06)
    if random.random() < 0.4:
        return strength * noise(width, height, random.uniform(0.8, 2.5) * unit, random)
    side = 2 * int(random.uniform(8, 20) * unit) + 1
    kernel = np.zeros((side, side), np.float32)
    angle = random.choice([0, np.pi / 2, random.uniform(0, np.pi)])
    reach = side / 2 * np.array([np.cos(angle), np.sin(angle)])
    cv2.line(kernel, tuple(np.int32(side / 2 - reach)), tuple(np.int32(side / 2 + reach)), 1.0)
    brushed = cv2.filter2D(random.standard_normal((height, width), dtype=np.float32), -1, kernel)
    return strength * brushed / brushed.std()


def blotches(width: int, height: int, unit: float, random: np.random.Generator) -> np.ndarray:
    return random.uniform(0, 0.05) * noise(width, height, random.uniform(20, 70) * unit, random)


def somewhere(pixels: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """x and y of a place in the picture."""
    return random.uniform(0.03, 0.97, 2) * pixels.shape[1::-1]


def shade(pixels: np.ndarray, amount: np.ndarray, colour=(1, 1, 1)):
    """Brightens (or darkens) by `amount`, a share of what is there."""
    pixels *= np.maximum(0.03, 1 + amount[..., None] * np.float32(colour))


def stroke(pixels: np.ndarray, points: np.ndarray, thickness: float, softness: float = 0.7) -> np.ndarray:
    """A polyline's coverage, 0 to 1."""
    canvas = np.zeros(pixels.shape[:2], np.uint8)
    fixed = np.int32(np.round(points * 16))
    cv2.polylines(canvas, [fixed], False, 255, max(1, round(thickness)), cv2.LINE_AA, 4)
    return cv2.GaussianBlur(canvas.astype(np.float32) / 255, (0, 0), softness)


def draw_rib(pixels: np.ndarray, unit: float, random: np.random.Generator):
    """A pressed line from one border to the other: a bright side and a dark one. No scratch, though it may look like one."""
    angle, middle = random.uniform(0, np.pi), somewhere(pixels, random)
    along = np.array([np.cos(angle), np.sin(angle)])
    line = np.stack((middle - 1500 * unit * along, middle + 1500 * unit * along))
    across = np.array([-along[1], along[0]]) * unit * random.uniform(1.5, 5)
    strength, thickness = random.uniform(0.08, 0.35), random.uniform(1.5, 5) * unit
    shade(pixels, strength * (stroke(pixels, line + across, thickness, unit) - stroke(pixels, line - across, thickness, unit)))


def draw_hole(pixels: np.ndarray, unit: float, random: np.random.Generator):
    """Drilled, with a chamfer that takes the light. No dent."""
    radius, middle = random.uniform(8, 30) * unit, somewhere(pixels, random)
    hole, rim = (disc(pixels, middle, r) for r in (radius, radius * random.uniform(1.1, 1.4)))
    shade(pixels, random.uniform(-0.3, 0.35) * (rim - hole))
    shade(pixels, random.uniform(-0.9, -0.5) * hole)


def disc(pixels: np.ndarray, middle: np.ndarray, radius: float) -> np.ndarray:
    canvas = np.zeros(pixels.shape[:2], np.uint8)
    cv2.circle(canvas, tuple(int(v) for v in np.round(middle * 16)), int(radius * 16), 255, -1, cv2.LINE_AA, 4)
    return canvas.astype(np.float32) / 255


def draw_stamp(pixels: np.ndarray, unit: float, random: np.random.Generator):
    """A number."""
    canvas = np.zeros(pixels.shape[:2], np.uint8)
    place = tuple(int(v) for v in somewhere(pixels, random) * 0.8)
    text = str(random.integers(10, 99999))
    size, thickness = random.uniform(0.6, 1.6) * unit, max(1, round(random.uniform(1.5, 3.5) * unit))
    cv2.putText(canvas, text, place, cv2.FONT_HERSHEY_DUPLEX, size, 255, thickness, cv2.LINE_AA)
    shade(pixels, random.choice([-1, 1]) * random.uniform(0.15, 0.4) * canvas.astype(np.float32) / 255)


def draw_shadow(pixels: np.ndarray, unit: float, random: np.random.Generator):
    """A soft darker or brighter place, as uneven light and sheen make them. No stain: it has no edge."""
    height, width = pixels.shape[:2]
    middle, radius = somewhere(pixels, random), random.uniform(40, 160) * unit
    y, x = np.mgrid[:height, :width].astype(np.float32)
    squash = random.uniform(0.4, 1)
    distance = ((x - middle[0]) ** 2 + ((y - middle[1]) / squash) ** 2) / radius**2
    shade(pixels, random.uniform(-0.3, 0.35) * np.exp(-distance))


def lay_on_table(pixels: np.ndarray, unit: float, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    height, width = pixels.shape[:2]
    plate = np.full((height, width), 255, np.uint8)
    if random.random() < 0.5:
        margin = random.uniform(-0.12, 0.12, (4, 2)).clip(0)
        corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) + margin * [[1, 1], [-1, 1], [-1, -1], [1, -1]]
        plate[:] = 0
        cv2.fillConvexPoly(plate, np.int32(corners * [width, height]), 255, cv2.LINE_AA)
        cover = cv2.GaussianBlur(plate.astype(np.float32) / 255, (0, 0), 0.8 * unit)[..., None]
        table = random.uniform(0.05, 0.5) * tint(random) * (1 + 0.06 * noise(width, height, 1.5, random)[..., None])
        pixels = pixels * cover + (1 - cover) * table.astype(np.float32)
    return pixels.astype(np.float32), plate > 127


def photograph(pixels: np.ndarray, unit: float, random: np.random.Generator) -> np.ndarray:
    """Light from one side, exposure, a little blur, the sensor's noise. Out: RGB of 8 bits."""
    height, width = pixels.shape[:2]
    slope = random.uniform(-0.3, 0.3, 2)
    light = 1 + slope[0] * np.linspace(-1, 1, width)[None] + slope[1] * np.linspace(-1, 1, height)[:, None]
    pixels = pixels * (random.uniform(0.7, 1.25) * light[..., None]).astype(np.float32)
    pixels = cv2.GaussianBlur(pixels, (0, 0), random.uniform(0.3, 1.1) * unit)
    pixels += random.uniform(0.004, 0.025) * random.standard_normal(pixels.shape, dtype=np.float32)
    return (pixels.clip(0, 1) * 255).round().astype(np.uint8)
