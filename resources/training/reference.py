"""How the models are read, in plain NumPy and OpenCV: letterbox, decoding, suppression by class.

The product's engine does the same in TypeScript; this is what the accuracies were measured with.
"""

from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from boxes import suppress

PAD = 114


class Model:
    """An ONNX file on one or more threads."""

    def __init__(self, path: Path, threads: int = 1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.height, self.width = self.session.get_inputs()[0].shape[2:]

    def run(self, pixels: np.ndarray) -> np.ndarray:
        """`pixels`: RGB of the input's size."""
        tensor = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None], dtype=np.float32) / 255
        return self.session.run(None, {"images": tensor})[0][0]

    def detect(self, pixels: np.ndarray, confidence: float = 0.25, overlap: float = 0.7, most: int = 300) -> np.ndarray:
        """Rows of x1, y1, x2, y2, confidence, class in px of the picture, best first."""
        boxed, scale, left, top = letterbox(pixels, self.width, self.height)
        found = suppress(decode(self.run(boxed), confidence), overlap)[:most]
        found[:, :4] = (found[:, :4] - [left, top, left, top]) / scale
        height, width = pixels.shape[:2]
        found[:, :4] = found[:, :4].clip(0, [width, height, width, height])
        return found

    def classify(self, pixels: np.ndarray) -> np.ndarray:
        """Probabilities of the classes; the picture is stretched to the input's size."""
        if pixels.shape[:2] != (self.height, self.width):
            pixels = cv2.resize(pixels, (self.width, self.height), interpolation=cv2.INTER_LINEAR)
        return self.run(pixels)


def read_picture(path: Path) -> np.ndarray:
    return cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)


def letterbox(pixels: np.ndarray, width: int, height: int) -> tuple[np.ndarray, float, int, int]:
    """The whole picture in the middle of the input, grey around it."""
    scale = min(height / pixels.shape[0], width / pixels.shape[1])
    inner = round(pixels.shape[1] * scale), round(pixels.shape[0] * scale)
    if inner != pixels.shape[1::-1]:
        pixels = cv2.resize(pixels, inner, interpolation=cv2.INTER_LINEAR)
    left, top = (round((outer - side) / 2 - 0.1) for outer, side in zip((width, height), inner))
    boxed = np.full((height, width, 3), PAD, np.uint8)
    boxed[top : top + inner[1], left : left + inner[0]] = pixels
    return boxed, scale, left, top


def decode(output: np.ndarray, confidence: float) -> np.ndarray:
    """From YOLOv8's layout to rows of x1, y1, x2, y2, confidence, class, best first."""
    cells = output.T
    scores, kinds = cells[:, 4:].max(1), cells[:, 4:].argmax(1)
    kept = np.flatnonzero(scores > confidence)
    kept = kept[np.argsort(-scores[kept], kind="stable")]
    middle, size = cells[kept, :2], cells[kept, 2:4]
    return np.hstack((middle - size / 2, middle + size / 2, scores[kept, None], kinds[kept, None]))
