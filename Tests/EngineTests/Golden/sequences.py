"""Layers over sequences, volumes, capsules and spectra: `python sequences.py > sequences.json` (PyTorch 2.15).

Inputs are sines of integers, weights half of that, gradients cosines, as in the test. Of each result every
n-th value is kept, about 24.
"""
import json
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from convolutions import cosines, sines, some


def results(x, weights, forward):
    leaves = [x, *weights.values()]
    for leaf in leaves:
        leaf.requires_grad_()
    y = forward(x, weights)
    y.backward(cosines(*y.shape))
    return {"input": list(x.shape), "y": some(y), "dx": some(x.grad),
            "gradients": {name: some(weight.grad) for name, weight in weights.items()}}


def recurrent(kind, shape, hidden, last=False, **settings):
    layer = kind(shape[2], hidden, batch_first=True, **settings)
    for weight in layer.parameters():
        weight.data = 0.5 * sines(*weight.shape)
    weights = dict(layer.named_parameters())

    def forward(x, _):
        y, state = layer(x)
        state = state[0] if kind is nn.LSTM else state
        return torch.cat(list(state[-layer.bidirectional - 1:]), -1) if last else y

    x = sines(*shape).requires_grad_()
    y = forward(x, weights)
    y.backward(cosines(*y.shape))
    return {"input": list(shape), "y": some(y), "dx": some(x.grad),
            "gradients": {name: some(weight.grad) for name, weight in weights.items()}}


def channels_first(x):
    return x.permute(0, 4, 1, 2, 3)


def channels_last(x):
    return x.permute(0, 2, 3, 4, 1)


