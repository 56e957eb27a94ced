"""Trains the instance segmenter of the sample project "plate defects" on drawn plates. See README.md."""

import argparse
from functools import partial
from pathlib import Path

import torch

from mask_losses import InstanceLoss
from plate_crops import PlateSampler
from plates import CLASSES
from segmenters import InstanceSegmenter
from trainer import Plan, train

SIDE = 448  # of the model's input
CROP = 256
BATCH = 8  # in each process
FOCAL_STEPS = 150
FIRST_SEED = 100_000


def main():
    options = arguments()
    make_loss = partial(loss_of_process, plates=options.plates)
    plan = Plan(options.steps, options.checkpoint, options.processes)
    train(partial(InstanceSegmenter, len(CLASSES)), make_loss, plan)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True, help="file to write the weights to")
    parser.add_argument("--plates", type=int, default=500, help="how many each process draws to train on")
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def loss_of_process(rank: int, plates: int):
    """The loss of one process's own random crops of its own plates."""
    first = FIRST_SEED + rank * plates
    sampler = PlateSampler(range(first, first + plates), SIDE, CROP, seed=rank)
    criterion = InstanceLoss(CROP, len(CLASSES), FOCAL_STEPS)

    def loss(network, step: int) -> torch.Tensor:
        pixels, shown = sampler.batch(BATCH)
        return criterion(network(torch.from_numpy(pixels)), shown, step)

    return loss


if __name__ == "__main__":
    main()
