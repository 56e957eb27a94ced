"""What Pillow and OpenCV make of small pictures, for test/unit/engine/resizeRules.test.ts.

    python test/parity/resize_reference.py        with numpy, pillow and opencv-python-headless

Pictures follow from their size by a formula that the test has too, so that only the results are written down. The crop
is that of torchvision's Resize(shortest edge) and CenterCrop, in Pillow. Writes ../fixtures/parity/resize.json.
"""

import base64
import json
from pathlib import Path

import cv2
import numpy as np
import PIL
from PIL import Image

TARGET = Path(__file__).resolve().parent.parent / "fixtures" / "parity" / "resize.json"
CV = {"nearest": cv2.INTER_NEAREST, "area": cv2.INTER_AREA, "bilinear": cv2.INTER_LINEAR}
STRETCHED = {
    "bilinear-antialias": [(97, 71, 24, 24), (60, 40, 97, 83), (200, 31, 40, 64), (64, 64, 64, 64), (301, 203, 33, 29)],
    "nearest": [(97, 71, 24, 24), (60, 40, 97, 83), (200, 31, 40, 64), (640, 480, 32, 24)],
    "area": [(96, 64, 48, 32), (96, 66, 32, 22), (97, 71, 24, 24), (301, 203, 33, 29), (60, 40, 97, 83), (200, 31, 40, 64)],
}  # fmt: skip
CROPPED = [
    ("bilinear-antialias", 97, 71, 24, 1),
    ("bilinear-antialias", 53, 120, 32, 1),
    ("bilinear-antialias", 31, 17, 40, 1),
    ("bilinear-antialias", 121, 90, 28, 0.875),
    ("bilinear", 97, 71, 24, 1),
    ("nearest", 53, 120, 32, 1),
]


def picture(width, height):
    y, x, c = np.mgrid[0:height, 0:width, 0:3]
    return ((x * x * 7 + y * 13 + c * 50 + x * y % 31 * 5 + x // 9 * 40) % 256).astype(np.uint8)


def resized(pixels, width, height, interpolation):
    if interpolation == "bilinear-antialias":
        return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR))
    return cv2.resize(pixels, (width, height), interpolation=CV[interpolation])


def cropped(pixels, side, share, interpolation):
    height, width = pixels.shape[:2]
    edge = int(side / share)
    if width <= height:
        wide, high = edge, int(edge * height / width)
    else:
        wide, high = int(edge * width / height), edge
    left, top = round((wide - side) / 2), round((high - side) / 2)
    return resized(pixels, wide, high, interpolation)[top : top + side, left : left + side]


def case(resize, interpolation, source, pixels, share=1):
    height, width = pixels.shape[:2]
    text = base64.b64encode(np.ascontiguousarray(pixels).tobytes()).decode()
    return {"resize": resize, "interpolation": interpolation, "source": source, "size": [width, height], "cropShare": share,
            "pixels": text}  # fmt: skip


def main():
    cases = [
        case("stretch", kind, [w, h], resized(picture(w, h), wide, high, kind))
        for kind, sizes in STRETCHED.items()
        for w, h, wide, high in sizes
    ]
    cases += [
        case("crop", kind, [w, h], cropped(picture(w, h), side, share, kind), share) for kind, w, h, side, share in CROPPED
    ]
    made = {"pillow": PIL.__version__, "cv2": cv2.__version__, "numpy": np.__version__}
    lines = ",\n".join(f"    {json.dumps(one)}" for one in cases)
    TARGET.write_text(f'{{\n  "made": {json.dumps(made)},\n  "cases": [\n{lines}\n  ]\n}}\n')
    print(f"{len(cases)} cases")


if __name__ == "__main__":
    main()
