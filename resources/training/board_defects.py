"""Puts defects of the six kinds onto a drawn board and says where they are."""

import cv2
import numpy as np

from dataset import CLASSES

MARGIN = 9  # people draw a box somewhat wider than the defect
APART = 16  # px between the boxes of two defects
TRIES = 4000


def add_defects(copper: np.ndarray, kinds: list[str], taken: list[dict], random: np.random.Generator, tries: int = TRIES):
    """The board with one defect of each of `kinds`, clear of the boxes `taken`, and `{class, box}` of those that found a place."""
    placed = []
    for kind in kinds:
        for _ in range(tries):
            changed = DEFECTS[kind](copper, random)
            box = None if changed is None else box_around(changed != copper)
            if box is not None and fits(box, copper.shape, taken + [defect["box"] for defect in placed]):
                copper = changed
                placed.append({"class": kind, "box": box})
                break
    return copper, placed


def box_around(changed: np.ndarray) -> dict | None:
    rows, columns = np.flatnonzero(changed.any(1)), np.flatnonzero(changed.any(0))
    if len(rows) == 0:
        return None
    x, y = int(columns[0]) - MARGIN, int(rows[0]) - MARGIN
    return {"x": x, "y": y, "width": int(columns[-1]) + 1 + MARGIN - x, "height": int(rows[-1]) + 1 + MARGIN - y}


def fits(box: dict, shape: tuple[int, int], taken: list[dict]) -> bool:
    """Within the picture, of the usual size, and clear of the other defects."""
    height, width = shape
    within = box["x"] >= 2 and box["y"] >= 2 and box["x"] + box["width"] <= width - 2 and box["y"] + box["height"] <= height - 2
    usual = 24 <= box["width"] <= 90 and 24 <= box["height"] <= 90
    return within and usual and all(clear(box, other) for other in taken)


def clear(a: dict, b: dict) -> bool:
    beside = a["x"] + a["width"] + APART < b["x"] or b["x"] + b["width"] + APART < a["x"]
    return beside or a["y"] + a["height"] + APART < b["y"] or b["y"] + b["height"] + APART < a["y"]


def cut_through(copper, random):
    """open: a cut from one edge of the copper to another."""
    crossing = random_crossing(copper, random, on_copper=True)
    return None if crossing is None else scratch(copper, *crossing, random, False)


def bridged(copper, random):
    """short: copper from one edge across the bare board to another."""
    crossing = random_crossing(copper, random, on_copper=False)
    if crossing is None or in_hole(copper, *crossing):
        return None
    return scratch(copper, *crossing, random, True)


def random_crossing(copper, random, on_copper: bool):
    """The two ends of a straight way, rather square to the edge it begins at, from edge to edge; or None."""
    edge = random_edge(copper, random)
    if edge is None:
        return None
    point, outward = edge
    way = turned(-outward if on_copper else outward, random.normal(0, 0.35))
    length = reach(copper, point + 2 * way, way, on_copper) + 2
    longest = random.choice([22, 30, 55])
    return (point, point + length * way) if 9 <= length <= longest else None


def turned(direction, angle: float) -> np.ndarray:
    x, y = direction
    return np.array([x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)])


def scratch(copper, begin, end, random, value: bool) -> np.ndarray:
    """A line that may be thin, bent or double, a little longer than from `begin` to `end`."""
    way = (end - begin) / np.hypot(*(end - begin))
    aside = np.array([-way[1], way[0]])
    middle = (begin + end) / 2 + aside * random.normal(0, 0.1) * np.hypot(*(end - begin))
    points = np.stack((begin - 3 * way, begin, middle, end, end + 3 * way))
    drawn = copper.astype(np.uint8)
    lines = [np.int32(np.round(points + shift * aside)) for shift in random.uniform(-4, 4, random.integers(1, 3))]
    return cv2.polylines(drawn, lines, False, int(value), int(random.integers(3, 11))).astype(bool)


