#!/usr/bin/env python3
"""Logits of MesoNet's published weights in PyTorch: `python mesonet.py FOLDER` prints them.

Without FOLDER it writes a small model of synthetic weights, in the layout of the published ones, to `mesonet/`
beside this script, with its logits on synthetic pictures. FOLDER holds `weights_plain` and `test_images`; PIL
reads the pictures, which are resized to 256×256, 0…1.
"""
import json
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)),
                             "../../GenerationTests/Golden"))
from models import RandomSource  # noqa: E402

NORM = ["gamma", "beta", "moving_mean", "moving_variance"]
MESO4 = [("conv1", 3, 8, 3), ("norm1", 8), ("conv2", 8, 8, 5), ("norm2", 8), ("conv3", 8, 16, 5),
         ("norm3", 16), ("conv4", 16, 16, 5), ("norm4", 16), ("hidden", 1024, 16),
         ("classifier", 16, 1)]


def inception(number, inputs, a, b, c, d):
    one = [(f"i{number}.{k}.1", inputs, o, 1) for k, o in ((1, b), (2, c), (3, d), (0, a))]
    three = [(f"i{number}.{k}.3", o, o, 3) for k, o in ((1, b), (2, c), (3, d))]
    return one + three + [(f"norm{number}", a + b + c + d)]


INCEPTION = (inception(1, 3, 1, 4, 4, 2) + inception(2, 11, 2, 4, 4, 2)
             + [("conv3", 12, 16, 5), ("norm3", 16), ("conv4", 16, 16, 5), ("norm4", 16),
                ("hidden", 1024, 16), ("classifier", 16, 1)])


def shapes(layers):
    """Return Keras' tensors in the manifest's order."""
    for name, *numbers in layers:
        if len(numbers) == 1:
            yield from ((f"{name}/{part}:0", numbers) for part in NORM)
        elif len(numbers) == 2:
            yield from ((f"{name}/kernel:0", numbers), (f"{name}/bias:0", numbers[1:]))
        else:
            i, o, k = numbers
            yield from ((f"{name}/kernel:0", [k, k, i, o]), (f"{name}/bias:0", [o]))


def network(layers, numbers):
    """Return the published network: a function from [N, 3, 256, 256] to the logit of "real"."""
    values, at = {}, 0
    for name, shape in shapes(layers):
        size = int(np.prod(shape))
        value = torch.from_numpy(numbers[at:at + size].reshape(shape).copy())
        values[name] = value.permute(3, 2, 0, 1) if value.dim() == 4 else value
        at += size
    assert at == len(numbers)

    def conv(x, name, dilation=1):
        weight = values[f"{name}/kernel:0"]
        padding = dilation * (weight.shape[-1] - 1) // 2
        return F.relu(F.conv2d(x, weight, values[f"{name}/bias:0"], padding=padding,
                               dilation=dilation))

    def norm(x, name, pool):
        gamma, beta, mean, variance = [values[f"{name}/{part}:0"] for part in NORM]
        return F.max_pool2d(F.batch_norm(x, mean, variance, gamma, beta, eps=1e-3), pool)

    def forward(x):
        for number in (1, 2):
            if f"i{number}.0.1/kernel:0" in values:
                branches = [conv(x, f"i{number}.0.1")]
                branches += [conv(conv(x, f"i{number}.{k}.1"), f"i{number}.{k}.3", k)
                             for k in (1, 2, 3)]
                x = torch.cat(branches, 1)
            else:
                x = conv(x, f"conv{number}")
            x = norm(x, f"norm{number}", 2)
        x = norm(conv(x, "conv3"), "norm3", 2)
        x = norm(conv(x, "conv4"), "norm4", 4).permute(0, 2, 3, 1).flatten(1)
        x = F.leaky_relu(x @ values["hidden/kernel:0"] + values["hidden/bias:0"], 0.1)
        return (x @ values["classifier/kernel:0"] + values["classifier/bias:0"])[:, 0]

    return forward


def view(picture, side=256):
    """Resize a picture: area average, or interpolation between the nearest centers."""
    pixels = np.asarray(picture, dtype=np.float64) / 255
    size = len(pixels)
    scale = size / side
    new, old = np.arange(side)[:, None], np.arange(size)[None]
    if scale > 1:
        weights = np.minimum(new * scale + scale, old + 1) - np.maximum(new * scale, old)
        weights = np.maximum(weights, 0) / scale
    else:
        centers = np.clip(new * scale + scale / 2 - 0.5, 0, size - 1)
        weights = np.maximum(1 - np.abs(centers - old), 0)
    mixed = np.einsum("ri,ijc,sj->crs", weights, pixels, weights, optimize=True)
    return torch.from_numpy(mixed).float()


@torch.inference_mode()
def published(folder):
    from PIL import Image
    plain = os.path.join(folder, "weights_plain")
    manifest = json.load(open(os.path.join(plain, "manifest.json")))
    names = [f"{kind}/{name}" for kind in ("df", "real")
             for name in sorted(os.listdir(os.path.join(folder, "test_images", kind)))]
    pictures = [Image.open(os.path.join(folder, "test_images", name)).convert("RGB")
                for name in names]
    print(names, [picture.size for picture in pictures])
    x = torch.stack([view(picture) for picture in pictures])
    for model in sorted(manifest):
        numbers = np.fromfile(os.path.join(plain, model + ".f32"), "<f4")
        layers = INCEPTION if "Inception" in model else MESO4
        assert [t["shape"] for t in manifest[model]["tensors"]] == [s for _, s in shapes(layers)]
        print(model, [round(v, 5) for v in network(layers, numbers)(x).tolist()])


@torch.inference_mode()
def made_up():
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "mesonet")
    os.makedirs(folder, exist_ok=True)
    manifest, logits = {}, {}
    x = RandomSource(2).uniform(0, 1, (2, 256, 256, 3)).permute(0, 3, 1, 2)
    for model, layers in (("Meso4_X", MESO4), ("MesoInception_X", INCEPTION)):
        chance, tensors, parts, at = RandomSource(3), [], [], 0
        for name, shape in shapes(layers):
            low = 0.5 if "variance" in name or "gamma" in name else -0.3
            size = int(np.prod(shape))
            parts.append(chance.uniform(low, low + 0.6, (size,)).numpy())
            tensors.append({"name": name, "shape": list(shape), "offset_floats": at})
            at += size
        numbers = np.concatenate(parts)
        numbers.astype("<f4").tofile(os.path.join(folder, model + ".f32"))
        manifest[model] = {"floats": at, "tensors": tensors}
        logits[model] = network(layers, numbers)(x).tolist()
    json.dump(manifest, open(os.path.join(folder, "manifest.json"), "w"), indent=1)
    json.dump(logits, open(os.path.join(folder, "logits.json"), "w"), indent=1)


if __name__ == "__main__":
    published(sys.argv[1]) if len(sys.argv) > 1 else made_up()
