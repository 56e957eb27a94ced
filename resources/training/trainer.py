"""Trains a network in several single-thread processes that average their gradients.

On a few shared cores this is faster and steadier than one process with several threads.
"""

import copy
import math
import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import torch
import torch.distributed as distributed
import torch.multiprocessing as multiprocessing
from torch import nn


@dataclass
class Plan:
    """How to train: `steps` of all processes together; rates and averaging as the optimiser takes them."""

    steps: int
    checkpoint: Path
    processes: int = 2
    rate: float = 3e-3
    warm_up: int = 100
    weight_decay: float = 0.02
    average: float = 0.998
    save_every: int = 200


def train(make_network: Callable[[], nn.Module], make_loss: Callable[[int], Callable], plan: Plan):
    """`make_loss(rank)` gives each process its `loss(network, step)`; the averaged network is saved as it goes."""
    port = free_port()
    multiprocessing.spawn(work, (port, make_network, make_loss, plan), nprocs=plan.processes)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def work(rank: int, port: int, make_network, make_loss, plan: Plan):
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    distributed.init_process_group("gloo", rank=rank, world_size=plan.processes)
    torch.set_num_threads(1)
    loss_of = make_loss(rank)
    torch.manual_seed(0)  # the same first weights everywhere
    network = make_network().train()
    average, optimiser = copy.deepcopy(network).eval(), make_optimiser(network, plan)
    began = time.time()
    for step in range(plan.steps):
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, plan)
        loss = loss_of(network, step)
        optimiser.zero_grad()
        loss.backward()
        share_gradients(network, plan.processes)
        nn.utils.clip_grad_norm_(network.parameters(), 10)
        optimiser.step()
        follow(average, network, plan.average, step)
        if rank == 0:
            report_and_save(average, loss.item(), step, time.time() - began, plan)
    distributed.destroy_process_group()


def going_on(make_network: Callable[[], nn.Module], start: Path | None) -> nn.Module:
    """A network with the weights of an earlier training, if there are any."""
    network = make_network()
    if start:
        network.load_state_dict(torch.load(start, map_location="cpu"))
    return network


def in_half(network: nn.Module, pixels: torch.Tensor):
    """The network's outputs, computed in bfloat16: six times as fast where the processor knows it (AVX-512 BF16)."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        outputs = network(pixels.contiguous(memory_format=torch.channels_last))
    return tuple(o.float() for o in outputs) if isinstance(outputs, tuple) else outputs.float()


def make_optimiser(network: nn.Module, plan: Plan) -> torch.optim.Optimizer:
    """No weight decay on norms and biases."""
    matrices = [p for p in network.parameters() if p.ndim > 1]
    others = [p for p in network.parameters() if p.ndim <= 1]
    return torch.optim.AdamW(
        [{"params": matrices, "weight_decay": plan.weight_decay}, {"params": others, "weight_decay": 0.0}], lr=plan.rate
    )


def rate_at(step: int, plan: Plan) -> float:
    """A straight warm-up, then a cosine down to a fiftieth."""
    if step < plan.warm_up:
        return plan.rate * (step + 1) / plan.warm_up
    done = (step - plan.warm_up) / max(1, plan.steps - plan.warm_up)
    return plan.rate * (0.02 + 0.98 * (1 + math.cos(math.pi * done)) / 2)


def share_gradients(network: nn.Module, processes: int):
    gradients = [p.grad for p in network.parameters() if p.grad is not None]
    flat = torch.cat([g.flatten() for g in gradients])
    distributed.all_reduce(flat)
    for gradient, mean in zip(gradients, (flat / processes).split([g.numel() for g in gradients])):
        gradient.copy_(mean.view_as(gradient))


@torch.no_grad()
def follow(average: nn.Module, network: nn.Module, most: float, step: int):
    """Moves the averaged weights towards the trained ones, faster in the beginning."""
    keep = min(most, (1 + step) / (10 + step))
    for mean, value in zip(average.state_dict().values(), network.state_dict().values()):
        if mean.is_floating_point():
            mean.lerp_(value, 1 - keep)
        else:
            mean.copy_(value)


def report_and_save(average: nn.Module, loss: float, step: int, seconds: float, plan: Plan):
    if (step + 1) % 20 == 0:
        print(f"step {step + 1}/{plan.steps}  loss {loss:.3f}  {seconds:.0f} s", flush=True)
    if (step + 1) % plan.save_every == 0 or step + 1 == plan.steps:
        partial = plan.checkpoint.with_suffix(".partial")
        torch.save(average.state_dict(), partial)
        partial.replace(plan.checkpoint)
