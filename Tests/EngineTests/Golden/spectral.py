"""A convolution under PyTorch's spectral norm: `python spectral.py > spectral.json` (PyTorch 2.15).

Inputs, weights and biases are sines and cosines of integers, as in the test; the right singular vector
starts as cosines. Two training passes, then the gradients of the second one and the inference output.
"""
import json

import torch
import torch.nn as nn
from torch.nn.utils.parametrizations import spectral_norm


def sines(*shape):
    return torch.arange(torch.Size(shape).numel()).sin().float().reshape(shape)


def cosines(*shape):
    return torch.arange(torch.Size(shape).numel()).cos().float().reshape(shape)


layer = nn.Conv2d(3, 4, 3, padding=1)
layer.weight.data, layer.bias.data = sines(4, 3, 3, 3), cosines(4)
layer = spectral_norm(layer)
norm = layer.parametrizations.weight[0]
norm._v.copy_(cosines(27) / cosines(27).norm())
x = sines(2, 5, 4, 3).permute(0, 3, 1, 2).requires_grad_(True)
first = layer(x)
second = layer(x)
second.backward(cosines(2, 5, 4, 4).permute(0, 3, 1, 2))
layer.eval()
inference = layer(x)


def nhwc(tensor):
    return tensor.detach().permute(0, 2, 3, 1).flatten().tolist()


def rounded(values):
    return [float(f"{value:.8g}") for value in values]


print(json.dumps({name: rounded(values) for name, values in {
    "first": nhwc(first), "second": nhwc(second), "inference": nhwc(inference),
    "dx": nhwc(x.grad), "weight": layer.parametrizations.weight.original.grad.flatten().tolist(),
    "bias": layer.bias.grad.flatten().tolist(), "u": norm._u.tolist(), "v": norm._v.tolist(),
}.items()}, indent=1))
