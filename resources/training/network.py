"""The networks: a small backbone, and a detector and a classifier on it. segmenters.py has those that draw masks."""

import torch
from torch import nn
from torch.nn import functional as F

STRIDE = 8


class ConvBlock(nn.Sequential):
    """Convolution, batch norm, ReLU."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 3, stride: int = 1):
        super().__init__(
            nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
        )


class Bottleneck(nn.Module):
    def __init__(self, channels: int, shortcut: bool):
        super().__init__()
        self.layers = nn.Sequential(ConvBlock(channels, channels), ConvBlock(channels, channels))
        self.shortcut = shortcut

    def forward(self, x):
        return x + self.layers(x) if self.shortcut else self.layers(x)


class SplitBlock(nn.Module):
    """Splits its channels, runs one half through bottlenecks and joins all that came out on the way."""

    def __init__(self, inputs: int, outputs: int, count: int, shortcut: bool = True):
        super().__init__()
        half = outputs // 2
        self.enter = ConvBlock(inputs, outputs, 1)
        self.blocks = nn.ModuleList(Bottleneck(half, shortcut) for _ in range(count))
        self.leave = ConvBlock(half * (2 + count), outputs, 1)

    def forward(self, x):
        parts = list(self.enter(x).chunk(2, 1))
        for block in self.blocks:
            parts.append(block(parts[-1]))
        return self.leave(torch.cat(parts, 1))


class Backbone(nn.Module):
    """Pictures of 0 to 1 in, 64 channels at an eighth of their size out, with context from a thirty-second.

    It sees grey (line scans are black and white) unless `colour` is asked for.
    """

    def __init__(self, colour: bool = False):
        super().__init__()
        self.colour = colour
        self.stem = nn.Sequential(ConvBlock(48 if colour else 16, 32), ConvBlock(32, 32))
        self.to8 = nn.Sequential(ConvBlock(32, 64, stride=2), SplitBlock(64, 64, 2))
        self.to16 = nn.Sequential(ConvBlock(64, 128, stride=2), SplitBlock(128, 128, 2))
        self.to32 = nn.Sequential(ConvBlock(128, 128, stride=2), SplitBlock(128, 128, 1))
        self.join16 = SplitBlock(256, 64, 1, shortcut=False)
        self.join8 = SplitBlock(128, 64, 1, shortcut=False)

    def forward(self, images):
        return self.fine_and_coarse(images)[1]

    def fine_and_coarse(self, images):
        """32 channels at a quarter of the size, that know little around them, and what `forward` gives."""
        seen = images if self.colour else images.mean(1, keepdim=True)
        at4 = self.stem(F.pixel_unshuffle(seen, 4))
        at8 = self.to8(at4)
        at16 = self.to16(at8)
        at32 = self.to32(at16)
        at16 = self.join16(torch.cat((doubled(at32), at16), 1))
        return at4, self.join8(torch.cat((doubled(at16), at8), 1))


def doubled(x):
    return F.interpolate(x, scale_factor=2.0, mode="nearest")


class Detector(nn.Module):
    """One box a cell of 8 x 8 px: logits [B, classes, cells] and distances to its four sides [B, 4, cells] in px."""

    def __init__(self, classes: int, colour: bool = False):
        super().__init__()
        self.backbone = Backbone(colour)
        self.score = nn.Sequential(ConvBlock(64, 64), nn.Conv2d(64, classes, 1))
        self.sides = nn.Sequential(ConvBlock(64, 64), nn.Conv2d(64, 4, 1))
        nn.init.constant_(self.score[-1].bias, -4.6)

    def forward(self, images):
        return self.found(self.backbone(images))

    def found(self, features):
        sides = 16 * self.sides(features).clamp(-3, 3).exp()
        return self.score(features).flatten(2), sides.flatten(2)


class DetectorForExport(nn.Module):
    """YOLOv8's layout: [B, 4 + classes, cells] with cx, cy, w, h in px of the input, then probabilities."""

    def __init__(self, detector: Detector, width: int, height: int):
        super().__init__()
        self.detector = detector
        self.register_buffer("centres", cell_centres(width, height).T[None])

    def forward(self, images):
        return self.columns(*self.detector(images))

    def columns(self, logits, sides):
        top_left, bottom_right = sides.chunk(2, 1)
        middle = self.centres + (bottom_right - top_left) / 2
        return torch.cat((middle, top_left + bottom_right, logits.sigmoid()), 1)


class Classifier(nn.Module):
    """A board is as defective as its worst place: one logit a cell, the greatest decides. Out: [B, 2] (good, defective)."""

    def __init__(self):
        super().__init__()
        self.backbone = Backbone()
        self.place = nn.Sequential(ConvBlock(64, 64), nn.Conv2d(64, 1, 1))
        nn.init.constant_(self.place[-1].bias, -4.6)

    def places(self, images):
        return self.place(self.backbone(images))

    def forward(self, images):
        defective = self.places(images).amax((2, 3)).sigmoid()
        return torch.cat((1 - defective, defective), 1)


def cell_centres(width: int, height: int) -> torch.Tensor:
    """[cells, 2]: x and y of each cell's centre, row by row."""
    y, x = torch.meshgrid(torch.arange(height // STRIDE), torch.arange(width // STRIDE), indexing="ij")
    return (torch.stack((x, y), -1).reshape(-1, 2) + 0.5) * STRIDE


def fuse_norms(network: nn.Module) -> nn.Module:
    """Folds every batch norm into the convolution before it, for a smaller and faster file."""
    network.eval()
    for block in [m for m in network.modules() if isinstance(m, ConvBlock)]:
        block[0] = nn.utils.fusion.fuse_conv_bn_eval(block[0], block[1])
        block[1] = nn.Identity()
    return network
