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

NETWORKS = {
    "shallow": shallow, "cnn": cnn, "cnn-bn": cnn_bn, "c5": c5, "meso4": meso4,
    "mesoinception4": mesoinception4, "resnet18": resnet18, "resnet50": resnet50,
    "efficientnet-lite0": efficientnet_lite0, "efficientnet-b0": efficientnet_b0,
    "efficientnet-b4": efficientnet_b4, "xception": xception,
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
        "resnext50-lstm": (64, 1e-7, 2e-4, 2), "resnext50-lstm-last": (64, 1e-7, 2e-4, 2),
        "densenet121-gru": (32, 1e-4, 2e-4, 3), "i3d": (64, 1e-6, 2e-4, 8),
        "flow": (32, 1e-2, 4e-5, 4),
    }
    print(json.dumps({name: losses(name, *run) for name, run in runs.items()}, indent=1))
