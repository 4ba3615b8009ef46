#!/usr/bin/env python3
"""Metrics of one swap against ground truth, in NumPy, SciPy and scikit-image.

    pip install numpy scipy scikit-image && python3 truth.py > truth.json

Ground truth is three waves, the swap is ground truth with 10 % noise, the source face is ground truth
upside down; the mask is a soft disc.
"""
import json

import numpy as np
from scipy.ndimage import correlate1d
from skimage.metrics import structural_similarity

SIDE = 64


def lcg(n, s=1):
    out = []
    for _ in range(n):
        s = (s * 6364136223846793005 + 1442695040888963407) % 2**64
        out.append((s >> 33) / 2**31)
    return np.array(out)


def waves():
    u, v = np.meshgrid(np.arange(SIDE) / SIDE, np.arange(SIDE) / SIDE)
    return np.stack([.5 + .4 * np.sin(9 * u + 3 * v), .5 + .4 * np.cos(7 * v - 2 * u),
                     .5 + .4 * np.sin(5 * u * v + 4 * u)], -1)


def similarity(x, y, mask):
    """SSIM of one channel; the mask and the picture's edge crop the window."""
    weights = np.exp(-np.arange(-5, 6) ** 2 / 4.5)
    weights /= weights.sum()

    def blur(a):
        return correlate1d(correlate1d(a, weights, 0, mode="constant"), weights, 1, mode="constant")

    inside = np.maximum(blur(mask), 1e-300)
    ux, uy = blur(mask * x) / inside, blur(mask * y) / inside
    vx = blur(mask * x * x) / inside - ux * ux
    vy = blur(mask * y * y) / inside - uy * uy
    vxy = blur(mask * x * y) / inside - ux * uy
    c1, c2 = 1e-4, 9e-4
    return (2 * ux * uy + c1) * (2 * vxy + c2) / ((ux**2 + uy**2 + c1) * (vx + vy + c2))


def gradient(x, y, mask):
    d, sizes = 255 * (x - y), []
    for _ in range(4):
        length = np.hypot(d[:-1, 1:] - d[:-1, :-1], d[1:, :-1] - d[:-1, :-1])
        weight = np.minimum(np.minimum(mask[:-1, :-1], mask[:-1, 1:]), mask[1:, :-1])
        sizes.append((weight * length).sum() / weight.sum())
        blocks = [(mask[i::2, j::2], d[i::2, j::2]) for i in (0, 1) for j in (0, 1)]
        total = sum(m for m, _ in blocks)
        d = sum(m * v for m, v in blocks) / np.maximum(total, 1e-300)
        mask = total / 4
    return np.mean(sizes)


def features(picture, mask):
    luma = picture @ [.299, .587, .114]

    def smooth(a):
        weights = [1, 4, 6, 4, 1]
        return correlate1d(correlate1d(a, weights, 0, mode="constant"), weights, 1, mode="constant")

    inside = smooth(mask)
    luma = np.where(inside > 0, smooth(mask * luma) / np.maximum(inside, 1e-300), 0)
    dy, dx = np.gradient(luma)
    angle = np.arctan2(dy, dx) / np.pi % 1 * 9
    padded = np.pad(mask, 1, constant_values=1)
    least = np.min([padded[1:-1, 1:-1], padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2],
                    padded[1:-1, 2:]], 0)
    votes = least * np.hypot(dx, dy)
    cells = np.zeros((10, 10, 9))
    for y in range(1, SIDE - 1):
        for x in range(1, SIDE - 1):
            for i in range(10):
                for j in range(10):
                    near = (max(0, 1 - abs(y + .5 - 8 * i + 4) / 8)
                            * max(0, 1 - abs(x + .5 - 8 * j + 4) / 8))
                    if near == 0:
                        continue
                    for k in range(10):
                        share = max(0, 1 - abs(angle[y, x] - k))
                        cells[i, j, k % 9] += votes[y, x] * near * share
    blocks = np.array([cells[i:i + 2, j:j + 2].ravel() / 64 for i in range(1, 8) for j in range(1, 8)])
    strengths = np.linalg.norm(blocks, axis=1)
    return blocks / np.maximum(strengths, .001)[:, None], strengths


truth = waves()
noise = lcg(truth.size, 2).reshape(truth.shape)
# Swift's tensors are float32.
swap = (np.float32(.9) * truth.astype(np.float32)
        + np.float32(.1) * noise.astype(np.float32)).astype(float)
truth = truth.astype(np.float32).astype(float)
source = truth[::-1]
ys, xs = np.mgrid[:SIDE, :SIDE]
mask = np.clip((26 - np.hypot(xs - 31.5, ys - 31.5)) / 8, 0, 1).astype(np.float32).astype(float)

# Where the mask is 1 over a whole window, our similarity is scikit-image's.
_, full = structural_similarity(
    truth, swap, channel_axis=2, data_range=1, gaussian_weights=True, sigma=1.5,
    use_sample_covariance=False, full=True)
ours = np.stack([similarity(truth[..., c], swap[..., c], np.ones_like(mask)) for c in range(3)], -1)
assert np.abs(full - ours)[5:-5, 5:-5].max() < 1e-9

squared = (mask[..., None] * (swap - truth) ** 2).sum() / mask.sum() / 3
(fs, _), (ft, st), (fa, sa) = [features(p, mask) for p in (swap, truth, source)]
weights = (st + sa) / 2
weights /= weights + .01
fs, ft, fa = [(weights[:, None] * f).ravel() for f in (fs, ft, fa)]
unit = np.linalg.norm(ft - fa)
print(json.dumps({
    "ssim": np.mean([(mask * similarity(truth[..., c], swap[..., c], mask)).sum() / mask.sum()
                     for c in range(3)]),
    "psnr": -10 * np.log10(squared),
    "gradient": np.mean([gradient(swap[..., c], truth[..., c], mask) for c in range(3)]),
    "identity": (fs - fa) @ (ft - fa) / unit**2,
    "to_swapped_in": np.linalg.norm(fs - ft) / unit,
    "to_original": np.linalg.norm(fs - fa) / unit,
}, indent=1))
