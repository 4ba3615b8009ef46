"""Golden values of the losses: `python losses.py > losses.json` (PyTorch 2.15, scikit-image 0.26)."""
import json

import numpy as np
import torch
import torch.nn.functional as F
from skimage.metrics import structural_similarity

torch.manual_seed(7)
cases = []


def case(name, loss, prediction, target=None, weight=None, gradient=True):
    prediction = prediction.clone().requires_grad_(True)
    value = loss(prediction, target, weight)
    value.backward()
    cases.append({
        "name": name,
        "shape": list(prediction.shape),
        "prediction": prediction.detach().flatten().tolist(),
        "target": [] if target is None else target.flatten().tolist(),
        "weight": [] if weight is None else weight.flatten().tolist(),
        "value": value.item(),
        "gradient": prediction.grad.flatten().tolist(),
    })


def mean(term):
    """The mean, or the weighted one: sum(w * l) / (C * sum(w))."""
    def loss(p, t, w):
        l = term(p, t)
        return l.mean() if w is None else (l * w).sum() / (w.sum() * p.shape[-1])
    return loss


def ssim_loss(p, t, w):
    """SSIM with valid 11x11 Gaussian windows, in the formulas of Wang et al. 2004."""
    g = torch.exp(-torch.arange(-5, 6, dtype=torch.float64) ** 2 / (2 * 1.5**2))
    g = (g / g.sum())
    kernel = (g[:, None] * g[None, :])[None, None]
    p, t = p.double(), t.double()

    def blur(x):
        n, h, wd, c = x.shape
        y = F.conv2d(x.double().permute(0, 3, 1, 2).reshape(n * c, 1, h, wd), kernel)
        return y.reshape(n, c, h - 10, wd - 10).permute(0, 2, 3, 1)
    mx, my = blur(p), blur(t)
    vx, vy, vxy = blur(p * p) - mx * mx, blur(t * t) - my * my, blur(p * t) - mx * my
    s = ((2 * mx * my + 1e-4) * (2 * vxy + 9e-4)) / ((mx**2 + my**2 + 1e-4) * (vx + vy + 9e-4))
    d = (1 - s) / 2
    if w is None:
        mine = s.detach().mean((1, 2, 3)).numpy()
        for i in range(len(mine)):
            _, full = structural_similarity(
                t[i].double().numpy(), p[i].detach().double().numpy(), gaussian_weights=True,
                sigma=1.5, use_sample_covariance=False, data_range=1, channel_axis=2, full=True)
            assert abs(full[5:-5, 5:-5].mean() - mine[i]) < 1e-9, (full[5:-5, 5:-5].mean(), mine[i])
        return d.mean()
    inner = w[:, 5:-5, 5:-5].double()
    return (d * inner).sum() / (inner.sum() * p.shape[-1])


shape = (2, 3, 4, 3)
p, t, w = torch.randn(shape), torch.randn(shape), torch.rand(2, 3, 4, 1)
one = torch.rand(1, 1, 1, 1)
labels = torch.rand(shape)
classes = F.one_hot(torch.randint(0, 3, shape[:-1]), 3).float()
spread = torch.softmax(torch.randn(shape), -1)


def smooth_bce(s):
    return mean(lambda p, t: F.binary_cross_entropy_with_logits(
        p, t * (1 - s) + s / 2, reduction="none"))


def ce(s):
    def loss(p, t, w):
        l = F.cross_entropy(p.reshape(-1, 3), t.reshape(-1, 3), label_smoothing=s, reduction="none")
        return l.mean() if w is None else (l * w.flatten()).sum() / w.sum()
    return loss


def tv(p, t, w):
    total = 0
    for d, a, b in (((p[:, 1:] - p[:, :-1]).abs(), (slice(None), slice(1, None)),
                     (slice(None), slice(None, -1))),
                    ((p[:, :, 1:] - p[:, :, :-1]).abs(), (slice(None),) * 2 + (slice(1, None),),
                     (slice(None),) * 2 + (slice(None, -1),))):
        if w is None:
            total = total + d.mean()
        else:
            pair = (w[a] + w[b]) / 2
            total = total + (d * pair).sum() / (pair.sum() * p.shape[-1])
    return total


for suffix, weight in (("", None), (" weighted", w)):
    case("mae" + suffix, mean(lambda p, t: (p - t).abs()), p, t, weight)
    case("mse" + suffix, mean(lambda p, t: F.mse_loss(p, t, reduction="none")), p, t, weight)
    case("huber 0.7" + suffix,
         mean(lambda p, t: F.huber_loss(p, t, delta=0.7, reduction="none")), p, t, weight)
    case("bce" + suffix, smooth_bce(0), 9 * p, labels, weight)
    case("bce 0.1" + suffix, smooth_bce(0.1), p, labels, weight)
    case("cce" + suffix, ce(0), 9 * p, classes, weight)
    case("cce 0.2" + suffix, ce(0.2), p, spread, weight)
    case("lsgan real" + suffix, mean(lambda p, t: (p - 1) ** 2), p, None, weight)
    case("lsgan fake" + suffix, mean(lambda p, t: p**2), p, None, weight)
    case("hinge real" + suffix, mean(lambda p, t: F.relu(1 - p)), p, None, weight)
    case("hinge fake" + suffix, mean(lambda p, t: F.relu(1 + p)), p, None, weight)
    case("hinge generator" + suffix, mean(lambda p, t: -p), p, None, weight)
    case("tv" + suffix, tv, p, None, weight)
    case("edge" + suffix, lambda p, t, w: tv(p - t, None, w), p, t, weight)

pictures = torch.rand(2, 13, 12, 3), torch.rand(2, 13, 12, 3)
near = (pictures[0], (pictures[0] + 0.1 * torch.randn(2, 13, 12, 3)).clamp(0, 1))
case("dssim", ssim_loss, *near)
case("dssim weighted", ssim_loss, *near, torch.rand(2, 13, 12, 1))
case("dssim one channel", ssim_loss, torch.rand(1, 11, 17, 1), torch.rand(1, 11, 17, 1))


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.8g}")
    if isinstance(value, list):
        return [rounded(v) for v in value]
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    return value


print("[" + ",\n".join(json.dumps(rounded(c), separators=(",", ":")) for c in cases) + "]")
