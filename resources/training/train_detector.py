"""Trains the detector of the sample project "bare boards" on DeepPCB. See README.md."""

import argparse
from functools import partial
from pathlib import Path

import torch

from crops import CropSampler
from dataset import CLASSES, read_boards, split_names
from detection_loss import DetectionLoss
from network import Detector
from sheets import drawn_boards
from trainer import Plan, train

CROP = 224
BATCH = 16  # in each process; smaller ones waste time
FOCAL_STEPS = 200
DRAWN_BOARDS, FIRST_SEED = 80, 10_000


def main():
    options = arguments()
    make_loss = partial(loss_of_process, data=options.data, hold_out=options.hold_out)
    train(partial(Detector, len(CLASSES)), make_loss, Plan(options.steps, options.checkpoint, options.processes))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="DeepPCB's folder, with images/ and labels/")
    parser.add_argument("--checkpoint", type=Path, required=True, help="file to write the weights to")
    parser.add_argument("--hold-out", default="100", help="how many pictures not to train on, or groups: 13000,77000")
    parser.add_argument("--steps", type=int, default=2200)
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def loss_of_process(rank: int, data: Path, hold_out: str):
    """The loss of one process's own random crops."""
    boards = read_boards(data)
    trained, _ = split_names([board.name for board in boards], hold_out)
    boards = [board for board in boards if board.name in trained] + drawn_boards(DRAWN_BOARDS, FIRST_SEED)
    sampler = CropSampler(boards, CROP, seed=rank)
    criterion = DetectionLoss(CROP, len(CLASSES), FOCAL_STEPS)

    def loss(network, step: int) -> torch.Tensor:
        pixels, defects = sampler.batch(BATCH)
        return criterion(network(torch.from_numpy(pixels)), defects, step)

    return loss


if __name__ == "__main__":
    main()
