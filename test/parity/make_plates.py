"""Draws the metal plates of the parity tests into ../fixtures/parity/plates, in many sizes, shapes and encodings.

    python make_plates.py

Needs numpy and opencv-python-headless. The pictures are committed: this is only for whoever wants others.
"""

import sys
from pathlib import Path

import cv2

HERE = Path(__file__).resolve().parent
PLATES = HERE.parent / "fixtures" / "parity" / "plates"
sys.path.insert(0, str(HERE.parent.parent / "resources" / "training"))

from make_pictures import with_orientation  # noqa: E402
from plates import plate_of  # noqa: E402

# Width and height; the last of EXIFS is the orientation.
JPEGS = [(640, 480), (512, 384), (800, 600), (448, 448), (336, 447), (300, 800), (901, 333), (447, 449), (1024, 512),
         (257, 511), (640, 640), (1000, 750), (720, 405), (233, 233), (415, 640), (563, 389), (1280, 720)]  # fmt: skip
WEBPS = [(640, 400), (520, 520), (393, 611), (1120, 630), (448, 224), (700, 525), (317, 640), (850, 480)]
EXIFS = [(640, 480, 6), (500, 375, 3), (400, 600, 8)]
LOSSLESS = [(224, 224), (180, 320), (288, 162)]


def drawn(seed, width, height):
    return plate_of(seed, (width, height), 5).pixels[..., ::-1]


def write(name, pixels, *settings):
    ok, data = cv2.imencode(Path(name).suffix, pixels, settings)
    assert ok
    return (PLATES / name).write_bytes(data.tobytes())


def main():
    PLATES.mkdir(parents=True, exist_ok=True)
    seeds = iter(range(7001, 7100))
    for at, (width, height) in enumerate(JPEGS):
        write(f"jpeg-{width}x{height}.jpg", drawn(next(seeds), width, height), cv2.IMWRITE_JPEG_QUALITY, 50 + 10 * (at % 3))
    for width, height in WEBPS:
        write(f"webp-{width}x{height}.webp", drawn(next(seeds), width, height), cv2.IMWRITE_WEBP_QUALITY, 55)
    for width, height, orientation in EXIFS:
        name = f"exif-{orientation}-{width}x{height}.jpg"
        write(name, drawn(next(seeds), width, height), cv2.IMWRITE_JPEG_QUALITY, 60)
        path = PLATES / name
        path.write_bytes(with_orientation(path.read_bytes(), orientation))
    for (width, height), kind in zip(LOSSLESS, ("png", "tif", "bmp")):
        write(f"{kind}-{width}x{height}.{kind}", drawn(next(seeds), width, height))


if __name__ == "__main__":
    main()
