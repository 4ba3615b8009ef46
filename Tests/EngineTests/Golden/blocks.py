"""Gates and self-attention: `python blocks.py > blocks.json` (PyTorch 2.15).

Inputs and weights are sines of integers, gradients cosines, as in the test. Of each result every n-th
value is kept, about 24.
"""
import json

import torch
import torch.nn.functional as F

from convolutions import cosines, sines, some


def results(x, weights, forward):
    for leaf in (x, *weights.values()):
        leaf.requires_grad_()
    y = forward(x, **weights)
    y.backward(cosines(*y.shape))
    return {"input": list(x.shape), "y": some(y), "dx": some(x.grad),
            "gradients": {name: some(weight.grad) for name, weight in weights.items()}}


def excite(x, reduce, expand):
    gate = torch.sigmoid(F.silu(x.mean((1, 2)) @ reduce.T) @ expand.T)
    return x * gate[:, None, None]


def attention(x, query, key, value, gain):
    pixels = x.flatten(1, 2)
    q, k, v = pixels @ query.T, pixels @ key.T, pixels @ value.T
    return x + gain * (torch.softmax(q @ k.transpose(1, 2), -1) @ v).reshape(x.shape)


print(json.dumps({
    "excite": results(sines(2, 3, 4, 6), {"reduce": sines(2, 6), "expand": sines(6, 2)}, excite),
    "attention": results(
        sines(2, 3, 4, 16),
        {"query": sines(2, 16), "key": sines(2, 16), "value": sines(16, 16),
         "gain": torch.tensor([0.7])}, attention),
}, indent=1))
