"""Exports small networks with random weights, as users of PyTorch do.

usage: export.py FOLDER

Needs the packages torch, torchvision, timm, transformers, onnx and onnxscript. Each network is a file NAME.onnx
beside NAME.x and NAME.y, its input and what PyTorch makes of it, as little-endian float32, whose shapes
models.json lists. Each stands for a larger one of its kind: ResNet-50, ResNeXt-50, DenseNet-121,
EfficientNet-B4, ConvNeXt-T, ViT-B/16, Swin-T, CLIP's ViT-L/14, I3D and R(2+1)D.
"""

import json
import os
import sys
import warnings

os.environ["HF_HUB_OFFLINE"] = "1"
warnings.filterwarnings("ignore")

import timm  # noqa: E402
import torch  # noqa: E402
import torchvision  # noqa: E402
import transformers  # noqa: E402
from torch import nn  # noqa: E402


class ClipTower(nn.Module):
    """CLIP's image tower with a linear head."""

    def __init__(self):
        super().__init__()
        config = transformers.CLIPVisionConfig(
            hidden_size=64, intermediate_size=128, num_hidden_layers=2, num_attention_heads=4,
            patch_size=14, image_size=56)
        self.tower = transformers.CLIPVisionModel(config)
        self.head = nn.Linear(64, 2)

    def forward(self, pixel_values):
        return self.head(self.tower(pixel_values=pixel_values).pooler_output)


def unit(inputs, outputs, kernel, stride=1, padding=0):
    return nn.Sequential(
        nn.Conv3d(inputs, outputs, kernel, stride, padding, bias=False), nn.BatchNorm3d(outputs),
        nn.ReLU())


class Inception(nn.Module):
    """A block of I3D."""

    def __init__(self):
        super().__init__()
        self.first = unit(16, 8, 1)
        self.second = nn.Sequential(unit(16, 8, 1), unit(8, 16, 3, 1, 1))
        self.third = nn.Sequential(nn.MaxPool3d(3, 1, 1), unit(16, 8, 1))

    def forward(self, x):
        return torch.cat([self.first(x), self.second(x), self.third(x)], 1)


class I3D(nn.Module):
    """Inflated convolutions over clips [N, 3, T, H, W]."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            unit(3, 16, 7, 2, 3), nn.MaxPool3d((1, 3, 3), (1, 2, 2), (0, 1, 1)), Inception(),
            nn.MaxPool3d(2, 2))
        self.head = nn.Conv3d(32, 2, 1)

    def forward(self, x):
        return self.head(self.body(x)).mean((2, 3, 4))


def pictures(side):
    return (2, 3, side, side)


MODELS = {
    "resnet": (lambda: torchvision.models.resnet.ResNet(
        torchvision.models.resnet.Bottleneck, [1, 1, 1, 1], num_classes=2), pictures(64)),
    "resnext": (lambda: torchvision.models.resnet.ResNet(
        torchvision.models.resnet.Bottleneck, [1, 1, 1, 1], num_classes=2, groups=32,
        width_per_group=4), pictures(64)),
    "densenet": (lambda: torchvision.models.DenseNet(
        16, (2, 2, 2, 2), 32, num_classes=2), pictures(64)),
    "efficientnet": (lambda: timm.create_model("efficientnet_b0", num_classes=2), pictures(64)),
    "convnext": (lambda: timm.create_model(
        "convnext_tiny", num_classes=2, depths=(1, 1, 1, 1), dims=(24, 48, 96, 192)),
        pictures(64)),
    "vit": (lambda: torchvision.models.VisionTransformer(
        64, 16, 2, 4, 64, 128, num_classes=2), pictures(64)),
    "swin": (lambda: torchvision.models.SwinTransformer(
        [4, 4], 24, [2, 2], [2, 4], [4, 4], num_classes=2), pictures(64)),
    "clip": (ClipTower, pictures(56)),
    "i3d": (I3D, (2, 3, 8, 48, 48)),
    "r2plus1d": (lambda: torchvision.models.video.r2plus1d_18(num_classes=2), (1, 3, 4, 32, 32)),
}


def main(folder):
    torch.manual_seed(0)
    torch.set_num_threads(2)
    shapes = {}
    for name, (make, shape) in MODELS.items():
        model = make().eval()
        # Not the statistics, gains and heads that fresh networks begin with.
        for module in model.modules():
            if isinstance(module, (nn.BatchNorm2d, nn.BatchNorm3d)):
                module.running_mean.normal_(std=0.05)
                module.running_var.uniform_(0.5, 1.5)
        for parameter in model.parameters():
            if parameter.numel() > 1 and parameter.detach().std() == 0:
                parameter.data.add_(torch.randn_like(parameter) * 0.05)
        x = torch.randn(shape)
        path = os.path.join(folder, name)
        # The exporter of today, and the older one.
        with torch.no_grad():
            torch.onnx.export(
                model, (x,), path + ".onnx", input_names=["x"], output_names=["y"], verbose=False)
            torch.onnx.export(
                model, (x,), path + "-older.onnx", dynamo=False, opset_version=17,
                input_names=["x"], output_names=["y"], dynamic_axes={"x": {0: "N"}})
            y = model(x)
        x.numpy().astype("<f4").tofile(path + ".x")
        y.numpy().astype("<f4").tofile(path + ".y")
        shapes[name] = list(shape)
    with open(os.path.join(folder, "models.json"), "w") as file:
        json.dump(shapes, file)


if __name__ == "__main__":
    main(sys.argv[1])
