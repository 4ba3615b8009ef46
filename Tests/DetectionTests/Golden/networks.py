#!/usr/bin/env python3
"""Ten training steps of each detector network in PyTorch, from the weights that Swift draws.

    pip install numpy torch opencv-python-headless && python3 networks.py > networks.json

Four random pictures, or clips of a few frames, two of them fake, binary cross-entropy of one logit, SGD with momentum 0.9.
Dropout and stochastic depth are off, because each program has its own random numbers.
"""
import json
import os
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

sys.path.append(os.path.join(os.path.dirname(__file__), "../../GenerationTests/Golden"))
from models import RandomSource  # noqa: E402


class Builder:
    """Builds layers whose weights come from one random source, in the order of construction."""

    def __init__(self, chance):
        self.chance = chance

    def drawn(self, layer, fan_in):
        bound = (6 / fan_in) ** 0.5
        layer.weight.data = self.chance.uniform(-bound, bound, tuple(layer.weight.shape))
        if layer.bias is not None:
            layer.bias.data.zero_()
        return layer

    def conv(self, i, o, k, s=1, padding=None, dilation=1, groups=1, bias=False):
        padding = dilation * (k - 1) // 2 if padding is None else padding
        return self.drawn(nn.Conv2d(i, o, k, s, padding, dilation, groups, bias), i // groups * k * k)

    def dense(self, i, o):
        return self.drawn(nn.Linear(i, o), i)

    def recurrent(self, kind, i, hidden, **settings):
        layer = kind(i, hidden, batch_first=True, **settings)
        for weight in layer.parameters():
            bound = hidden ** -0.5
            weight.data = self.chance.uniform(-bound, bound, tuple(weight.shape))
        return layer

    def norm_conv(self, i, o, k, s=1, groups=1, act=None, same=False, eps=1e-5):
        padding = 0 if same else None
        layers = [self.conv(i, o, k, s, padding, groups=groups), nn.BatchNorm2d(o, eps)]
        return nn.Sequential(*([Same(k, s)] if same else []), *layers, *([act()] if act else []))


class Rows(nn.Module):
    """Flattens in the order height, width, channels."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


class Same(nn.Module):
    """TensorFlow's padding: the odd row below, the odd column on the right."""

    def __init__(self, k, s):
        super().__init__()
        self.k, self.s = k, s

    def forward(self, x):
        total = max(0, (-(-x.shape[2] // self.s) - 1) * self.s + self.k - x.shape[2])
        return F.pad(x, (total // 2, total - total // 2) * 2)


class Mean(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


def shallow(b, side):
    return nn.Sequential(Rows(), b.dense(side * side * 3, 128), nn.ReLU(), b.dense(128, 1))


def cnn(b, side):
    layers = []
    for i, o in [(3, 32), (32, 64), (64, 128)]:
        layers += [b.conv(i, o, 3, bias=True), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, Mean(), b.dense(128, 1))


def cnn_bn(b, side):
    layers = []
    for i, o in [(3, 64), (64, 128), (128, 512)]:
        layers += [b.norm_conv(i, o, 5, act=nn.ReLU), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, Mean(), b.dense(512, 1))


class Attention(nn.Module):
    def __init__(self, b, c):
        super().__init__()
        self.query, self.key = b.conv(c, c // 8, 1, bias=True), b.conv(c, c // 8, 1, bias=True)
        self.value, self.gain = b.conv(c, c, 1, bias=True), nn.Parameter(torch.zeros(1))

    def forward(self, x):
        n, c, h, w = x.shape
        q, k, v = [m(x).flatten(2) for m in (self.query, self.key, self.value)]
        shares = torch.softmax(q.transpose(1, 2) @ k, -1)
        return x + self.gain * (v @ shares.transpose(1, 2)).view(n, c, h, w)


def c5(b, side):
    layers = []
    for i, o in [(3, 32), (32, 64), (64, 128), (128, 256)]:
        layers.append(b.norm_conv(i, o, 3, 2, act=nn.ReLU))
        if o >= 128:
            layers.append(Attention(b, o))
    return nn.Sequential(*layers, b.norm_conv(256, 256, 3, act=nn.ReLU), Mean(), b.dense(256, 1))


def keras_norm(c):
    return nn.BatchNorm2d(c, eps=1e-3, momentum=0.01)


def meso_tail(b, i, side):
    return [
        b.conv(i, 16, 5, bias=True), nn.ReLU(), keras_norm(16), nn.MaxPool2d(2),
        b.conv(16, 16, 5, bias=True), nn.ReLU(), keras_norm(16), nn.MaxPool2d(4),
        Rows(), b.dense((side // 32) ** 2 * 16, 16), nn.LeakyReLU(0.1), b.dense(16, 1)]


def meso4(b, side):
    return nn.Sequential(
        b.conv(3, 8, 3, bias=True), nn.ReLU(), keras_norm(8), nn.MaxPool2d(2),
        b.conv(8, 8, 5, bias=True), nn.ReLU(), keras_norm(8), nn.MaxPool2d(2),
        *meso_tail(b, 8, side))


class Inception(nn.Module):
    def __init__(self, b, i, *outputs):
        super().__init__()
        self.branches = nn.ModuleList()
        for dilation, o in enumerate(outputs):
            layers = [b.conv(i, o, 1, bias=True), nn.ReLU()]
            if dilation:
                layers += [b.conv(o, o, 3, dilation=dilation, bias=True), nn.ReLU()]
            self.branches.append(nn.Sequential(*layers))

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], 1)


def mesoinception4(b, side):
    return nn.Sequential(
        Inception(b, 3, 1, 4, 4, 2), keras_norm(11), nn.MaxPool2d(2),
        Inception(b, 11, 2, 4, 4, 2), keras_norm(12), nn.MaxPool2d(2),
        *meso_tail(b, 12, side))


class BasicBlock(nn.Module):
    def __init__(self, b, i, o, s):
        super().__init__()
        self.body = nn.Sequential(b.norm_conv(i, o, 3, s, act=nn.ReLU), b.norm_conv(o, o, 3))
        self.shortcut = b.norm_conv(i, o, 1, s) if s > 1 else nn.Identity()

    def forward(self, x):
        return F.relu(self.shortcut(x) + self.body(x))


def resnet18(b, side):
    layers = [b.norm_conv(3, 64, 7, 2, act=nn.ReLU), nn.MaxPool2d(3, 2, 1)]
    for i, o, s in [(64, 64, 1), (64, 128, 2), (128, 256, 2), (256, 512, 2)]:
        layers += [BasicBlock(b, i, o, s), BasicBlock(b, o, o, 1)]
    return nn.Sequential(*layers, Mean(), b.dense(512, 1))


class Bottleneck(nn.Module):
    def __init__(self, b, i, w, s):
        super().__init__()
        self.body = nn.Sequential(
            b.norm_conv(i, w, 1, act=nn.ReLU), b.norm_conv(w, w, 3, s, act=nn.ReLU), b.norm_conv(w, 4 * w, 1))
        self.shortcut = b.norm_conv(i, 4 * w, 1, s) if s > 1 or i != 4 * w else nn.Identity()

    def forward(self, x):
        return F.relu(self.shortcut(x) + self.body(x))


def resnet50(b, side):
    layers, i = [b.norm_conv(3, 64, 7, 2, act=nn.ReLU), nn.MaxPool2d(3, 2, 1)], 64
    for w, count, s in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        for index in range(count):
            layers.append(Bottleneck(b, i, w, s if index == 0 else 1))
            i = 4 * w
    return nn.Sequential(*layers, Mean(), b.dense(2048, 1))


class Excite(nn.Module):
    def __init__(self, b, c, squeezed):
        super().__init__()
        self.reduce, self.expand = b.dense(c, squeezed), b.dense(squeezed, c)

    def forward(self, x):
        gate = torch.sigmoid(self.expand(F.silu(self.reduce(x.mean((2, 3))))))
        return x * gate[:, :, None, None]


class MBConv(nn.Module):
    def __init__(self, b, i, o, k, s, ratio, lite):
        super().__init__()
        c = i * ratio
        kind = LITE if lite else {"act": nn.SiLU}
        expand = [b.norm_conv(i, c, 1, **kind)] if ratio > 1 else []
        self.body = nn.Sequential(
            *expand, b.norm_conv(c, c, k, s, groups=c, **kind),
            *([] if lite else [Excite(b, c, max(1, i // 4))]),
            b.norm_conv(c, o, 1, **{**kind, "act": None}))
        self.adds = s == 1 and i == o

    def forward(self, x):
        return x + self.body(x) if self.adds else self.body(x)


LITE = {"act": nn.ReLU6, "same": True, "eps": 1e-3}


def efficientnet(b, stem, stages, head, lite=False):
    kind = LITE if lite else {"act": nn.SiLU}
    layers, i = [b.norm_conv(3, stem, 3, 2, **kind)], stem
    for ratio, o, count, s, k in stages:
        for index in range(count):
            layers.append(MBConv(b, i, o, k, s if index == 0 else 1, ratio, lite))
            i = o
    return nn.Sequential(*layers, b.norm_conv(i, head, 1, **kind), Mean(), b.dense(head, 1))


B0 = [(1, 16, 1, 1, 3), (6, 24, 2, 2, 3), (6, 40, 2, 2, 5), (6, 80, 3, 2, 3), (6, 112, 3, 1, 5),
      (6, 192, 4, 2, 5), (6, 320, 1, 1, 3)]
B4 = [(1, 24, 2, 1, 3), (6, 32, 4, 2, 3), (6, 56, 4, 2, 5), (6, 112, 6, 2, 3), (6, 160, 6, 1, 5),
      (6, 272, 8, 2, 5), (6, 448, 2, 1, 3)]


def efficientnet_lite0(b, side):
    return efficientnet(b, 32, B0, 1280, lite=True)


def efficientnet_b0(b, side):
    return efficientnet(b, 32, B0, 1280)


def efficientnet_b4(b, side):
    return efficientnet(b, 48, B4, 1792)


def separable(b, i, o):
    return [b.conv(i, i, 3, groups=i), b.conv(i, o, 1), nn.BatchNorm2d(o)]


class XceptionBlock(nn.Module):
    def __init__(self, b, i, o, count, s, starts_with_relu=True, grows_first=True):
        super().__init__()
        widths = [i] + [o] * count if grows_first else [i] * count + [o]
        layers = []
        for index in range(count):
            if index or starts_with_relu:
                layers.append(nn.ReLU())
            layers += separable(b, widths[index], widths[index + 1])
        if s > 1:
            layers.append(nn.MaxPool2d(3, s, 1))
        self.body = nn.Sequential(*layers)
        self.shortcut = b.norm_conv(i, o, 1, s) if i != o or s > 1 else nn.Identity()

    def forward(self, x):
        return self.shortcut(x) + self.body(x)


def xception(b, side):
    def entry(i, o, s):
        return nn.Sequential(b.conv(i, o, 3, s, padding=0), nn.BatchNorm2d(o), nn.ReLU())

    return nn.Sequential(
        entry(3, 32, 2), entry(32, 64, 1),
        XceptionBlock(b, 64, 128, 2, 2, starts_with_relu=False), XceptionBlock(b, 128, 256, 2, 2),
        XceptionBlock(b, 256, 728, 2, 2), *[XceptionBlock(b, 728, 728, 3, 1) for _ in range(8)],
        XceptionBlock(b, 728, 1024, 2, 2, grows_first=False),
        *separable(b, 1024, 1536), nn.ReLU(), *separable(b, 1536, 2048), nn.ReLU(), Mean(),
        b.dense(2048, 1))


class ResNeXtBottleneck(nn.Module):
    def __init__(self, b, i, w, s):
        super().__init__()
        self.body = nn.Sequential(
            b.norm_conv(i, 2 * w, 1, act=nn.ReLU), b.norm_conv(2 * w, 2 * w, 3, s, groups=32, act=nn.ReLU),
            b.norm_conv(2 * w, 4 * w, 1))
        self.shortcut = b.norm_conv(i, 4 * w, 1, s) if s > 1 or i != 4 * w else nn.Identity()

    def forward(self, x):
        return F.relu(self.shortcut(x) + self.body(x))


class EachFrame(nn.Module):
    """A network of pictures for [N, T, C, H, W]."""

    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, x):
        return self.body(x.flatten(0, 1)).unflatten(0, x.shape[:2])


class States(nn.Module):
    """The mean of the recurrence's states, or the last one."""

    def __init__(self, recurrence, last=False):
        super().__init__()
        self.recurrence, self.last = recurrence, last

    def forward(self, x):
        states = self.recurrence(x)[0]
        return states[:, -1] if self.last else states.mean(1)


def resnext50(b):
    layers, i = [b.norm_conv(3, 64, 7, 2, act=nn.ReLU), nn.MaxPool2d(3, 2, 1)], 64
    for w, count, s in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        for index in range(count):
            layers.append(ResNeXtBottleneck(b, i, w, s if index == 0 else 1))
            i = 4 * w
    return EachFrame(nn.Sequential(*layers, Mean()))


def resnext50_lstm(b, side, last=False):
    trunk = resnext50(b)
    return nn.Sequential(trunk, States(b.recurrent(nn.LSTM, 2048, 2048, bias=False), last), b.dense(2048, 1))


def resnext50_lstm_last(b, side):
    return resnext50_lstm(b, side, last=True)


class DenseLayer(nn.Module):
    def __init__(self, b, i):
        super().__init__()
        self.body = nn.Sequential(
            nn.BatchNorm2d(i), nn.ReLU(), b.conv(i, 128, 1), nn.BatchNorm2d(128), nn.ReLU(), b.conv(128, 32, 3))

    def forward(self, x):
        return torch.cat([x, self.body(x)], 1)


def densenet121(b):
    layers, c = [b.norm_conv(3, 64, 7, 2, act=nn.ReLU), nn.MaxPool2d(3, 2, 1)], 64
    for block, count in enumerate([6, 12, 24, 16]):
        if block:
            layers += [nn.BatchNorm2d(c), nn.ReLU(), b.conv(c, c // 2, 1), nn.AvgPool2d(2)]
            c //= 2
        layers += [DenseLayer(b, c + 32 * index) for index in range(count)]
        c += 32 * count
    return EachFrame(nn.Sequential(*layers, nn.BatchNorm2d(c), nn.ReLU(), Mean()))


def densenet121_gru(b, side):
    trunk = densenet121(b)
    gru = b.recurrent(nn.GRU, 1024, 512, bidirectional=True)
    return nn.Sequential(trunk, States(gru), b.dense(1024, 1))


class SameVolume(nn.Module):
    """TensorFlow's padding of [N, C, T, H, W]."""

    def __init__(self, k, s):
        super().__init__()
        self.k, self.s = k, s

    def forward(self, x):
        widths = []
        for size, k, s in zip(reversed(x.shape[2:]), reversed(self.k), reversed(self.s)):
            total = max(0, (-(-size // s) - 1) * s + k - size)
            widths += [total // 2, total - total // 2]
        return F.pad(x, widths)


def unit3d(b, i, o, k, s=1):
    conv = b.drawn(nn.Conv3d(i, o, k, s, bias=False), i * k ** 3)
    return nn.Sequential(SameVolume((k,) * 3, (s,) * 3), conv, nn.BatchNorm3d(o, 1e-3, 0.01), nn.ReLU())


def pool3d(k, s):
    return nn.Sequential(SameVolume(k, s), nn.MaxPool3d(k, s))


class Inception3D(nn.Module):
    def __init__(self, b, i, o):
        super().__init__()
        self.branches = nn.ModuleList([
            unit3d(b, i, o[0], 1), nn.Sequential(unit3d(b, i, o[1], 1), unit3d(b, o[1], o[2], 3)),
            nn.Sequential(unit3d(b, i, o[3], 1), unit3d(b, o[3], o[4], 3)),
            nn.Sequential(pool3d((3, 3, 3), (1, 1, 1)), unit3d(b, i, o[5], 1))])

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], 1)


INCEPTION = [
    [(64, 96, 128, 16, 32, 32), (128, 128, 192, 32, 96, 64)],
    [(192, 96, 208, 16, 48, 64), (160, 112, 224, 24, 64, 64), (128, 128, 256, 24, 64, 64),
     (112, 144, 288, 32, 64, 64), (256, 160, 320, 32, 128, 128)],
    [(256, 160, 320, 32, 128, 128), (384, 192, 384, 48, 128, 128)]]


class I3D(nn.Module):
    def __init__(self, b):
        super().__init__()
        flat = pool3d((1, 3, 3), (1, 2, 2))
        layers = [unit3d(b, 3, 64, 7, 2), flat, unit3d(b, 64, 64, 1), unit3d(b, 64, 192, 3), flat]
        c = 192
        for stage, blocks in enumerate(INCEPTION):
            if stage:
                k = 3 if stage == 1 else 2
                layers.append(pool3d((k, k, k), (2, 2, 2)))
            for o in blocks:
                layers.append(Inception3D(b, c, o))
                c = o[0] + o[2] + o[4] + o[5]
        self.trunk, self.classifier = nn.Sequential(*layers), b.dense(c, 1)

    def forward(self, x):
        return self.classifier(self.trunk(x.transpose(1, 2)).mean((2, 3, 4)))


def i3d(b, side):
    return I3D(b)


class OpticalFlow(nn.Module):
    """[N, T, 3, H, W] in 0...1 to displacements, [N, T - 1, 2, H, W]."""

    def forward(self, x):
        import cv2  # Only this network needs it.
        import numpy as np
        gray = 255 * (0.299 * x[:, :, 0] + 0.587 * x[:, :, 1] + 0.114 * x[:, :, 2]).float()
        fields = [[cv2.calcOpticalFlowFarneback(a, b, None, 0.5, 3, 15, 3, 5, 1.2, 0)
                   for a, b in zip(clip, clip[1:])] for clip in gray.numpy()]
        return torch.from_numpy(np.array(fields)).to(x.dtype).movedim(-1, 2)


def flow(b, side):
    widths = [2, 32, 64, 128, 256]
    trunk = nn.Sequential(*[b.norm_conv(i, o, 3, 2, act=nn.ReLU) for i, o in zip(widths, widths[1:])], Mean())
    return nn.Sequential(OpticalFlow(), EachFrame(trunk), MeanOfFrames(), b.dense(256, 1))


class MeanOfFrames(nn.Module):
    def forward(self, x):
        return x.mean(1)


# The frames of each clip of the networks that look at several.
FRAMES = {"resnext50-lstm": 16, "resnext50-lstm-last": 16, "densenet121-gru": 5, "i3d": 16, "flow": 16}


def phase_only(x):
    """Each channel rebuilt from the phases of its spectrum."""
    return torch.fft.ifft2(torch.exp(1j * torch.angle(torch.fft.fft2(x)))).real


def xception_stems(b, i, s=2, padding=0):
    return nn.Sequential(
        b.conv(i, 32, 3, s, padding=padding), nn.BatchNorm2d(32), nn.ReLU(),
        b.conv(32, 64, 3, padding=0), nn.BatchNorm2d(64), nn.ReLU())


def xception_blocks(b, numbers):
    first = {1: (64, 128, 2, 2, False), 2: (128, 256, 2, 2), 3: (256, 728, 2, 2), 12: (728, 1024, 2, 2, True, False)}
    return nn.Sequential(*[XceptionBlock(b, *first.get(number, (728, 728, 3, 1))) for number in numbers])


class Phases(nn.Module):
    def forward(self, x):
        return torch.cat((x, phase_only(x.mean(1, keepdim=True))), 1)


def spsl(b, side):
    return nn.Sequential(
        Phases(), xception_stems(b, 4), xception_blocks(b, [1, 2, 3, 12]),
        *separable(b, 1024, 1536), nn.ReLU(), *separable(b, 1536, 2048), nn.ReLU(), Mean(),
        b.dense(2048, 1))


class Statistics(nn.Module):
    def forward(self, x):
        return torch.stack((x.mean((2, 3)), x.flatten(2).std(2)), 1)


class Capsules(nn.Module):
    def __init__(self, b):
        super().__init__()
        self.capsules = nn.ModuleList([nn.Sequential(
            b.conv(256, 64, 3, bias=True), nn.BatchNorm2d(64), nn.ReLU(),
            b.conv(64, 16, 3, bias=True), nn.BatchNorm2d(16), nn.ReLU(), Statistics(),
            b.drawn(nn.Conv1d(2, 8, 5, 2, 2), 10), nn.BatchNorm1d(8),
            b.drawn(nn.Conv1d(8, 1, 3, 1, 1), 24), nn.BatchNorm1d(1), nn.Flatten()) for _ in range(10)])
        self.routes = nn.Parameter(b.chance.normal(2 * 10 * 4 * 8).reshape(2, 10, 4, 8))

    def forward(self, x):
        def squash(x, dim):
            square = (x ** 2).sum(dim, keepdim=True)
            return square / (1 + square) * x / torch.sqrt(square)

        x = squash(torch.stack([capsule(x) for capsule in self.capsules], -1), -1)
        # Votes of each capsule for each output, [N, outputs, capsules, 4].
        votes = torch.einsum("ocde,nec->nocd", self.routes, x)
        agreement = torch.zeros_like(votes)
        for _ in range(2):
            outputs = squash((torch.softmax(agreement, 2) * votes).sum(2, keepdim=True), 3)
            agreement = agreement + votes * outputs
        real, fake = outputs[:, :, 0].unbind(1)
        return (fake - real).sum(1, keepdim=True)


def capsule(b, side):
    layers = []
    for i, o, count in [(3, 64, 2), (64, 128, 2), (128, 256, 4)]:
        for index in range(count):
            layers += [b.conv(i if index == 0 else o, o, 3, bias=True), nn.ReLU()]
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers, Capsules(b))


def dct(n):
    k, i = torch.arange(n, dtype=torch.float64)[:, None], torch.arange(n, dtype=torch.float64)
    scale = torch.where(k == 0, 1 / n, 2 / n).sqrt()
    return (scale * torch.cos((i + 0.5) * torch.pi * k / n)).float()


class Bands(nn.Module):
    """Masks over frequencies: 1 from `start` to `end`, plus what is learned."""

    def __init__(self, b, side, ranges):
        super().__init__()
        sums = torch.arange(side)[:, None] + torch.arange(side)
        self.base = torch.stack([((sums >= start) & (sums <= end)).float() for start, end in ranges])
        self.learned = nn.ParameterList(
            [0.1 * b.chance.normal(side * side).reshape(side, side) for _ in ranges])

    def masks(self):
        return self.base + 2 * torch.sigmoid(torch.stack(list(self.learned))) - 1


class FrequencyBands(Bands):
    def __init__(self, b, side):
        low, middle = int(side // 2.82), side // 2
        super().__init__(b, side, [(0, low), (low, middle), (middle, 2 * side), (0, 2 * side)])
        self.dct = dct(side)

    def forward(self, x):
        spectrum = self.dct @ x @ self.dct.T
        return torch.cat([self.dct.T @ (spectrum * mask) @ self.dct for mask in self.masks()], 1)


class LocalFrequencies(Bands):
    def __init__(self, b):
        super().__init__(b, 10, [(20 / 6 * m, 20 / 6 * (m + 1)) for m in range(6)])
        self.dct = dct(10)

    def forward(self, x):
        gray = (0.299 * x[:, :1] + 0.587 * x[:, 1:2] + 0.114 * x[:, 2:] + 1) * 122.5
        windows = F.unfold(gray, 10, stride=2, padding=4).transpose(1, 2).unflatten(2, (10, 10))
        spectra = torch.log10((self.dct @ windows @ self.dct.T).abs() + 1e-15)
        masks = self.masks() / self.base.sum((1, 2), keepdim=True)
        side = x.shape[2] // 2
        return torch.einsum("nlij,mij->nml", spectra, masks).unflatten(2, (side, side))


class Streams(nn.Module):
    """Two networks, each on its half of the channels."""

    def __init__(self, first, second):
        super().__init__()
        self.first, self.second = first, second

    def forward(self, x):
        a, b = x.chunk(2, 1)
        return torch.cat((self.first(a), self.second(b)), 1)


class Mix(nn.Module):
    """F3-Net's mix block."""

    def __init__(self, b, c):
        super().__init__()
        self.query = Streams(b.conv(c, c, 1, bias=True), b.conv(c, c, 1, bias=True))
        self.key = Streams(b.conv(c, c, 1, bias=True), b.conv(c, c, 1, bias=True))
        self.gain = nn.Parameter(torch.zeros(2))

        def scale():
            return nn.Sequential(b.conv(c, c, 1, groups=c, bias=True), nn.BatchNorm2d(c))

        self.outputs = Streams(scale(), scale())

    def forward(self, x):
        (q1, q2), (k1, k2) = self.query(x).chunk(2, 1), self.key(x).chunk(2, 1)
        attention = torch.softmax(torch.cat((q1, q2), 3) @ torch.cat((k1, k2), 3).transpose(2, 3), 3)
        gain = torch.sigmoid(self.gain) * 2 - 1
        first, second = x.chunk(2, 1)
        return x + self.outputs(torch.cat((second * attention * gain[0], first * attention * gain[1]), 1))


class Both(nn.Module):
    """Two networks on the same input."""

    def __init__(self, first, second):
        super().__init__()
        self.first, self.second = first, second

    def forward(self, x):
        return torch.cat((self.first(x), self.second(x)), 1)


def f3net(b, side):
    def halves(size, count):
        return size if count == 0 else halves((size + 1) // 2, count - 1)

    bands = nn.Sequential(FrequencyBands(b, side), xception_stems(b, 12), xception_blocks(b, range(1, 8)))
    padding = 0 if halves(side // 2 - 4, 3) == halves((side - 3) // 2 - 1, 3) else 1
    local = nn.Sequential(
        LocalFrequencies(b), xception_stems(b, 6, 1, padding), xception_blocks(b, range(1, 8)))
    layers = [Both(bands, local), Mix(b, 728),
              Streams(xception_blocks(b, range(8, 13)), xception_blocks(b, range(8, 13))), Mix(b, 1024)]
    for i, o in [(1024, 1536), (1536, 2048)]:
        layers.append(Streams(*[nn.Sequential(*separable(b, i, o), nn.ReLU()) for _ in range(2)]))
    return nn.Sequential(*layers, Mean(), b.dense(4096, 1))


RICH = torch.tensor([
    [[0, 0, 0, 0, 0], [0, -1, 2, -1, 0], [0, 2, -4, 2, 0], [0, -1, 2, -1, 0], [0, 0, 0, 0, 0]],
    [[-1, 2, -2, 2, -1], [2, -6, 8, -6, 2], [-2, 8, -12, 8, -2], [2, -6, 8, -6, 2], [-1, 2, -2, 2, -1]],
    [[0] * 5, [0] * 5, [0, 1, -2, 1, 0], [0] * 5, [0] * 5]]) / torch.tensor([4., 12, 2])[:, None, None]


def residuals(x):
    """Each filter on the sum of the channels."""
    return F.conv2d(x.sum(1, keepdim=True), RICH[:, None], padding=2).clamp(-3, 3)


class Residuals(nn.Module):
    """Each filter on each channel, reduced to the channels again."""

    def __init__(self, b, c):
        super().__init__()
        self.reduce = b.norm_conv(3 * c, c, 1, act=nn.ReLU)

    def forward(self, x):
        c = x.shape[1]
        maps = [F.conv2d(x, rich.expand(c, 1, 5, 5), padding=2, groups=c) for rich in RICH]
        return self.reduce(torch.cat(maps, 1).clamp(-3, 3))


class Cross(nn.Module):
    """Dual cross-modality attention."""

    def __init__(self, b, c, pixels):
        super().__init__()
        self.key1, self.key2 = b.conv(c, c // 8, 1, bias=True), b.conv(c, c // 8, 1, bias=True)
        self.shared = b.conv(c // 8, c // 8, 1, bias=True)
        self.score1, self.score2 = b.dense(pixels, pixels), b.dense(pixels, pixels)
        self.value1, self.value2 = b.conv(c, c, 1, bias=True), b.conv(c, c, 1, bias=True)
        self.gain = nn.Parameter(torch.zeros(2))

    def forward(self, z):
        x, y = z.chunk(2, 1)
        k1, k2 = self.shared(self.key1(x)).flatten(2), self.shared(self.key2(y)).flatten(2)
        energy = k1.transpose(1, 2) @ k2
        on_x = self.value2(y).flatten(2) @ torch.softmax(self.score1(energy), 2).transpose(1, 2)
        on_y = self.value1(x).flatten(2) @ torch.softmax(self.score2(energy.transpose(1, 2)), 2).transpose(1, 2)
        return torch.cat((x + self.gain[0] * on_x.view_as(x), y + self.gain[1] * on_y.view_as(y)), 1)


class Guided(nn.Module):
    """The first layers of both streams, and the spatial attention from noise on the color stream."""

    def __init__(self, b):
        super().__init__()

        def stem(i, o, s):
            return nn.Sequential(b.conv(i, o, 3, s, padding=0), nn.BatchNorm2d(o), nn.ReLU())

        self.color1, self.noise1 = stem(3, 32, 2), stem(3, 32, 2)
        self.residuals1 = Residuals(b, 32)
        self.color2, self.noise2 = stem(32, 64, 1), stem(32, 64, 1)
        self.residuals2 = Residuals(b, 64)
        self.attention, self.map = nn.Sequential(stem(3, 32, 2), stem(32, 64, 1)), b.conv(2, 1, 7)
        self.norm = nn.BatchNorm2d(64)

    def forward(self, x):
        noise = residuals(x)
        x = self.color1(x)
        y = F.relu(self.noise1(noise) + self.residuals1(x))
        x = self.color2(x)
        y = F.relu(self.noise2(y) + self.residuals2(x))
        maps = self.attention(residuals(noise))
        where = torch.sigmoid(self.map(torch.cat((maps.mean(1, keepdim=True), maps.amax(1, keepdim=True)), 1)))
        return torch.cat((F.relu(self.norm(x * where + x)), y), 1)


class ChannelAttention(nn.Module):
    def __init__(self, b, c):
        super().__init__()
        self.layers = nn.Sequential(b.conv(c, c // 16, 1), nn.ReLU(), b.conv(c // 16, c, 1))

    def forward(self, x):
        mean, most = x.mean((2, 3), keepdim=True), x.amax((2, 3), keepdim=True)
        return x * torch.sigmoid(self.layers(mean) + self.layers(most))


def srm(b, side):
    middle = (side - 3) // 2 - 1
    for _ in range(3):
        middle = (middle + 1) // 2

    def both(numbers):
        return Streams(xception_blocks(b, numbers), xception_blocks(b, numbers))

    exit1 = [Guided(b), both(range(1, 4)), Cross(b, 728, middle ** 2), both(range(4, 8)),
             Cross(b, 728, middle ** 2), both(range(8, 13)),
             Streams(*[nn.Sequential(*separable(b, 1024, 1536), nn.ReLU()) for _ in range(2)]),
             Streams(*[nn.Sequential(*separable(b, 1536, 2048)) for _ in range(2)])]
    return nn.Sequential(*exit1, b.norm_conv(4096, 2048, 1, act=nn.ReLU), ChannelAttention(b, 2048),
                         Mean(), b.dense(2048, 1))


class Heads(nn.Module):
    def __init__(self, b, c, count):
        super().__init__()
        self.query, self.key, self.value, self.out = [b.dense(c, c) for _ in range(4)]
        self.count = count

    def forward(self, x):
        q, k, v = [layer(x).unflatten(2, (self.count, -1)).transpose(1, 2)
                   for layer in (self.query, self.key, self.value)]
        return self.out(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2))


class Transformer(nn.Module):
    def __init__(self, b, c):
        super().__init__()
        self.norm1, self.heads, self.norm2 = nn.LayerNorm(c), Heads(b, c, 12), nn.LayerNorm(c)
        self.expand, self.project = b.dense(c, 4 * c), b.dense(4 * c, c)

    def forward(self, x):
        x = x + self.heads(self.norm1(x))
        hidden = self.expand(self.norm2(x))
        return x + self.project(hidden * torch.sigmoid(1.702 * hidden))


class Vision(nn.Module):
    """CLIP's image encoder."""

    def __init__(self, b, side, c=768):
        super().__init__()
        self.patches, self.start = b.conv(3, c, 16, 16, padding=0), nn.Parameter(torch.zeros(c))
        count = (side // 16) ** 2 + 1
        self.position = nn.Parameter(0.02 * b.chance.normal(count * c).reshape(count, c))
        self.norm1, self.norm2 = nn.LayerNorm(c), nn.LayerNorm(c)
        self.blocks = nn.Sequential(*[Transformer(b, c) for _ in range(12)])

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat((self.start.expand(len(x), 1, -1), x), 1) + self.position
        return self.norm2(self.blocks(self.norm1(x))[:, 0])


def clip_vit(b, side):
    return nn.Sequential(Vision(b, side), b.dense(768, 1))


NETWORKS = {
    "shallow": shallow, "cnn": cnn, "cnn-bn": cnn_bn, "c5": c5, "meso4": meso4,
    "mesoinception4": mesoinception4, "resnet18": resnet18, "resnet50": resnet50,
    "efficientnet-lite0": efficientnet_lite0, "efficientnet-b0": efficientnet_b0,
    "efficientnet-b4": efficientnet_b4, "xception": xception, "spsl": spsl, "capsule": capsule,
    "f3net": f3net, "srm": srm, "clip-vit": clip_vit,
    "resnext50-lstm": resnext50_lstm, "resnext50-lstm-last": resnext50_lstm_last,
    "densenet121-gru": densenet121_gru, "i3d": i3d, "flow": flow,
}


def pictures(chance, count, frames, side):
    """Random [N, C, H, W], or [N, T, C, H, W], drawn in the order of channels last."""
    shape = (count, side, side, 3) if frames is None else (count, frames, side, side, 3)
    return chance.uniform(-1, 1, shape).movedim(-1, -3)


def losses(name, side, rate, tolerance=4e-5, frames=None):
    model = NETWORKS[name](Builder(RandomSource(1)), side)
    optimizer = torch.optim.SGD(model.parameters(), rate, momentum=0.9)
    x = pictures(RandomSource(2), 4, frames, side)
    labels = torch.tensor([[1.0], [0], [1], [0]])
    rows = []
    for _ in range(10):
        loss = F.binary_cross_entropy_with_logits(model(x), labels)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        rows.append(loss.item())
    count = sum(p.numel() for p in model.parameters())
    run = {"side": side, "rate": rate, "tolerance": tolerance, "parameters": count, "losses": rows}
    return run if frames is None else {"frames": frames, **run}


if __name__ == "__main__":
    torch.manual_seed(0)
    runs = {
        "shallow": (64, 1e-4), "cnn": (64, 1e-2), "cnn-bn": (32, 1e-3), "c5": (64, 1e-3),
        "meso4": (64, 1e-2), "mesoinception4": (64, 1e-2), "resnet18": (64, 1e-3),
        # These two multiply rounding errors: single and double precision differ by half as much.
        "resnet50": (64, 1e-7, 2e-4), "efficientnet-lite0": (64, 1e-4, 2e-4), "efficientnet-b0": (64, 1e-3),
        "efficientnet-b4": (64, 1e-3), "xception": (64, 1e-3),
        "spsl": (64, 1e-3), "capsule": (64, 1e-4), "srm": (64, 1e-3), "clip-vit": (64, 1e-4),
        # Logarithms of frequencies near zero: another order of the sums moves the first loss by 3e-4.
        "f3net": (64, 1e-6, 5e-4),
        "resnext50-lstm": (64, 1e-7, 2e-4, 2), "resnext50-lstm-last": (64, 1e-7, 2e-4, 2),
        "densenet121-gru": (32, 1e-4, 2e-4, 3), "i3d": (64, 1e-6, 2e-4, 8),
        "flow": (32, 1e-2, 4e-5, 4),
    }
    print(json.dumps({name: losses(name, *run) for name, run in runs.items()}, indent=1))
