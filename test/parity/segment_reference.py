"""What the tiny segmenter must answer on the parity pictures, for test/engine/segmentParity.test.ts.

    .venv-parity/bin/python test/parity/segment_reference.py

As reference.py; and masks as `yolo predict` makes them with an ONNX file and retina_masks=True (process_mask_native,
scale_masks and crop_mask of ultralytics/utils/ops.py 8.4.190), whole planes resized by OpenCV and written down as
pycocotools' RLE. Where the reference drops a detection whose mask is empty, it is kept. Writes
../fixtures/parity/segmenter.json.
"""

import hashlib
import json
import math
import platform
from importlib.metadata import version
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from pycocotools import mask as coco
from reference import FIXTURES, channels_first, greedy, letterbox, read, scaled_back

MODEL = Path(__file__).resolve().parent.parent / "fixtures" / "models" / "segment-columns.onnx"
CLASSES = ["scratch", "dent"]
SHAPE = (32, 32)
PARAMETERS = {"confidence": 0.02, "iou": 0.7, "maxDetections": 300, "classAgnostic": False}


def main():
    session = onnxruntime.InferenceSession(str(MODEL), providers=["CPUExecutionProvider"])
    pictures = sorted(path for path in (FIXTURES / "pictures").iterdir() if path.is_file())
    packages = ("numpy", "opencv-python-headless", "onnxruntime", "pycocotools")
    made = {"command": "python test/parity/segment_reference.py", "python": platform.python_version()}
    made |= {package: version(package) for package in packages}
    model = {"file": MODEL.name, "sha256": hashlib.sha256(MODEL.read_bytes()).hexdigest()}
    lines = ",\n".join(f"    {json.dumps(path.name)}: {json.dumps(answer(session, read(path)))}" for path in pictures)
    head = f'{{\n  "made": {json.dumps(made)},\n  "model": {json.dumps(model)},\n  "parameters": {json.dumps(PARAMETERS)},\n'
    (FIXTURES / "segmenter.json").write_text(f'{head}  "pictures": {{\n{lines}\n  }}\n}}\n')


def answer(session, picture):
    tensor = channels_first(letterbox(picture, SHAPE))[None].astype(np.float32) / 255
    outputs = session.run(None, {session.get_inputs()[0].name: tensor.astype(np.float32)})
    columns = next(output[0] for output in outputs if output.ndim == 3).T
    prototypes = next(output[0] for output in outputs if output.ndim == 4)
    classes = len(CLASSES)
    scores = columns[:, 4 : 4 + classes]
    best, kinds = scores.max(axis=1), scores.argmax(axis=1)
    half = columns[:, 2:4] / 2
    corners = np.concatenate([columns[:, :2] - half, columns[:, :2] + half], axis=1)
    order = [at for at in np.argsort(-best, kind="stable") if best[at] > np.float32(PARAMETERS["confidence"])]
    kept = [order[at] for at in greedy(corners[order] + kinds[order][:, None] * 7680, PARAMETERS["iou"])] if order else []
    boxes = scaled_back(corners[kept].astype(np.float64), SHAPE, picture.shape[:2]) if kept else []
    return {"size": picture.shape[1::-1], "detections": [
        {"class": CLASSES[kinds[at]], "confidence": round(float(best[at]), 6), "corners": [round(float(value), 4) for value in box], **mask(columns[at, 4 + classes :], prototypes, box, picture.shape[:2])}
        for at, box in zip(kept, boxes)
    ]}  # fmt: skip


def mask(coefficients, prototypes, box, original):
    plane = np.tensordot(coefficients, prototypes, axes=1).astype(np.float32)
    height, width = plane.shape
    input_height, input_width = inner((4 * height, 4 * width), original)
    padding = (4 * height - input_height) | (4 * width - input_width)
    factor = 4 // math.gcd(4, padding | padding // 2)
    if factor > 1:
        plane = cv2.resize(plane, (width * factor, height * factor), interpolation=cv2.INTER_LINEAR)
    rows, columns = inner(plane.shape, original)
    top, left = round((plane.shape[0] - rows) / 2 - 0.1), round((plane.shape[1] - columns) / 2 - 0.1)
    plane = np.ascontiguousarray(plane[top : top + rows, left : left + columns])
    if plane.shape != original:
        plane = cv2.resize(plane, original[::-1], interpolation=cv2.INTER_LINEAR)
    y, x = np.arange(original[0])[:, None], np.arange(original[1])[None]
    inside = (x >= box[0]) & (x < box[2]) & (y >= box[1]) & (y < box[3])
    rle = coco.encode(np.asfortranarray(((plane > 0) & inside).astype(np.uint8)))
    return {"areaPx": int(coco.area(rle)), "counts": rle["counts"].decode()}


def inner(shape, original):
    """How many cells of a letterboxed plane the picture takes: height, width."""
    gain = min(shape[0] / original[0], shape[1] / original[1])
    return tuple(max(round(side * gain), 1) for side in original)


if __name__ == "__main__":
    main()
