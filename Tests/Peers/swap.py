#!/usr/bin/env python3
"""The PyTorch peer of `dflab bench swap --model original`: training steps or swaps.

    pip install numpy torch
    python3 swap.py --mode train --batch 16

The model is faceswap's `original` at 64x64; GenerationTests compare its losses with dflab's, step by step.
A training step is forward, mean absolute error of both sides, backward and Adam, on --batch faces of each
side; both sides count. A swap is the encoder and B's decoder. Tries both memory layouts unless --layout
names one, and prints the faster one in faces per second, the median over --repeats after two warm-up runs.
--precision bf16 is PyTorch's autocast, which is very slow on processors without bfloat16.
"""
import argparse
import json
import os
import resource
import statistics
import sys
import time

import torch
import torch.nn.functional as F

sys.path.append(os.path.join(os.path.dirname(__file__), "../GenerationTests/Golden"))
from models import OriginalDecoder, OriginalEncoder  # noqa: E402


class Chance:
    """Replaces RandomSource, since these weights need not equal Swift's."""

    def split(self, _):
        return self

    def uniform(self, low, high, shape):
        return torch.empty(shape).uniform_(low, high)


def measure(arguments, layout):
    torch.manual_seed(1)
    chance = Chance()
    encoder, *decoders = [
        module.to(memory_format=layout)
        for module in (OriginalEncoder(chance), OriginalDecoder(chance), OriginalDecoder(chance))]
    parameters = [p for module in (encoder, *decoders) for p in module.parameters()]
    optimizer = torch.optim.Adam(parameters, 5e-5, betas=(0.5, 0.999), fused=True)

    def faces():
        return torch.rand(arguments.batch, 3, 64, 64).to(memory_format=layout)

    inputs, targets = [[faces() for _ in "ab"] for _ in range(2)]
    autocast = torch.autocast("cpu", torch.bfloat16, enabled=arguments.precision == "bf16")

    def train():
        with autocast:
            made = [decoder(encoder(x)) for decoder, x in zip(decoders, inputs)]
        sum(F.l1_loss(y.float(), target) for y, target in zip(made, targets)).backward()
        optimizer.step()
        optimizer.zero_grad()

    @torch.inference_mode()
    def infer():
        with autocast:
            decoders[1](encoder(inputs[0]))

    run = train if arguments.mode == "train" else infer
    for _ in range(2):
        run()
    times = []
    for _ in range(arguments.repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    images = arguments.batch * (2 if arguments.mode == "train" else 1)
    return images / statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--mode", choices=["train", "infer"], default="train")
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="fp32")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--layout", choices=["nchw", "nhwc"])
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    layouts = {"nchw": torch.contiguous_format, "nhwc": torch.channels_last}
    rates = {name: measure(arguments, layout) for name, layout in layouts.items()
             if arguments.layout in (None, name)}
    best = max(rates, key=rates.get)
    print(json.dumps({
        "model": "original", "mode": arguments.mode, "precision": arguments.precision, "layout": best,
        "batch": arguments.batch, "threads": arguments.threads, "faces_per_second": rates[best],
        "all": rates, "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


if __name__ == "__main__":
    main()
