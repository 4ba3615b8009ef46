#!/usr/bin/env python3
"""The PyTorch peer of `dflab bench detect`: training steps or inference.

    pip install numpy torch
    python3 detect.py --model efficientnet-b0 --mode train --batch 32

Measures forward, backward and AdamW on a fixed batch, or the forward pass in inference mode. Tries both
memory layouts and prints the faster one in faces per second, the median over --repeats. Of networks that
look at clips, --batch counts clips, whose frames count as faces.
"""
import argparse
import json
import os
import statistics
import sys
import time

import torch
import torch.nn.functional as F

sys.path.append(os.path.join(os.path.dirname(__file__), "../DetectionTests/Golden"))
from networks import FRAMES, NETWORKS, Builder, RandomSource  # noqa: E402


def measure(arguments, layout):
    model = NETWORKS[arguments.model](Builder(RandomSource(1)), arguments.size)
    size, frames = arguments.size, FRAMES.get(arguments.model)
    shape = (arguments.batch, size, size) if frames is None else (arguments.batch, frames, size, size)
    if layout == "nhwc":
        is_volume = any(weight.dim() == 5 for weight in model.parameters())
        model = model.to(memory_format=torch.channels_last_3d if is_volume else torch.channels_last)
        x = torch.rand(*shape, 3).movedim(-1, -3)
    else:
        x = torch.rand(*shape[:-2], 3, *shape[-2:])
    labels = (torch.arange(arguments.batch) % 2).float()[:, None]
    optimizer = torch.optim.AdamW(model.parameters(), 1e-3, fused=True)

    def train():
        F.binary_cross_entropy_with_logits(model(x), labels).backward()
        optimizer.step()
        optimizer.zero_grad()

    @torch.inference_mode()
    def infer():
        model(x)

    model.train(arguments.mode == "train")
    run = train if arguments.mode == "train" else infer
    for _ in range(2):
        run()
    times = []
    for _ in range(arguments.repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return arguments.batch * (frames or 1) / statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--model", choices=NETWORKS, default="efficientnet-b0")
    parser.add_argument("--mode", choices=["train", "infer"], default="train")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    rates = {layout: measure(arguments, layout) for layout in ["nchw", "nhwc"]}
    best = max(rates, key=rates.get)
    print(json.dumps({"model": arguments.model, "mode": arguments.mode, "layout": best,
                      "batch": arguments.batch, "frames": FRAMES.get(arguments.model), "threads": arguments.threads,
                      "faces_per_second": rates[best], "all": rates}))


if __name__ == "__main__":
    main()
