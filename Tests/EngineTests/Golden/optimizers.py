"""Five steps of each optimizer: `python optimizers.py > optimizers.json` (PyTorch 2.15)."""
import json

import torch

torch.manual_seed(3)
shapes = [(2, 3), (5,)]
start = [torch.randn(s) for s in shapes]
gradients = [[torch.randn(s) * 10.0 ** (i - 3) for s in shapes] for i in range(5)]


def flat(tensors):
    return [float(f"{v:.9g}") for t in tensors for v in t.flatten().tolist()]


def course(make, clipping=None):
    parameters = [torch.nn.Parameter(t.clone()) for t in start]
    optimizer = make(parameters)
    after = []
    for step in gradients:
        for parameter, gradient in zip(parameters, step):
            parameter.grad = gradient.clone()
        if clipping:
            torch.nn.utils.clip_grad_norm_(parameters, clipping)
        optimizer.step()
        after.append(flat(p.detach() for p in parameters))
    return after


print(json.dumps({
    "start": flat(start),
    "gradients": [flat(g) for g in gradients],
    "sgd": course(lambda p: torch.optim.SGD(p, lr=0.05)),
    "momentum": course(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)),
    "adam": course(lambda p: torch.optim.Adam(p, lr=0.05)),
    "adam, other betas": course(lambda p: torch.optim.Adam(p, lr=0.05, betas=(0.5, 0.99), eps=1e-3)),
    "adamW": course(lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1)),
    "adam, clipped": course(lambda p: torch.optim.Adam(p, lr=0.05), clipping=0.5),
}).replace("], [", "],\n ["))
