"""Scratches, dents and stains on drawn plates. Each draws itself onto the picture and gives its mask."""

import cv2
import numpy as np

from plate_drawing import noise, shade, stroke


def draw_scratch(pixels: np.ndarray, middle: np.ndarray, unit: float, random: np.random.Generator) -> np.ndarray:
    """A curved line with a bright ground and darker sides, or the other way round; seldom of even strength."""
    thickness = random.uniform(7, 14) * unit
    points = wander(middle, random.uniform(50, 240) * unit, random)
    ground = stroke(pixels, points, thickness * 0.55, 0.8 * unit)
    whole = stroke(pixels, points, thickness, 0.6 * unit)
    strength = random.choice([-1, 1]) * random.uniform(0.22, 0.55)
    uneven = 1 + 0.35 * noise(*pixels.shape[1::-1], 14 * unit, random)
    shade(pixels, uneven.clip(0.35, 1.6) * strength * (ground - random.uniform(0.25, 0.6) * (whole - ground)))
    return whole > 0.5


def wander(middle: np.ndarray, length: float, random: np.random.Generator, parts: int = 14) -> np.ndarray:
    """Points along a line that bends a little as it goes, around `middle`."""
    bends = random.uniform(-0.05, 0.05) + random.normal(0, 0.05, parts)
    headings = random.uniform(0, 2 * np.pi) + bends.cumsum()
    steps = length / parts * np.stack((np.cos(headings), np.sin(headings)), 1)
    points = np.concatenate(([[0, 0]], steps.cumsum(0)))
    return points - points.mean(0) + middle


def draw_dent(pixels: np.ndarray, middle: np.ndarray, unit: float, random: np.random.Generator) -> np.ndarray:
    """A hollow: dark on the side of the light, bright on the other."""
    radius = random.uniform(13, 48) * unit
    distance = blob(pixels, middle, radius, random.uniform(0.6, 1), 0.08, random)
    depth = np.exp(-((distance.clip(0) / 0.75) ** random.uniform(2, 4)))
    slope_y, slope_x = np.gradient(cv2.GaussianBlur(depth, (0, 0), 1.2 * unit))
    angle = random.uniform(0, 2 * np.pi)
    lit = np.cos(angle) * slope_x + np.sin(angle) * slope_y
    shade(pixels, random.uniform(0.25, 0.6) * lit / np.abs(lit).max() - random.uniform(0, 0.1) * depth)
    return distance < 1


def draw_stain(pixels: np.ndarray, middle: np.ndarray, unit: float, random: np.random.Generator) -> np.ndarray:
    """Dried liquid or rust: coloured, ragged, often with a darker rim."""
    radius = random.uniform(14, 60) * unit
    distance = blob(pixels, middle, radius, random.uniform(0.5, 1), random.uniform(0.1, 0.3), random)
    softness = random.uniform(0.04, 0.16)
    cover = 1 / (1 + np.exp(((distance - 1) / softness).clip(-30, 30)))
    rim = np.exp(-(((distance - 0.9) / 0.12) ** 2)) * random.uniform(0, 0.5)
    colour = random.choice(STAINS) * random.uniform(0.85, 1.15, 3)
    cloudy = (1 + 0.25 * noise(*pixels.shape[1::-1], 6 * unit, random)).clip(0.4, 1.6)
    shade(pixels, random.uniform(0.2, 0.55) * cloudy * (cover + rim * cover), colour)
    return distance < 1


# What a stain takes from red, green and blue: rust, oil, coolant, chalk.
STAINS = np.float32([[-0.5, -1, -1.5], [-1, -1, -0.9], [-1.2, -0.9, -0.5], [0.7, 0.7, 0.65]])


def blob(pixels, middle, radius: float, squash: float, ragged: float, random: np.random.Generator) -> np.ndarray:
    """The distance from the middle of a turned ellipse, 1 on its uneven rim."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    angle = random.uniform(0, np.pi)
    along = np.cos(angle) * (x - middle[0]) + np.sin(angle) * (y - middle[1])
    across = (-np.sin(angle) * (x - middle[0]) + np.cos(angle) * (y - middle[1])) / squash
    return np.hypot(along, across) / radius + ragged * noise(width, height, radius * 0.35, random)


# In the order in which they are drawn: what comes later lies on top.
DRAWERS = {"dent": draw_dent, "stain": draw_stain, "scratch": draw_scratch}
