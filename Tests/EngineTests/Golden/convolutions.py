"""Convolutions and dense layers: `python convolutions.py > convolutions.json` (PyTorch 2.15).

Inputs, weights, biases and gradients are sines and cosines of integers, as in the test. Of each result
every n-th value is kept, about 24; n is odd, so that all channels occur.
"""
import json

import torch
import torch.nn.functional as F


def sines(*shape):
    return torch.sin(torch.arange(torch.Size(shape).numel(), dtype=torch.float32)).reshape(shape)


def cosines(*shape):
    return torch.cos(torch.arange(torch.Size(shape).numel(), dtype=torch.float32)).reshape(shape)


def some(tensor):
    values = tensor.detach().flatten().double()
    step = len(values) // 24 | 1
    return {"shape": list(tensor.shape), "step": step,
            "values": [float(f"{v:.7g}") for v in values[::step]]}


def results(x, weight, bias, forward):
    for leaf in (x, weight, bias):
        leaf.requires_grad_()
    y = forward(x, weight, bias)
    y.backward(cosines(*y.shape))
    return {"y": some(y), "dx": some(x.grad), "weight": some(weight.grad), "bias": some(bias.grad)}


def same(picture, kernel, stride):
    """TensorFlow's padding: the odd row below, the odd column on the right."""
    total = max(0, (-(-picture.shape[2] // stride) - 1) * stride + kernel - picture.shape[2])
    return F.pad(picture, (total // 2, total - total // 2) * 2)


def convolution(name, shape, outputs, kernel, stride=1, padding=0, dilation=1, groups=1):
    def forward(x, weight, bias):
        nchw = x.permute(0, 3, 1, 2)
        if padding == "same":
            nchw = same(nchw, kernel, stride)
            return F.conv2d(nchw, weight, bias, stride, 0, dilation, groups).permute(0, 2, 3, 1)
        return F.conv2d(nchw, weight, bias, stride, padding, dilation, groups).permute(0, 2, 3, 1)

    return {
        "name": name, "input": shape, "outputs": outputs, "kernel": kernel, "stride": stride,
        **({"isSame": True} if padding == "same" else {"padding": padding}),
        "dilation": dilation, "groups": groups,
        **results(sines(*shape), sines(outputs, shape[3] // groups, kernel, kernel),
                  cosines(outputs), forward),
    }


if __name__ == "__main__":
    cases = [
        convolution("3x3, odd", [2, 5, 7, 3], 4, 3, padding=1),
        convolution("one pixel, one channel", [1, 1, 1, 1], 1, 1),
        convolution("no padding", [1, 6, 5, 2], 3, 3),
        convolution("stride 3", [1, 10, 8, 3], 5, 4, stride=3, padding=2),
        convolution("dilation 2", [1, 9, 7, 3], 4, 3, padding=2, dilation=2),
        convolution("two groups", [2, 6, 5, 4], 6, 3, padding=1, groups=2),
        convolution("depthwise", [1, 7, 6, 5], 5, 3, stride=2, padding=1, groups=5),
        convolution("depthwise, two outputs an input", [1, 5, 5, 3], 6, 3, padding=1, groups=3),
        convolution("four groups of 8", [1, 6, 7, 32], 32, 3, padding=1, groups=4),
        convolution("two groups of 32, stride 2", [1, 5, 6, 64], 64, 3, stride=2, padding=1, groups=2),
        convolution("Winograd, 3x3", [2, 9, 8, 16], 16, 3, padding=1),
        convolution("Winograd, 5x5 at stride 2", [2, 18, 15, 16], 12, 5, stride=2, padding=2),
        convolution("blocks of 2x2 pixels", [1, 8, 6, 16], 3, 5, padding=2),
        convolution("same padding, even", [2, 8, 8, 3], 16, 3, stride=2, padding="same"),
        convolution("same padding, odd", [1, 7, 7, 12], 4, 3, stride=2, padding="same"),
        convolution("same padding, depthwise", [1, 6, 6, 16], 16, 5, stride=2, padding="same", groups=16),
    ]
    dense = {"name": "dense", "input": [3, 7], "outputs": 5,
             **results(sines(3, 7), sines(5, 7), cosines(5), F.linear)}
    print("[\n" + ",\n".join(json.dumps(case) for case in cases + [dense]) + "\n]")
