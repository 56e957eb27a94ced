"""How the models are read, in plain NumPy and OpenCV: letterbox, decoding, suppression by class, masks.

The product's engine does the same in TypeScript; this is what the accuracies were measured with.
"""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from boxes import suppress

PAD = 114
# ImageNet's, which PIDNet's pictures are normalised with
MEAN, STD = (np.float32(v).reshape(3, 1, 1) for v in ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]))


def normalised(pixels: np.ndarray) -> np.ndarray:
    """`pixels`: [.., 3, H, W] of 0 to 1."""
    return (pixels - MEAN) / STD


class Model:
    """An ONNX file on one or more threads."""

    def __init__(self, path: Path, threads: int = 1):
        import onnxruntime  # here, since training needs none

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.height, self.width = self.session.get_inputs()[0].shape[2:]

    def run(self, pixels: np.ndarray, prepare=lambda tensor: tensor) -> list[np.ndarray]:
        """The outputs for one picture. `pixels`: RGB of the input's size; `prepare` gets them as 0 to 1."""
        tensor = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None], dtype=np.float32) / 255
        return [output[0] for output in self.session.run(None, {"images": prepare(tensor)})]

    def detect(self, pixels: np.ndarray, confidence: float = 0.25, overlap: float = 0.7, most: int = 300) -> np.ndarray:
        """Rows of x1, y1, x2, y2, confidence, class in px of the picture, best first."""
        boxed, frame = letterbox(pixels, self.width, self.height)
        output = self.run(boxed)[0]
        found = suppress(decode(output, confidence, len(output) - 4), overlap)[:most]
        return frame.boxes_out(found)

    def segment(self, pixels: np.ndarray, confidence: float = 0.25, overlap: float = 0.7, most: int = 300):
        """The rows of `detect`, and a mask of the picture's size for each."""
        boxed, frame = letterbox(pixels, self.width, self.height)
        output, prototypes = self.run(boxed)
        found = suppress(decode(output, confidence, len(output) - 4 - len(prototypes)), overlap)[:most]
        mixed = np.einsum("np,pyx->nyx", found[:, 6:], prototypes)
        found = frame.boxes_out(found[:, :6])
        return found, [frame.mask_out(mask, box) for mask, box in zip(mixed, found[:, :4])]

    def regions(self, pixels: np.ndarray) -> np.ndarray:
        """The class of each pixel; the picture is stretched to the input's size, PIDNet's logits back to the picture's."""
        height, width = pixels.shape[:2]
        logits = self.run(self.stretched(pixels), normalised)[0]
        return np.stack([resized_by_corners(plane, width, height) for plane in logits]).argmax(0)

    def classify(self, pixels: np.ndarray) -> np.ndarray:
        """Probabilities of the classes; the picture is stretched to the input's size."""
        return self.run(self.stretched(pixels))[0]

    def stretched(self, pixels: np.ndarray) -> np.ndarray:
        if pixels.shape[:2] == (self.height, self.width):
            return pixels
        return cv2.resize(pixels, (self.width, self.height), interpolation=cv2.INTER_LINEAR)


def read_picture(path: Path) -> np.ndarray:
    return cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)


@dataclass
class Frame:
    """Where a picture of `size` (width, height) lies in the model's input."""

    size: tuple[int, int]
    inner: tuple[int, int]
    left: int
    top: int
    scale: tuple[float, float]
    outer: tuple[int, int]

    def boxes_out(self, found: np.ndarray) -> np.ndarray:
        found[:, :4] = (found[:, :4] - [self.left, self.top] * 2) / (self.scale * 2)
        found[:, :4] = found[:, :4].clip(0, self.size * 2)
        return found

    def mask_out(self, mixed: np.ndarray, box: np.ndarray) -> np.ndarray:
        """To the input's size, without the border, to the picture's size, above 0, within the box."""
        at_input = cv2.resize(mixed, self.outer, interpolation=cv2.INTER_LINEAR)
        inner = at_input[self.top : self.top + self.inner[1], self.left : self.left + self.inner[0]]
        mask = cv2.resize(inner, self.size, interpolation=cv2.INTER_LINEAR) > 0
        x1, y1, x2, y2 = np.round(box).astype(int)
        within = np.zeros_like(mask)
        within[y1:y2, x1:x2] = mask[y1:y2, x1:x2]
        return within


def letterbox(pixels: np.ndarray, width: int, height: int) -> tuple[np.ndarray, Frame]:
    """The whole picture in the middle of the input, grey around it."""
    size = pixels.shape[1], pixels.shape[0]
    scale = min(width / size[0], height / size[1])
    inner = round(size[0] * scale), round(size[1] * scale)
    if inner != size:
        pixels = cv2.resize(pixels, inner, interpolation=cv2.INTER_LINEAR)
    left, top = (round((outer - side) / 2 - 0.1) for outer, side in zip((width, height), inner))
    boxed = np.full((height, width, 3), PAD, np.uint8)
    boxed[top : top + inner[1], left : left + inner[0]] = pixels
    scales = inner[0] / size[0], inner[1] / size[1]
    return boxed, Frame(size, inner, left, top, scales, (width, height))


def resized_by_corners(plane: np.ndarray, width: int, height: int) -> np.ndarray:
    """Bilinear, the corners' centres on each other (torch's align_corners=True, as PIDNet has it)."""
    x = np.linspace(0, plane.shape[1] - 1, width, dtype=np.float32)
    y = np.linspace(0, plane.shape[0] - 1, height, dtype=np.float32)
    return cv2.remap(plane, *np.meshgrid(x, y), interpolation=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def decode(output: np.ndarray, confidence: float, classes: int) -> np.ndarray:
    """From YOLOv8's layout to rows of x1, y1, x2, y2, confidence, class, best first; what the cells have beyond follows."""
    cells = output.T
    scores, kinds = cells[:, 4 : 4 + classes].max(1), cells[:, 4 : 4 + classes].argmax(1)
    kept = np.flatnonzero(scores > confidence)
    kept = kept[np.argsort(-scores[kept], kind="stable")]
    middle, size = cells[kept, :2], cells[kept, 2:4]
    more = cells[kept, 4 + classes :]
    return np.hstack((middle - size / 2, middle + size / 2, scores[kept, None], kinds[kept, None], more))
