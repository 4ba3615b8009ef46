"""Noise residuals, pulses and spectra of NumPy and SciPy for the tests of signals: python signals.py > signals.json

Requires numpy and scipy. The pictures and colors are computed from formulas.
"""
import json

import numpy as np
from scipy.ndimage import uniform_filter

LOW = np.array([0.230377813308896, 0.714846570552915, 0.630880767929859, -0.027983769416860,
                -0.187034811719093, 0.030841381835561, 0.032883011666885, -0.010597401785069])
HIGH = LOW[::-1] * (-1) ** np.arange(8)


def matrix(n):
    """The periodic orthonormal transform of a line, as a matrix."""
    m = np.zeros((n, n))
    for i in range(n // 2):
        for k in range(8):
            m[i, (2 * i + k) % n] += LOW[k]
            m[n // 2 + i, (2 * i + k) % n] += HIGH[k]
    return m


def wiener(x, variance):
    """prnu-python's wiener_adaptive."""
    windows = [uniform_filter(x ** 2, size, mode="constant") for size in (3, 5, 7, 9)]
    least = np.min([np.maximum(w - variance, 0) for w in windows], axis=0)
    return x * variance / (least + variance)


def details(x, level=0):
    if level == 4:
        return np.zeros_like(x)
    rows, columns = matrix(x.shape[0]), matrix(x.shape[1])
    y = rows @ x @ columns.T
    a, b = x.shape[0] // 2, x.shape[1] // 2
    y[:a, :b] = details(y[:a, :b], level + 1)
    for part in [np.s_[:a, b:], np.s_[a:, :b], np.s_[a:, b:]]:
        y[part] = wiener(y[part], 25)
    return rows.T @ y @ columns


def residual(x):
    h, w = x.shape
    padded = np.pad(x, ((32, 32 + -h % 16), (32, 32 + -w % 16)), mode="symmetric")
    return details(padded)[32:32 + h, 32:32 + w]


def centered(x):
    x = x.copy()
    for i in (0, 1):
        for j in (0, 1):
            part = x[i::2, j::2]
            part -= part.mean(1, keepdims=True)
            part -= part.mean(0, keepdims=True)
    return x


def cleaned(x):
    x = centered(x)
    spectrum = np.fft.fft2(x)
    magnitude = np.abs(spectrum) / np.sqrt(x.size)
    noise = wiener(magnitude, x.var())
    return np.fft.ifft2(spectrum * np.where(magnitude > 0, noise / np.maximum(magnitude, 1e-30), 0)).real


def plane(width, height):
    y, x = np.mgrid[:height, :width]
    return 120 + 60 * np.sin(x / 9) * np.cos(y / 7) + ((x * x * 3 + y * y * 5 + x * y * 7) % 251) / 25


def colors(count, region):
    t = np.arange(count) / 30
    beat = 0.004 * np.sin(2 * np.pi * 1.2 * t + 0.1 * region)
    light = 1 + 0.05 * np.sin(2 * np.pi * 0.3 * t)
    noise = ((np.arange(count) * 7919 + region * 104729) % 101 / 101 - 0.5) * 0.002
    base = np.array([180, 120, 90]) + 5 * region
    return base * (light[:, None] * (1 + beat[:, None] * np.array([0.33, 0.77, 0.53])) + noise[:, None] * [1, -1, 0.5])


def pos(c):
    n, l = len(c), int(np.ceil(1.6 * 30))
    h = np.zeros(n)
    for s in range(n - l + 1):
        w = c[s:s + l] / c[s:s + l].mean(0)
        a, b = w[:, 1] - w[:, 2], w[:, 1] + w[:, 2] - 2 * w[:, 0]
        v = a + a.std() / b.std() * b
        h[s:s + l] += v - v.mean()
    return h


def chrom(c):
    n, l = len(c), 2 * int(np.ceil(0.8 * 30))
    h, window = np.zeros(n), 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(l) / l)
    for s in range(0, n - l + 1, l // 2):
        w = c[s:s + l] / c[s:s + l].mean(0)
        a, b = 3 * w[:, 0] - 2 * w[:, 1], 1.5 * w[:, 0] + w[:, 1] - 1.5 * w[:, 2]
        v = a - a.std() / b.std() * b
        h[s:s + l] += (v - v.mean()) * window
    return h


def spectrum(x):
    f = np.arange(70, 401) / 100
    n = len(x)
    x = (x - x.mean()) * (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n))
    p = np.abs(np.exp(-2j * np.pi * np.outer(f, np.arange(n) / 30)) @ x) ** 2
    p /= p.sum()
    rate = f[np.argmax(p * (f <= 3))]
    reach = max(0.1, 1.2 * 30 / n)
    own = (np.abs(f - rate) <= reach + 1e-9) | (np.abs(f - 2 * rate) <= 2 * reach + 1e-9)
    return rate, 10 * np.log10(p[own].sum() / (1 - p[own].sum()))


def every(x, step):
    return np.asarray(x).ravel()[::step].tolist()


out = {"planes": [], "pulses": []}
for width, height in [(64, 48), (50, 70)]:
    x = plane(width, height)
    r = residual(x)
    out["planes"].append({"width": width, "height": height, "residual": every(r, 97),
                          "cleaned": every(cleaned(r), 97)})
for region in range(2):
    c = colors(240, region)
    rate, ratio = spectrum(pos(c))
    out["pulses"].append({"region": region, "pos": every(pos(c), 13), "chrom": every(chrom(c), 13),
                          "rate": rate, "ratio": ratio})
print(json.dumps(out, separators=(",", ":")))
