#!/usr/bin/env python3
"""Ten training steps of each swap model in PyTorch, from the weights that Swift draws.

    pip install numpy torch && python3 models.py > models.json

Two random pictures per side, mean absolute error of A plus that of B, Adam (0.5, 0.999). Then the same for
`fast` with a discriminator per side: least squares, adversarial loss with a weight of 0.1.
"""
import json

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15


def mix(z):
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


class RandomSource:
    """Engine's RandomSource, a vector of draws at a time."""

    def __init__(self, seed):
        self.seed, self.state = seed, mix((seed + GOLDEN) & MASK)

    def split(self, key):
        return RandomSource(mix(self.seed ^ mix((key + 0xD1B54A32D192ED03) & MASK)))

    def doubles(self, n):
        with np.errstate(over="ignore"):
            z = np.uint64(self.state) + np.uint64(GOLDEN) * np.arange(1, n + 1, dtype=np.uint64)
            self.state = (self.state + GOLDEN * n) & MASK
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            z = z ^ (z >> np.uint64(31))
        return (z >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def uniform(self, low, high, shape):
        u = self.doubles(int(np.prod(shape)))
        return torch.from_numpy((low + (high - low) * u).astype(np.float32).reshape(shape))

    def normal(self, n):
        u = self.doubles(2 * n).reshape(n, 2)
        z = np.sqrt(-2 * np.log(1 - u[:, 0])) * np.cos(2 * np.pi * u[:, 1])
        return torch.from_numpy(z.astype(np.float32))


def he(layer, fan_in, chance, gain):
    bound = gain * (6 / fan_in) ** 0.5
    layer.weight.data = chance.uniform(-bound, bound, tuple(layer.weight.shape))
    layer.bias.data.zero_()
    return layer


def conv(i, o, k, s, chance, gain=1):
    return he(nn.Conv2d(i, o, k, s, k // 2), i * k * k, chance, gain)


def dense(i, o, chance, gain=1):
    return he(nn.Linear(i, o), i, chance, gain)


class Up(nn.Module):
    def __init__(self, i, o, chance):
        super().__init__()
        self.conv = conv(i, 4 * o, 3, 1, chance)

    def forward(self, x):
        return F.pixel_shuffle(F.leaky_relu(self.conv(x), 0.1), 2)


class OriginalEncoder(nn.Module):
    def __init__(self, chance):
        super().__init__()
        sizes = [3, 128, 256, 512, 1024]
        self.down = nn.ModuleList(conv(i, o, 5, 2, chance) for i, o in zip(sizes, sizes[1:]))
        self.squeeze, self.expand = dense(16384, 1024, chance), dense(1024, 16384, chance)
        self.up = Up(1024, 512, chance)

    def forward(self, x):
        for layer in self.down:
            x = F.leaky_relu(layer(x), 0.1)
        x = self.expand(self.squeeze(x.permute(0, 2, 3, 1).flatten(1)))
        return self.up(x.view(-1, 4, 4, 1024).permute(0, 3, 1, 2))


class OriginalDecoder(nn.Module):
    def __init__(self, chance):
        super().__init__()
        self.up = nn.Sequential(Up(512, 256, chance), Up(256, 128, chance), Up(128, 64, chance))
        self.out = conv(64, 3, 5, 1, chance)

    def forward(self, x):
        return torch.sigmoid(self.out(self.up(x)))


class FastEncoder(nn.Module):
    def __init__(self, chance):
        super().__init__()
        self.stem = conv(48, 64, 3, 1, chance)
        self.down = nn.ModuleList([conv(64, 128, 5, 2, chance), conv(128, 192, 5, 2, chance)])
        self.squeeze, self.expand = dense(3072, 512, chance, 0.7), dense(512, 3072, chance, 0.7)

    def forward(self, x):
        x = F.leaky_relu(self.stem(F.pixel_unshuffle(x, 4)), 0.1)
        for layer in self.down:
            x = F.leaky_relu(layer(x), 0.1)
        x = self.expand(self.squeeze(x.permute(0, 2, 3, 1).flatten(1)))
        return x.view(-1, 4, 4, 192).permute(0, 3, 1, 2)


class Block(nn.Module):
    def __init__(self, width, chance):
        super().__init__()
        self.a, self.b = conv(width, width, 3, 1, chance), conv(width, width, 3, 1, chance, 0.3)

    def forward(self, x):
        return F.leaky_relu(x + self.b(F.leaky_relu(self.a(x), 0.1)), 0.1)


class FastDecoder(nn.Module):
    def __init__(self, chance):
        super().__init__()
        self.body = nn.Sequential(
            Up(192, 96, chance), Block(96, chance), Up(96, 48, chance), Block(48, chance),
            Up(48, 32, chance))
        self.out = conv(32, 12, 3, 1, chance, 0.3)

    def forward(self, x):
        return torch.sigmoid(F.pixel_shuffle(self.out(self.body(x)), 2))


class SpectralConv(nn.Module):
    """A convolution whose weight is divided by its largest singular value; see EngineTests."""

    def __init__(self, i, o, k, s, chance):
        super().__init__()
        self.conv = conv(i, o, k, s, chance)
        self.u, self.v = torch.zeros(o), chance.normal(i * k * k)
        for _ in range(15):
            self.improve()

    @torch.no_grad()
    def improve(self):
        weight = self.conv.weight.flatten(1)
        self.u = F.normalize(weight @ self.v, dim=0, eps=1e-12)
        self.v = F.normalize(weight.T @ self.u, dim=0, eps=1e-12)

    def forward(self, x):
        self.improve()
        weight, c = self.conv.weight, self.conv
        norm = self.u @ weight.flatten(1) @ self.v
        return F.leaky_relu(F.conv2d(x, weight / norm, c.bias, c.stride, c.padding), 0.2)


class Discriminator(nn.Module):
    def __init__(self, chance):
        super().__init__()
        self.body = nn.Sequential(
            SpectralConv(96, 64, 3, 1, chance), SpectralConv(64, 128, 5, 2, chance),
            SpectralConv(128, 128, 3, 1, chance), conv(128, 1, 3, 1, chance))

    def forward(self, face, given):
        return self.body(F.pixel_unshuffle(torch.cat([face, given], 1), 4))


def adversarial_losses():
    chance = RandomSource(1)
    encoder = FastEncoder(chance.split(0))
    decoders = [FastDecoder(chance.split(1)), FastDecoder(chance.split(2))]
    discriminators = [Discriminator(RandomSource(3).split(side)) for side in (0, 1)]
    optimizer = torch.optim.Adam(
        [p for m in (encoder, *decoders) for p in m.parameters()], 2e-4, betas=(0.5, 0.999))
    discriminator_optimizer = torch.optim.Adam(
        [p for m in discriminators for p in m.parameters()], 1e-4, betas=(0.5, 0.999))
    data = RandomSource(2)
    x, y = [[data.uniform(0, 1, (2, 64, 64, 3)).permute(0, 3, 1, 2) for _ in "ab"] for _ in "xy"]
    rows = []
    for _ in range(10):
        made = [decoders[s](encoder(x[s])) for s in (0, 1)]
        plain = [F.l1_loss(made[s], y[s]) for s in (0, 1)]
        adversarial = [((discriminators[s](made[s], x[s]) - 1) ** 2).mean() for s in (0, 1)]
        (sum(plain) + 0.1 * sum(adversarial)).backward()
        optimizer.step()
        optimizer.zero_grad()
        discriminator_optimizer.zero_grad()
        judged = []
        for s in (0, 1):
            scores = discriminators[s](torch.cat([y[s], made[s].detach()]), torch.cat([x[s], x[s]]))
            judged.append((((scores[:2] - 1) ** 2).mean() + (scores[2:] ** 2).mean()) / 2)
        sum(judged).backward()
        discriminator_optimizer.step()
        discriminator_optimizer.zero_grad()
        rows.append([value.item() for value in plain + adversarial + judged])
    size = sum(p.numel() for p in discriminators[0].parameters())
    return {"parameters": size, "rate": 2e-4, "losses": rows}


def losses(encoder_class, decoder_class, rate):
    chance = RandomSource(1)
    encoder = encoder_class(chance.split(0))
    a, b = decoder_class(chance.split(1)), decoder_class(chance.split(2))
    parameters = [p for m in (encoder, a, b) for p in m.parameters()]
    optimizer = torch.optim.Adam(parameters, rate, betas=(0.5, 0.999))
    data = RandomSource(2)
    x, y = [[data.uniform(0, 1, (2, 64, 64, 3)).permute(0, 3, 1, 2) for _ in "ab"] for _ in "xy"]
    rows = []
    for _ in range(10):
        loss_a, loss_b = F.l1_loss(a(encoder(x[0])), y[0]), F.l1_loss(b(encoder(x[1])), y[1])
        (loss_a + loss_b).backward()
        optimizer.step()
        optimizer.zero_grad()
        rows.append([loss_a.item(), loss_b.item()])
    return {"parameters": sum(p.numel() for p in parameters), "rate": rate, "losses": rows}


if __name__ == "__main__":
    print(json.dumps({
        "original": losses(OriginalEncoder, OriginalDecoder, 5e-5),
        "fast": losses(FastEncoder, FastDecoder, 1e-3),
        "fast with discriminators": adversarial_losses(),
    }, indent=1))
