"""Draws the pictures of the parity tests into ../fixtures/parity/pictures, in many sizes, shapes and encodings.

    python make_pictures.py

Needs numpy and opencv-python-headless. The pictures are committed: this is only for whoever wants others.
"""

import struct
import sys
from pathlib import Path

import cv2
import numpy as np

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "fixtures" / "parity" / "pictures"
sys.path.insert(0, str(HERE.parent.parent / "resources" / "training"))

from sheets import Sheet, draw_sheet  # noqa: E402


def board(seed, width=640, height=640, zoom=1.0, defects=6):
    return draw_sheet(Sheet("", seed, width=width, height=height, zoom=zoom, defects=defects))[0]


def sized(pixels, width, height):
    return cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)


def photographed(pixels, seed, contrast=0.7):
    """In colour, tinted and with grain, as a camera would see it."""
    grain = np.random.default_rng(seed).normal(0, 3, (*pixels.shape, 3))
    tint = np.array([0.8, 1.0, 0.9])
    return ((30 + pixels[..., None] * contrast) * tint + grain).clip(0, 255).astype(np.uint8)


def turned(pixels, degrees):
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(pixels, matrix, (width, height), borderValue=128)


def write(name, pixels, *settings):
    ok, data = cv2.imencode(Path(name).suffix, pixels, settings)
    assert ok
    (PICTURES / name).write_bytes(data.tobytes())


def write_bilevel(name, pixels):
    write(name, pixels, cv2.IMWRITE_PNG_BILEVEL, 1)


def write_jpeg(name, pixels, quality=70, orientation=None, full_colour=False):
    sampling = cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444 if full_colour else cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420
    write(name, pixels, cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling)
    if orientation:
        path = PICTURES / name
        path.write_bytes(with_orientation(path.read_bytes(), orientation))


def with_orientation(jpeg, orientation):
    """Puts an EXIF segment with one entry, the orientation, behind the start of a JPEG."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0" + b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0)
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def plain_sizes():
    write_bilevel("same-640x640.png", board(401))
    write_bilevel("half-1280x1280.png", board(402, zoom=2))
    write_bilevel("double-320x320.png", board(403)[100:420, 200:520])
    write_bilevel("wide-1024x512.png", board(404, 512, 256, zoom=2))
    write_bilevel("tall-480x960.png", board(405, 480, 960))
    write_bilevel("odd-641x639.png", board(406, 641, 639))
    write_bilevel("odd-211x887.png", board(407, 640, 887)[:, 300:511])
    write_bilevel("even-neighbour-1280x1001.png", board(408, 640, 501, zoom=2)[:1001, :1280])
    write_bilevel("even-neighbour-1280x1003.png", board(409, 640, 502, zoom=2)[:1003, :1280])
    write_bilevel("large-2048x1536.png", board(410, 640, 480, zoom=3.2))
    write_bilevel("panorama-1800x90.png", board(411, 1800, 640)[200:290])
    write_bilevel("tiny-64x48.png", board(412)[60:108, 200:264])
    write("tiny-33x57.png", sized(board(413)[0:114, 300:366], 33, 57))
    write_bilevel("blank-640x480.png", np.full((480, 640), 255, np.uint8))


def encodings():
    write_jpeg("grey-800x600.jpg", board(421, 640, 480, zoom=1.25))
    write_jpeg("wide-1000x333.jpg", sized(board(422, 1000, 640)[100:433], 1000, 333))
    write_jpeg("colour-900x700.jpg", photographed(board(423, 640, 498, zoom=1.40625)[:700, :900], 1), 60)
    write_jpeg("colour-444-500x640.jpg", photographed(board(424, 640, 640)[:, 70:570], 2), 60, full_colour=True)
    write_jpeg("faint-640x480.jpg", photographed(board(425, 640, 480), 3, contrast=0.4), 60)
    write_jpeg("large-1600x1200.jpg", board(426, 640, 480, zoom=2.5), 50)
    write_jpeg("turned-700x700.jpg", turned(board(427, 700, 700), 37), 60)
    for orientation in (3, 5, 6, 8):
        write_jpeg(f"exif-{orientation}-720x480.jpg", board(430 + orientation, 720, 480), 60, orientation)
    alpha = np.tile(np.arange(500, dtype=np.uint8), (400, 1))
    write("alpha-500x400.png", cv2.merge([*[board(441, 640, 640)[:400, :500]] * 3, alpha]))
    write("deep-400x400.png", board(442)[:400, :400].astype(np.uint16) * 200 + 99)
    write("grey-360x270.bmp", board(443)[:270, :360])
    write("grey-640x400.tif", board(444)[:400], cv2.IMWRITE_TIFF_COMPRESSION, 5)
    write("grey-550x620.webp", board(445)[:620, :550], cv2.IMWRITE_WEBP_QUALITY, 101)


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    plain_sizes()
    encodings()
