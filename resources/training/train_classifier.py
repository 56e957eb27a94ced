"""Trains the classifier of the sample project "board check": good or defective. See README.md.

It starts from a detector's backbone; give one that was trained with the same `--hold-out`, or the figures flatter.
"""

import argparse
import math
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from boxes import suppress
from crops import CropSampler
from dataset import CLASSES, Board, read_boards, split_names
from network import Classifier, Detector, cell_centres
from sheets import drawn_boards
from trainer import Plan, train

CROP = 320
BOARD = 640
BATCH = 8  # in each process
GOOD_WEIGHT = 4  # there are far fewer good boards than defective ones
DRAWN_BOARDS, FIRST_SEED = 60, 20_000
LEAST_VISIBLE = 0.15
DRAWN_DEFECTS = 0.25
DECOY, DECOYS = 0.1, 8  # least confidence, most of one board


def main():
    options = arguments()
    make_loss = partial(loss_of_process, data=options.data, hold_out=options.hold_out, detector=options.detector)
    plan = Plan(options.steps, options.checkpoint, options.processes, rate=1e-3, average=0.995)
    train(partial(classifier_from, options.detector), make_loss, plan)
    less_alarm_per_place(options.checkpoint)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="DeepPCB's folder, with images/, labels/ and clean/")
    parser.add_argument("--detector", type=Path, required=True, help="weights of train_detector.py, to start from")
    parser.add_argument("--checkpoint", type=Path, required=True, help="file to write the weights to")
    parser.add_argument("--hold-out", default="100", help="as for train_detector.py")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def classifier_from(detector: Path) -> Classifier:
    classifier = Classifier()
    weights = torch.load(detector, map_location="cpu")
    classifier.load_state_dict({k: v for k, v in weights.items() if k.startswith("backbone.")}, strict=False)
    return classifier


def less_alarm_per_place(checkpoint: Path):
    """A whole board has more places than a crop, and so more chances of a false alarm: each gets that much less likely."""
    weights = torch.load(checkpoint)
    weights["place.1.bias"] -= math.log((BOARD / CROP) ** 2)
    torch.save(weights, checkpoint)


def loss_of_process(rank: int, data: Path, hold_out: str, detector: Path):
    """The loss of one process's own random crops."""
    boards = boards_to_train(data, hold_out, detector_from(detector))
    sampler = CropSampler(boards, CROP, seed=rank, drawn=DRAWN_DEFECTS, least_visible=LEAST_VISIBLE)
    centres = cell_centres(CROP, CROP)

    def loss(network: Classifier, step: int) -> torch.Tensor:
        pixels, defects = sampler.batch(BATCH)
        logits = network.places(torch.from_numpy(pixels)).flatten(1)
        return place_loss(logits, defects, centres) + board_loss(logits, defects)

    return loss


def detector_from(path: Path) -> Detector:
    detector = Detector(len(CLASSES))
    detector.load_state_dict(torch.load(path, map_location="cpu"))
    return detector.eval()


def boards_to_train(data: Path, hold_out: str, detector: Detector) -> list[Board]:
    """Good and defective boards, real and drawn.

    A good board bears the name of its defective twin: both are held out, or none.
    """
    defective, good = read_boards(data), read_boards(data, "clean")
    names, _ = split_names([board.name for board in defective], hold_out)
    good = [replace(board, decoys=find_decoys(detector, board)) for board in good if board.name in names]
    drawn = drawn_boards(DRAWN_BOARDS, FIRST_SEED) + drawn_boards(DRAWN_BOARDS, FIRST_SEED + DRAWN_BOARDS, defects=0)
    return [board for board in defective if board.name in names] + GOOD_WEIGHT * good + drawn


@torch.no_grad()
def find_decoys(detector: Detector, board: Board) -> np.ndarray:
    """Where the detector sees defects on a good board: holes, fiducials, links that are meant to be."""
    logits, sides = (output[0].T for output in detector(torch.from_numpy(board.pixels)[None, None].float() / 255))
    confidence, kinds = logits.sigmoid().max(1)
    centres = cell_centres(*board.pixels.shape[::-1])
    boxes = torch.cat((centres - sides[:, :2], centres + sides[:, 2:]), 1)
    found = torch.cat((boxes, confidence[:, None], kinds[:, None]), 1).numpy()
    found = found[np.argsort(-found[:, 4])]
    return suppress(found[found[:, 4] > DECOY], overlap=0.3)[:DECOYS][:, [0, 1, 2, 3, 5]].astype(np.float32)


def place_loss(logits: torch.Tensor, defects: list[np.ndarray], centres: torch.Tensor) -> torch.Tensor:
    """Each place says whether it lies in the middle of a defect; the rim of a defect's box does not count."""
    middle = torch.stack([covered(d, centres, shrink=0.25) for d in defects])
    rim = torch.stack([covered(d, centres, shrink=-0.1) for d in defects]) & ~middle
    loss = F.binary_cross_entropy_with_logits(logits, middle.float(), reduction="none")
    focus = (logits.detach().sigmoid() - middle.float()) ** 2
    return (loss * focus)[~rim].sum() / middle.sum().clamp(min=1)


def covered(defects: np.ndarray, centres: torch.Tensor, shrink: float) -> torch.Tensor:
    """Which cells' centres lie in any of the boxes, each side moved inwards by `shrink` of its length."""
    boxes = torch.from_numpy(defects[:, :4])
    inwards = shrink * (boxes[:, 2:] - boxes[:, :2])
    after = centres[:, None] > boxes[None, :, :2] + inwards
    before = centres[:, None] < boxes[None, :, 2:] - inwards
    return (after & before).all(-1).any(-1)


def board_loss(logits: torch.Tensor, defects: list[np.ndarray]) -> torch.Tensor:
    """The worst place decides, as it does when the model is used."""
    defective = torch.tensor([float(len(d) > 0) for d in defects])
    return F.binary_cross_entropy_with_logits(logits.amax(1), defective)


if __name__ == "__main__":
    main()
