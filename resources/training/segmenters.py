"""Two networks that draw masks, on the backbone of the others, in colour."""

import torch
from torch import nn

from network import Backbone, ConvBlock, Detector, DetectorForExport, doubled

PROTOTYPES = 32


class InstanceSegmenter(nn.Module):
    """A detector whose cells also mix their mask from common prototypes.

    Out: logits [B, classes, cells], sides [B, 4, cells], the mixtures [B, 32, cells], and the prototypes
    [B, 32, H/4, W/4]. A mask is where the mixture is above 0, within the box.
    """

    def __init__(self, classes: int):
        super().__init__()
        self.detector = Detector(classes, colour=True)
        self.mixture = nn.Sequential(ConvBlock(64, 64), nn.Conv2d(64, PROTOTYPES, 1))
        self.prototypes = nn.Sequential(ConvBlock(96, 48), ConvBlock(48, 48), nn.Conv2d(48, PROTOTYPES, 1))

    def forward(self, images):
        fine, coarse = self.detector.backbone.fine_and_coarse(images)
        logits, sides = self.detector.found(coarse)
        prototypes = self.prototypes(torch.cat((doubled(coarse), fine), 1))
        return logits, sides, self.mixture(coarse).flatten(2), prototypes


class InstanceSegmenterForExport(nn.Module):
    """YOLOv8-segment's layout: [B, 4 + classes + 32, cells] and the prototypes."""

    def __init__(self, segmenter: InstanceSegmenter, width: int, height: int):
        super().__init__()
        self.segmenter = segmenter
        self.boxes = DetectorForExport(segmenter.detector, width, height)

    def forward(self, images):
        logits, sides, mixture, prototypes = self.segmenter(images)
        return torch.cat((self.boxes.columns(logits, sides), mixture), 1), prototypes


class SemanticSegmenter(nn.Module):
    """PIDNet's layout: raw logits [B, classes, H/8, W/8], the background's first; pictures normalised as ImageNet's."""

    def __init__(self, classes: int):
        super().__init__()
        self.backbone = Backbone(colour=True)
        self.head = nn.Sequential(ConvBlock(64, 64), nn.Conv2d(64, classes, 1))

    def forward(self, images):
        return self.head(self.backbone(images))