def in_hole(copper, begin, end) -> bool:
    """Whether copper closes the gap on a side: that is a drill hole or a corner, not two neighbours."""
    middle, along = (begin + end) / 2, turned((end - begin) / np.hypot(*(end - begin)), np.pi / 2)
    return min(reach(copper, middle, along, False), reach(copper, middle, -along, False)) < 20


def bitten(copper, random):
    """mousebite: copper missing at an edge, though not right across."""
    edge = random_edge(copper, random)
    if edge is None:
        return None
    point, outward = edge
    depth = random.uniform(6, 10)
    if reach(copper, point, -outward, True) < depth + 4:
        return None
    return blob(copper, point - outward * depth * 0.3, depth * 0.8, random, False)


def spurred(copper, random):
    """spur: copper too much at an edge, though not to the next."""
    edge = random_edge(copper, random)
    if edge is None:
        return None
    point, outward = edge
    depth = random.uniform(6, 10)
    if reach(copper, point + 2 * outward, outward, False) < depth + 6:
        return None
    return blob(copper, point + outward * depth * 0.35, depth * 0.8, random, True)


def splashed(copper, random):
    """copper: an island where the board should be bare."""
    return island(copper, random, radius=random.uniform(5, 9), room=6, value=True)


def pierced(copper, random):
    """pin-hole: a hole within copper."""
    return island(copper, random, radius=random.uniform(3.5, 6.5), room=4, value=False)


def island(copper, random, radius: float, room: float, value: bool):
    middle = random_point(copper, random)
    around = disc(copper.shape, middle, radius * 1.3 + room)
    if around is None or (copper[around] == value).any():
        return None
    return blob(copper, middle, radius, random, value)


DEFECTS = dict(zip(CLASSES, (cut_through, bridged, bitten, spurred, splashed, pierced)))


def random_point(copper, random) -> np.ndarray:
    height, width = copper.shape
    return np.array([random.uniform(12, width - 12), random.uniform(12, height - 12)])


def random_edge(copper, random):
    """A point of copper at an edge, and the direction that leads out of the copper; None where there was none."""
    x, y = random_point(copper, random).astype(int)
    patch = copper[y - 7 : y + 8, x - 7 : x + 8].astype(np.float32)
    outward = -np.array([(patch * np.arange(-7, 8)[None]).sum(), (patch * np.arange(-7, 8)[:, None]).sum()])
    length = np.hypot(*outward)
    if length < 120:
        return None
    outward /= length
    inside = reach(copper, np.array([x, y]) - 8 * outward, outward, True)
    return (np.array([x, y]) + (inside - 9) * outward, outward) if 0 < inside < 20 else None


def reach(copper, point, direction, value: bool, most: int = 60) -> int:
    """How far a ray from `point` stays on copper (or off it), in px."""
    steps = np.round(point + np.arange(most)[:, None] * direction).astype(int)
    height, width = copper.shape
    inside = (steps >= 0).all(1) & (steps[:, 0] < width) & (steps[:, 1] < height)
    x, y = steps.clip(0, [width - 1, height - 1]).T
    left = np.flatnonzero(~inside | (copper[y, x] != value))
    return int(left[0]) if len(left) else most


def disc(shape, middle, radius: float) -> tuple[slice, slice] | None:
    """The square around a disc as slices; None where it leaves the picture."""
    x, y = middle
    if min(x, y) < radius or x + radius >= shape[1] or y + radius >= shape[0]:
        return None
    return slice(int(y - radius), int(y + radius) + 1), slice(int(x - radius), int(x + radius) + 1)


def blob(copper, middle, radius: float, random, value: bool) -> np.ndarray:
    """An uneven patch."""
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    lengths = radius * random.uniform(0.75, 1.3, 12)
    corners = middle + np.stack((np.cos(angles), np.sin(angles)), 1) * lengths[:, None]
    return cv2.fillPoly(copper.astype(np.uint8), [np.int32(np.round(corners))], int(value)).astype(bool)
