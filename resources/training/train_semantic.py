"""Trains the semantic segmenter of the sample project "plate surface" on drawn plates. See README.md."""

import argparse
from functools import partial
from pathlib import Path

import torch

from mask_losses import SemanticLoss
from plate_crops import PlateSampler
from plates import CLASSES
from reference import normalised
from segmenters import SemanticSegmenter
from trainer import Plan, going_on, in_half, train

SIDE = 640  # the longer one of the model's input
CROP = 320
BATCH = 8  # in each process
WEIGHTS = (0.6, 2.0, 1.5, 1.0)  # of the background and the classes
FIRST_SEED = 200_000


def main():
    options = arguments()
    make_loss = partial(loss_of_process, plates=options.plates, first_seed=options.first_seed)
    plan = Plan(options.steps, options.checkpoint, options.processes, options.rate, average=0.995)
    make_network = partial(going_on, partial(SemanticSegmenter, 1 + len(CLASSES)), options.start)
    train(make_network, make_loss, plan)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True, help="file to write the weights to")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--first-seed", type=int, default=FIRST_SEED, help="of the plates to train on")
    parser.add_argument("--plates", type=int, default=500, help="how many each process draws to train on")
    parser.add_argument("--steps", type=int, default=700)
    parser.add_argument("--processes", type=int, default=1)
    return parser.parse_args()


def loss_of_process(rank: int, plates: int, first_seed: int):
    """The loss of one process's own random crops of its own plates."""
    first = first_seed + rank * plates
    sampler = PlateSampler(range(first, first + plates), SIDE, CROP, seed=rank)
    criterion = SemanticLoss(WEIGHTS)

    def loss(network, step: int) -> torch.Tensor:
        pixels, shown = sampler.batch(BATCH)
        return criterion(in_half(network, torch.from_numpy(normalised(pixels))), shown)

    return loss


if __name__ == "__main__":
    main()