def padded(x, kernel, stride):
    """TensorFlow's padding of frames, rows and columns."""
    around = []
    for size, k, s in zip(x.shape[:1:-1], kernel[::-1], stride[::-1]):
        total = max(0, (-(-size // s) - 1) * s + k - size)
        around += [total // 2, total - total // 2]
    return F.pad(x, around)


def volume(shape, outputs, kernel, stride=(1, 1, 1), padding=(0, 0, 0)):
    def forward(x, w):
        x = channels_first(x)
        if padding == "same":
            x = padded(x, kernel, stride)
        return channels_last(F.conv3d(x, w["weight"], w["bias"], stride, 0 if padding == "same" else padding))

    return results(sines(*shape), {"weight": 0.5 * sines(outputs, shape[4], *kernel),
                                   "bias": 0.5 * sines(outputs)}, forward)


def pool(function, shape, *settings):
    return results(sines(*shape), {}, lambda x, _: channels_last(function(channels_first(x), *settings)))


def squash(x, dim):
    square = (x ** 2).sum(dim, keepdim=True)
    return square / (1 + square) * x / torch.sqrt(square)


def routing(x, weights, iterations=3):
    """RoutingLayer.forward of github.com/nii-yamagishilab/Capsule-Forensics-v2, model_big.py."""
    x = x.transpose(2, 1)
    priors = (weights["weight"][:, None] @ x[None, :, :, :, None]).transpose(1, 0)
    logits = torch.zeros(*priors.size())
    for i in range(iterations):
        probs = F.softmax(logits, dim=2)
        outputs = squash((probs * priors).sum(dim=2, keepdim=True), dim=3)
        if i != iterations - 1:
            logits = logits + priors * outputs
    return outputs.squeeze(4).squeeze(2).transpose(2, 1)


def statistics(x, _):
    return torch.stack((x.mean((1, 2)), x.flatten(1, 2).std(1)), -1)


def dct(n):
    rows = [[math.sqrt((1 if k == 0 else 2) / n) * math.cos((i + .5) * math.pi * k / n) for i in range(n)]
            for k in range(n)]
    return torch.tensor(rows)


def cosine(x, _, inverse=False):
    d, e = dct(x.shape[1]), dct(x.shape[2])
    d, e = (d.T, e.T) if inverse else (d, e)
    return (d @ x.permute(0, 3, 1, 2) @ e.T).permute(0, 2, 3, 1)


def fourier(x, _):
    z = torch.fft.fft2(x, dim=(1, 2))
    return torch.cat((z.real, z.imag), -1)


def complex_of(x):
    half = x.shape[-1] // 2
    return torch.complex(x[..., :half], x[..., half:])


def inverse(x, _):
    return torch.fft.ifft2(complex_of(x), dim=(1, 2)).real


def phase_only(x, _):
    return torch.fft.ifft2(torch.exp(1j * torch.angle(torch.fft.fft2(x, dim=(1, 2)))), dim=(1, 2)).real


def band(x, weights):
    """Filter of F3-Net: 1 where 2 <= i + j <= 4, plus the learned part."""
    base = torch.tensor([[1. if 2 <= i + j <= 4 else 0. for j in range(5)] for i in range(5)])
    return x * (base + 2 * torch.sigmoid(weights["weight"]) - 1)[:, :, None]


def statistics_of_bands(x, weights, size=4):
    """LFS_Head of github.com/yyk-wew/F3Net after its transform: three bands of 4×4 frequencies."""
    z = torch.log10(x.abs() + 1e-15).unflatten(3, (size, size))
    bands = []
    for m in range(3):
        start, end = size * 2. / 3 * m, size * 2. / 3 * (m + 1)
        base = torch.tensor([[0. if i + j > end or i + j < start else 1. for j in range(size)] for i in range(size)])
        mask = base + 2 * torch.sigmoid(weights["weight"][m]) - 1
        bands.append((z * mask / base.sum()).sum((3, 4)))
    return torch.stack(bands, 3)


def mix(x, weights):
    """MixBlock of github.com/yyk-wew/F3Net up to its last convolutions; rows as there."""
    first, second = x.chunk(2, 3)

    def planes(name):
        y = x @ weights[f"{name}.weight"][:, :, 0, 0].T + weights[f"{name}.bias"]
        return [half.permute(0, 3, 1, 2) for half in y.chunk(2, 3)]

    (q1, q2), (k1, k2) = planes("query"), planes("key")
    energy = torch.cat((q1, q2), 3) @ torch.cat((k1, k2), 3).transpose(2, 3)
    attention = torch.softmax(energy, 3).permute(0, 2, 3, 1)
    gain = torch.sigmoid(weights["gain"]) * 2 - 1
    return torch.cat((second * attention * gain[0], first * attention * gain[1]), 3)


def cross(x, weights):
    """DualCrossModalAttention of github.com/SCLBD/DeepfakeBench, srm_detector.py."""
    first, second = [half.flatten(1, 2) for half in x.chunk(2, 3)]

    def linear(x, name):
        weight = weights[f"{name}.weight"]
        return x @ weight.flatten(1).T + weights[f"{name}.bias"]

    a, b = linear(linear(first, "key1"), "shared"), linear(linear(second, "key2"), "shared")
    energy = a @ b.transpose(1, 2)
    on_first = torch.softmax(linear(energy, "score1"), 2) @ linear(second, "value2")
    on_second = torch.softmax(linear(energy.transpose(1, 2), "score2"), 2) @ linear(first, "value1")
    gain = weights["gain"]
    return torch.cat((first + gain[0] * on_first, second + gain[1] * on_second), 2).reshape(x.shape)


def heads(x, weights, count=3, first=False):
    """torch.nn.MultiheadAttention; with `first` the query is the first step."""
    c = x.shape[2]
    query = x[:, :1] if first else x
    y, _ = F.multi_head_attention_forward(
        query.transpose(0, 1), x.transpose(0, 1), x.transpose(0, 1), c, count,
        torch.cat([weights[f"{n}.weight"] for n in ("query", "key", "value")]),
        torch.cat([weights[f"{n}.bias"] for n in ("query", "key", "value")]), None, None, False, 0,
        weights["out.weight"], weights["out.bias"], need_weights=False)
    return y[0] if first else y.transpose(0, 1)


def tokens(x, weights):
    patches = F.conv2d(x.permute(0, 3, 1, 2), weights["patches.weight"], stride=2).flatten(2).transpose(1, 2)
    start = weights["class"].expand(len(x), 1, -1)
    return torch.cat((start, patches), 1) + weights["position"]


def linears(**shapes):
    weights = {}
    for name, shape in shapes.items():
        weights[f"{name}.weight"] = 0.5 * sines(*shape)
        weights[f"{name}.bias"] = 0.5 * sines(shape[0])
    return weights


def phasor(x, _):
    z = complex_of(x)
    return torch.cat(((z / z.abs()).real, (z / z.abs()).imag), -1)


print(json.dumps({
    "lstm": recurrent(nn.LSTM, (2, 3, 4), 5),
    "lstm, no bias": recurrent(nn.LSTM, (3, 4, 20), 17, bias=False),
    "lstm, two layers, both directions": recurrent(nn.LSTM, (2, 5, 3), 4, num_layers=2, bidirectional=True),
    "lstm, last, both directions": recurrent(nn.LSTM, (2, 4, 3), 4, last=True, bidirectional=True),
    "gru": recurrent(nn.GRU, (2, 3, 4), 5),
    "gru, two layers, both directions": recurrent(nn.GRU, (3, 4, 6), 16, num_layers=2, bidirectional=True),
    "gru, last": recurrent(nn.GRU, (1, 6, 3), 4, last=True, bias=False),
    "volume": volume((2, 4, 5, 6, 3), 4, (3, 3, 3), padding=(1, 1, 1)),
    "volume, stride 2": volume((1, 5, 7, 7, 9), 5, (3, 3, 3), (2, 2, 2), "same"),
    "volume, stem": volume((1, 4, 8, 8, 3), 17, (7, 7, 7), (2, 2, 2), "same"),
    "volume, frames alone": volume((2, 6, 1, 1, 2), 8, (5, 1, 1), (2, 1, 1), (2, 0, 0)),
    "volume, one pixel": volume((2, 3, 4, 4, 20), 18, (1, 1, 1)),
    "largest": pool(F.max_pool3d, (1, 4, 6, 5, 3), (3, 3, 3), (2, 2, 2), (1, 1, 1)),
    "average": pool(F.avg_pool3d, (2, 3, 7, 7, 2), (2, 7, 7), (1, 1, 1)),
    "squash": results(sines(2, 3, 5), {}, lambda x, _: squash(x, -1)),
    "routing": results(sines(3, 8, 10), {"weight": 0.5 * sines(2, 10, 4, 8)}, routing),
    "statistics": results(sines(2, 4, 3, 5), {}, statistics),
    "cosine": results(sines(2, 6, 5, 3), {}, cosine),
    "cosine, inverse": results(sines(1, 8, 8, 2), {}, lambda x, _: cosine(x, _, True)),
    "fourier": results(sines(2, 6, 5, 3), {}, fourier),
    "fourier, inverse": results(sines(1, 4, 7, 4), {}, inverse),
    "phase only": results(sines(1, 8, 6, 1), {}, phase_only),
    "phasor": results(sines(2, 3, 2, 4), {}, phasor),
    "magnitude": results(sines(2, 3, 2, 4), {}, lambda x, _: complex_of(x).abs()),
    "phase": results(sines(2, 3, 2, 4), {}, lambda x, _: complex_of(x).angle()),
    "band": results(sines(2, 5, 5, 3), {"weight": 0.5 * sines(5, 5)}, band),
    "statistics of bands": results(sines(2, 3, 3, 16), {"weight": 0.5 * sines(3, 4, 4)}, statistics_of_bands),
    "mix attention": results(
        sines(2, 4, 4, 6), {"gain": 0.5 * sines(2), **linears(query=(6, 6, 1, 1), key=(6, 6, 1, 1))}, mix),
    "cross attention": results(
        sines(2, 2, 3, 32), {"gain": 0.5 * sines(2), **linears(
            key1=(2, 16, 1, 1), key2=(2, 16, 1, 1), shared=(2, 2, 1, 1), score1=(6, 6), score2=(6, 6),
            value1=(16, 16, 1, 1), value2=(16, 16, 1, 1))}, cross),
    "heads": results(
        sines(2, 5, 6), linears(query=(6, 6), key=(6, 6), value=(6, 6), out=(6, 6)), heads),
    "heads, first": results(
        sines(2, 5, 6), linears(query=(6, 6), key=(6, 6), value=(6, 6), out=(6, 6)),
        lambda x, w: heads(x, w, 2, True)),
    "tokens": results(
        sines(2, 4, 6, 3), {"class": 0.5 * sines(5), "position": 0.5 * sines(7, 5),
                            "patches.weight": 0.5 * sines(5, 3, 2, 2)}, tokens),
    "largest channel": results(sines(2, 3, 2, 5), {}, lambda x, _: x.amax(3, keepdim=True)),
    "first over time": results(sines(2, 3, 4), {}, lambda x, _: x[:, 0]),
    "mean over time": results(sines(2, 3, 4), {}, lambda x, _: x.mean(1)),
    "largest over time": results(sines(2, 5, 2, 3, 2), {}, lambda x, _: x.amax(1)),
}, indent=1))
