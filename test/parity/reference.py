"""What the sample models must answer, computed as their references compute it, for test/engine/parity.test.ts.

    python -m venv .venv-parity && .venv-parity/bin/pip install -r test/parity/requirements.txt
    .venv-parity/bin/python test/parity/reference.py

Shares nothing with the engine: OpenCV decodes and resizes, NumPy does the rest, ONNX Runtime's Python package runs the
network. The rules are those of `yolo predict` with an ONNX file of fixed size: ultralytics/data/augment.py (letterbox),
ultralytics/utils/nms.py and ops.py. Writes ../fixtures/parity/detector.json and classifier.json.
"""

import base64
import hashlib
import json
import platform
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

HERE = Path(__file__).resolve().parent
FIXTURES = HERE.parent / "fixtures" / "parity"
SAMPLES = HERE.parent.parent / "resources" / "sample"
RUNS = [
    {"confidence": 0.25, "iou": 0.7, "maxDetections": 300, "classAgnostic": False},
    {"confidence": 0.1, "iou": 0.3, "maxDetections": 10, "classAgnostic": True},
]
STRIDE = 1201
"""Every so many-th byte of the prepared picture is written down; a prime, so that all columns are met."""


def main():
    pictures = sorted(path for path in (FIXTURES / "pictures").iterdir() if path.is_file())
    write("detector", Network("bare-boards"), pictures, detected)
    write("classifier", Network("board-check"), pictures, classified)


def write(name, network, pictures, answer):
    made = {
        "command": "python test/parity/reference.py",
        "python": platform.python_version(),
        "cv2": cv2.__version__,
        "numpy": np.__version__,
        "onnxruntime": onnxruntime.__version__,
    }
    model = {"file": network.path.name, "sha256": hashlib.sha256(network.path.read_bytes()).hexdigest()}
    answers = {path.name: answer(network, read(path)) for path in pictures}
    lines = ",\n".join(f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in answers.items())
    head = f'{{\n  "made": {json.dumps(made)},\n  "model": {json.dumps(model)},\n  "stride": {STRIDE},\n'
    (FIXTURES / f"{name}.json").write_text(f'{head}  "pictures": {{\n{lines}\n  }}\n}}\n')
    print(f"{name}: {len(answers)} pictures, model {model['sha256'][:12]}")


class Network:
    """A sample's model with what its project says of it."""

    def __init__(self, sample):
        project = json.loads((SAMPLES / sample / "project.json").read_text())["models"][0]
        self.path = SAMPLES / sample / project["file"]
        self.classes = project["spec"]["classes"]
        self.shape = (project["spec"]["input"]["height"], project["spec"]["input"]["width"])
        self.session = onnxruntime.InferenceSession(str(self.path), providers=["CPUExecutionProvider"])

    def __call__(self, prepared):
        tensor = (prepared[None].astype(np.float32) / 255).astype(np.float32)
        return self.session.run(None, {self.session.get_inputs()[0].name: tensor})[0][0]


def read(path):
    """BGR, upright by EXIF, alpha dropped: what cv2.imread gives."""
    return cv2.imread(str(path), cv2.IMREAD_COLOR)


def channels_first(picture):
    return np.ascontiguousarray(picture[..., ::-1].transpose(2, 0, 1))


def tensor_facts(prepared):
    flat = prepared.reshape(-1)
    return {"sha256": hashlib.sha256(flat.tobytes()).hexdigest(), "samples": base64.b64encode(flat[::STRIDE].tobytes()).decode()}


def classified(network, picture):
    height, width = network.shape
    if picture.shape[:2] != network.shape:
        resized = cv2.resize(picture, (width, height), interpolation=cv2.INTER_LINEAR)
    else:
        resized = picture
    prepared = channels_first(resized)
    probabilities = dict(zip(network.classes, map(float, network(prepared))))
    return {"size": picture.shape[1::-1], "tensor": tensor_facts(prepared), "probabilities": probabilities}


def detected(network, picture):
    prepared = channels_first(letterbox(picture, network.shape))
    output = network(prepared)
    runs = []
    for parameters in RUNS:
        rows = suppressed(output, parameters)
        rows[:, :4] = scaled_back(rows[:, :4], network.shape, picture.shape[:2])
        boxes = [
            {"class": network.classes[int(row[5])], "confidence": round(float(row[4]), 6), "corners": [round(float(value), 4) for value in row[:4]]}
            for row in rows
        ]  # fmt: skip
        runs.append({"parameters": parameters, "detections": boxes})
    return {"size": picture.shape[1::-1], "tensor": tensor_facts(prepared), "runs": runs}


def letterbox(picture, shape, colour=(114, 114, 114)):
    height, width = picture.shape[:2]
    ratio = min(shape[0] / height, shape[1] / width)
    inner = int(round(width * ratio)), int(round(height * ratio))
    rest_x, rest_y = (shape[1] - inner[0]) / 2, (shape[0] - inner[1]) / 2
    if (width, height) != inner:
        picture = cv2.resize(picture, inner, interpolation=cv2.INTER_LINEAR)
    top, bottom = int(round(rest_y - 0.1)), int(round(rest_y + 0.1))
    left, right = int(round(rest_x - 0.1)), int(round(rest_x + 0.1))
    return cv2.copyMakeBorder(picture, top, bottom, left, right, cv2.BORDER_CONSTANT, value=colour)


def suppressed(output, parameters):
    """Rows of x1, y1, x2, y2, score, class in px of the input: candidates, offset by class, suppressed, cut."""
    columns = output.T
    best = columns[:, 4:].max(axis=1)
    kinds = columns[:, 4:].argmax(axis=1)
    chosen = best > np.float32(parameters["confidence"])
    columns, best, kinds = columns[chosen], best[chosen], kinds[chosen]
    half = columns[:, 2:4] / 2
    corners = np.concatenate([columns[:, :2] - half, columns[:, :2] + half], axis=1)
    order = np.argsort(-best, kind="stable")[:30000]
    corners, best, kinds = corners[order], best[order], kinds[order]
    offset = corners + (0 if parameters["classAgnostic"] else kinds[:, None] * np.float32(7680))
    kept = greedy(offset, parameters["iou"])[: parameters["maxDetections"]]
    return np.column_stack([corners[kept], best[kept], kinds[kept]]).astype(np.float64)


def greedy(boxes, limit):
    """Indexes that are kept; boxes come best first. Areas without the added pixel, strict comparison."""
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    waiting = np.arange(len(boxes))
    kept = []
    while waiting.size:
        best, waiting = waiting[0], waiting[1:]
        kept.append(best)
        low = np.maximum(boxes[best, :2], boxes[waiting, :2])
        high = np.minimum(boxes[best, 2:], boxes[waiting, 2:])
        shared = np.prod(np.clip(high - low, 0, None), axis=1)
        waiting = waiting[shared / (areas[best] + areas[waiting] - shared) <= limit]
    return np.array(kept, dtype=int)


def scaled_back(corners, shape, original):
    height, width = original
    gain = min(shape[0] / height, shape[1] / width)
    inner = max(round(width * gain), 1), max(round(height * gain), 1)
    pad_x = round((shape[1] - inner[0]) / 2 - 0.1)
    pad_y = round((shape[0] - inner[1]) / 2 - 0.1)
    moved = (corners - [pad_x, pad_y, pad_x, pad_y]) * np.tile([width / inner[0], height / inner[1]], 2)
    return moved.clip(0, [width, height, width, height])


if __name__ == "__main__":
    main()
