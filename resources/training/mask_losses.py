"""Losses of the segmenters: masks of instances, and the class of every pixel."""

import cv2
import numpy as np
import torch
from torch.nn import functional as F

from detection_loss import DetectionLoss
from plates import Plate, box_of

MASK_WEIGHT = 2.0


class InstanceLoss:
    """The detector's loss, and for each cell that was given a defect how well it mixes the defect's mask."""

    def __init__(self, size: int, classes: int, focal_steps: int):
        self.size = size
        self.detection = DetectionLoss(size, classes, focal_steps)

    def __call__(self, outputs, plates: list[Plate], step: int) -> torch.Tensor:
        logits, sides, mixtures, prototypes = outputs
        defects = [boxes_of(plate) for plate in plates]
        loss, owners = self.detection.with_owners((logits, sides), defects, step)
        masks = [self.mask_loss(*parts) for parts in zip(mixtures, prototypes, owners, plates, defects) if len(parts[4])]
        return loss + MASK_WEIGHT * torch.cat(masks).mean() if masks else loss

    def mask_loss(self, mixture, prototypes, owners, plate: Plate, defects: np.ndarray) -> torch.Tensor:
        """Of one crop, for each cell: cross-entropy and Dice within the defect's box."""
        cells = (owners >= 0).nonzero()[:, 0]
        owner = owners[cells]
        drawn = torch.einsum("pc,pyx->cyx", mixture[:, cells], prototypes)
        side = drawn.shape[-1]
        wanted = np.stack([cv2.resize(np.float32(m), (side, side), interpolation=cv2.INTER_AREA) for m in plate.masks])
        wanted = torch.from_numpy(wanted)[owner]
        inside = boxes_filled(torch.from_numpy(defects[:, :4]) * side / self.size, side)[owner]
        wrong = F.binary_cross_entropy_with_logits(drawn, wanted, reduction="none") * inside
        return wrong.sum((1, 2)) / inside.sum((1, 2)) + dice_loss(drawn.sigmoid() * inside, wanted * inside, (1, 2))


def boxes_of(plate: Plate) -> np.ndarray:
    """Rows of x1, y1, x2, y2, class."""
    rows = [(*box_of(mask), kind) for kind, mask in zip(plate.kinds, plate.masks)]
    return np.array(rows, dtype=np.float32).reshape(-1, 5)


def boxes_filled(boxes: torch.Tensor, side: int) -> torch.Tensor:
    """[boxes, side, side]: 1 where a cell touches the box."""
    cells = torch.arange(side, dtype=torch.float32)
    across = (cells[None] + 1 > boxes[:, 0:1]) & (cells[None] < boxes[:, 2:3])
    down = (cells[None] + 1 > boxes[:, 1:2]) & (cells[None] < boxes[:, 3:4])
    return (down[:, :, None] & across[:, None, :]).float()


def dice_loss(drawn, wanted, axes: tuple[int, ...]) -> torch.Tensor:
    return 1 - (2 * (drawn * wanted).sum(axes) + 1) / (drawn.sum(axes) + wanted.sum(axes) + 1)


class SemanticLoss:
    """Weighted cross-entropy and Dice, on logits brought to half the picture's size."""

    def __init__(self, weights: tuple[float, ...]):
        self.weights = torch.tensor(weights)

    def __call__(self, logits: torch.Tensor, plates: list[Plate]) -> torch.Tensor:
        height, width = (side // 2 for side in plates[0].pixels.shape[:2])
        logits = F.interpolate(logits, (height, width), mode="bilinear", align_corners=True)
        regions = np.stack([plate.regions()[1::2, 1::2] for plate in plates])
        wanted = torch.from_numpy(regions.astype(np.int64))
        one_hot = F.one_hot(wanted, len(self.weights)).permute(0, 3, 1, 2).float()
        dice = dice_loss(logits.softmax(1), one_hot, (0, 2, 3))
        return F.cross_entropy(logits, wanted, self.weights) + dice.mean()
