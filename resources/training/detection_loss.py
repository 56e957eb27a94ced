"""The detector's loss: cells are given to defects by how well they do already (task-aligned assignment)."""

import math

import torch
from torch.nn import functional as F

from network import cell_centres

CELLS_PER_DEFECT = 10
SCORE_POWER, OVERLAP_POWER = 0.5, 6.0
BOX_WEIGHT = 5.0


class DetectionLoss:
    """For crops of `size` px. Focal until `focal_steps`, since plain cross-entropy hardly starts from nothing."""

    def __init__(self, size: int, classes: int, focal_steps: int):
        self.centres = cell_centres(size, size)
        self.classes = classes
        self.focal_steps = focal_steps

    def __call__(self, outputs, defects: list, step: int) -> torch.Tensor:
        return self.with_owners(outputs, defects, step)[0]

    def with_owners(self, outputs, defects: list, step: int) -> tuple[torch.Tensor, torch.Tensor]:
        """The loss, and for each crop's cells [crops, cells] the defect that each was given; -1 for none."""
        logits, sides = (output.transpose(1, 2) for output in outputs)
        boxes = torch.cat((self.centres - sides[..., :2], self.centres + sides[..., 2:]), -1)
        given = [self.assign(logits[i].detach(), boxes[i].detach(), torch.from_numpy(d)) for i, d in enumerate(defects)]
        targets, wanted, owners = (torch.stack(parts) for parts in zip(*given))
        weights = targets.sum(-1)
        total = weights.sum().clamp(min=1)
        loss = self.score_loss(logits, targets, step) + BOX_WEIGHT * box_loss(boxes, wanted, weights)
        return loss / total, owners

    def score_loss(self, logits, targets, step: int) -> torch.Tensor:
        loss = F.binary_cross_entropy_with_logits(logits, targets, reduction="none")
        if step < self.focal_steps:
            loss = loss * (logits.detach().sigmoid() - targets).abs() ** 2
        return loss.sum()

    def assign(self, logits, boxes, defects) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """For each cell of one crop: its soft target for each class, the box that it should give, and whose it is."""
        targets, wanted = torch.zeros_like(logits), torch.zeros_like(boxes)
        owners = torch.full((len(boxes),), -1)
        if len(defects) == 0:
            return targets, wanted, owners
        truth, kinds = defects[:, :4], defects[:, 4].long()
        overlap = iou(truth[:, None], boxes[None]).clamp(min=0) * self.inside(truth)
        fit = logits.sigmoid()[:, kinds].T ** SCORE_POWER * overlap**OVERLAP_POWER
        chosen = torch.zeros_like(fit).scatter_(1, fit.topk(CELLS_PER_DEFECT, 1).indices, 1.0) * (fit > 0)
        owner = (overlap * chosen).argmax(0)
        cells = chosen.any(0).nonzero()[:, 0]
        owner = owner[cells]
        best_fit = (fit * chosen).amax(1).clamp(min=1e-12)
        best_overlap = (overlap * chosen).amax(1)
        targets[cells, kinds[owner]] = fit[owner, cells] / best_fit[owner] * best_overlap[owner]
        wanted[cells] = truth[owner]
        owners[cells] = owner
        return targets, wanted, owners

    def inside(self, truth) -> torch.Tensor:
        """Which cells' centres lie within which boxes, [defects, cells]."""
        after = self.centres[None] > truth[:, None, :2]
        before = self.centres[None] < truth[:, None, 2:]
        return (after & before).all(-1).float()


def box_loss(boxes, wanted, weights) -> torch.Tensor:
    cells = weights > 0
    return ((1 - complete_iou(boxes[cells], wanted[cells])) * weights[cells]).sum()


def sizes(boxes) -> torch.Tensor:
    return boxes[..., 2:] - boxes[..., :2]


def iou(a, b) -> torch.Tensor:
    shared = (torch.minimum(a[..., 2:], b[..., 2:]) - torch.maximum(a[..., :2], b[..., :2])).clamp(min=0).prod(-1)
    return shared / (sizes(a).prod(-1) + sizes(b).prod(-1) - shared + 1e-7)


def complete_iou(a, b) -> torch.Tensor:
    """IoU less the distance of the centres and the difference of the shapes."""
    overlap = iou(a, b)
    frame = torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])
    diagonal = (frame**2).sum(-1) + 1e-7
    apart = ((a[..., :2] + a[..., 2:] - b[..., :2] - b[..., 2:]) ** 2).sum(-1) / 4
    angle_a, angle_b = (torch.atan(s[..., 0] / (s[..., 1] + 1e-7)) for s in (sizes(a), sizes(b)))
    shape = 4 / math.pi**2 * (angle_a - angle_b) ** 2
    with torch.no_grad():
        share = shape / (1 - overlap + shape + 1e-7)
    return overlap - apart / diagonal - share * shape
