#!/usr/bin/env python3
"""Writes a PyTorch detector as an ONNX graph for `dflab models import`, with its input convention.

    pip install torch onnx onnxruntime          and what the detector's own code needs

    onnx_from_checkpoint.py deepfakebench --repository DeepfakeBench --detector xception \\
        --weights xception_best.pth --out xception.onnx
    onnx_from_checkpoint.py deepfakebench --repository DF40/DeepfakeBench_DF40 --detector clip \\
        --weights clip_large.pth --out clip-l.onnx
    onnx_from_checkpoint.py timm --model convnext_tiny --weights best.pth --out convnext.onnx
    onnx_from_checkpoint.py transformers --model ./my-vit --out vit.onnx

The graph takes pictures in red, green and blue from 0 to 255, `[N, 3, side, side]` or, of a detector
of clips, `[N, frames, 3, side, side]`, normalizes them itself, and gives one logit, `[N, 1]`, above 0
for fake. Size, frames and the part of dflab's aligned crop are stored as metadata, so that the import
asks for nothing. Without --weights, or with --random, the weights are random: a trial of all steps.
The graph is compared with PyTorch's output before it is kept.

Tried with DeepfakeBench's xception, efficientnetb4, meso4, clip, i3d, f3net and srm, and with DF40's
clip, xception, i3d and srm.
PyTorch cannot export detectors that compute Fourier transforms, such as spsl.

`deepfakebench` and `transformers` import code of the repository or the package, and code can do
anything: use those that you trust. Weights are read as tensors alone.
"""
import argparse
import contextlib
import importlib
import importlib.abc
import importlib.machinery
import json
import os
import sys
import tempfile
import types
import unittest.mock
import warnings

IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
# The middle of dflab's crop that shows as much of a face as DeepfakeBench's crops of 1.3 times its box.
SHARES = {"deepfakebench": 0.875, "timm": 1.0, "transformers": 1.0}


class Placeholders(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Empty modules for packages that a repository imports and that are not installed.

    Most are for training alone.
    """

    def __init__(self, repository):
        self.repository = os.path.abspath(repository)
        self.names = set()

    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top in self.names or path is None and self.is_wanted():
            self.names.add(top)
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def is_wanted(self):
        """Whether the import stands in the repository."""
        frame = sys._getframe(2)
        while "importlib" in frame.f_code.co_filename:
            frame = frame.f_back
        return os.path.abspath(frame.f_code.co_filename).startswith(self.repository + os.sep)

    def create_module(self, spec):
        module = unittest.mock.MagicMock(name=spec.name)
        module.__path__ = []
        module.__spec__ = spec
        return module

    def exec_module(self, module):
        pass


def states(path):
    """The tensors of a checkpoint by the names that its layers have."""
    import torch

    if path.endswith(".safetensors"):
        from safetensors.torch import load_file

        content = load_file(path)
    else:
        content = torch.load(path, map_location="cpu", weights_only=True)
    for key in ("state_dict", "model_state_dict", "model"):
        if isinstance(content.get(key), dict):
            content = content[key]
    return {name.removeprefix("module."): tensor for name, tensor in content.items()}


def load(model, arguments):
    """Gives a model its trained weights: every one, or says which are missing."""
    if not arguments.weights or arguments.random:
        print("The weights are random: this is a trial.", file=sys.stderr)
        return
    result = model.load_state_dict(states(arguments.weights), strict=False)
    if result.missing_keys:
        raise SystemExit(
            f"'{arguments.weights}' lacks {len(result.missing_keys)} of the model's tensors, such as "
            f"'{result.missing_keys[0]}'. Check --detector or --model.")
    if result.unexpected_keys:
        print(
            f"{len(result.unexpected_keys)} tensors of '{arguments.weights}' are left out, such as "
            f"'{result.unexpected_keys[0]}'.", file=sys.stderr)


@contextlib.contextmanager
def without_downloads():
    """Builds backbones from their description: the detector's checkpoint has their weights."""
    import torch

    original = torch.nn.Module.load_state_dict

    def fitting(self, state, *_, **__):
        own = self.state_dict()
        return original(
            self, {
                name: value for name, value in state.items()
                if name in own and own[name].shape == value.shape
            }, strict=False)

    patches = [
        # Some copy Xception's first convolution.
        unittest.mock.patch(
            "torch.load", lambda *_, **__: {"conv1.weight": torch.randn(32, 3, 3, 3) / 5}),
        unittest.mock.patch.object(torch.nn.Module, "load_state_dict", fitting),
    ]
    def package(name):
        try:
            return importlib.import_module(name)
        except ImportError:
            return None

    efficient, vision, transformers = map(
        package, ("efficientnet_pytorch", "torchvision", "transformers"))
    if efficient:
        patches.append(
            unittest.mock.patch.object(
                efficient.EfficientNet, "from_pretrained",
                lambda kind, *_, **__: efficient.EfficientNet.from_name(kind)))
    if vision:
        patches.append(
            unittest.mock.patch.object(
                vision.models._api.WeightsEnum, "get_state_dict", lambda *_, **__: {}))
    if transformers:
        patches.append(
            unittest.mock.patch.object(
                transformers.CLIPModel, "from_pretrained",
                lambda path, *_, **__: transformers.CLIPModel(clip(transformers, str(path)))))
        patches.append(
            unittest.mock.patch.object(
                transformers.AutoProcessor, "from_pretrained", lambda *_, **__: None))
    with contextlib.ExitStack() as stack:
        for patch in patches:
            stack.enter_context(patch)
        yield


def clip(transformers, name):
    """CLIP's configuration by its published name."""
    sizes = {"base": (768, 12, 12, 3072, 512), "large": (1024, 24, 16, 4096, 768)}
    kind = "large" if "large" in name else "base"
    width, layers, heads, inner, projection = sizes[kind]
    patch = 14 if "patch14" in name else 32 if "patch32" in name else 16
    vision = {
        "hidden_size": width, "num_hidden_layers": layers, "num_attention_heads": heads,
        "intermediate_size": inner, "patch_size": patch, "image_size": 336 if "336" in name else 224,
        "projection_dim": projection,
    }
    text = {"num_hidden_layers": 1, "projection_dim": projection}
    return transformers.CLIPConfig(
        text_config=text, vision_config=vision, projection_dim=projection)


def deepfakebench(arguments):
    """A detector of DeepfakeBench or DF40: their code beside their configuration."""
    training = os.path.join(arguments.repository or "", "training")
    path = os.path.join(training, "config", "detector", f"{arguments.detector}.yaml")
    if not os.path.exists(path):
        raise SystemExit(f"'{path}' is missing. Check --repository and --detector.")
    placeholders = Placeholders(arguments.repository)
    sys.meta_path.append(placeholders)
    import yaml

    with open(path, encoding="utf-8") as file:
        config = yaml.safe_load(file)
    sys.path[:0] = [training, arguments.repository]
    # The package as it stands imports all detectors with all that they need; this one alone is wanted.
    # PyTorch's own part of TensorBoard asks for the version of the other.
    sys.modules["torch.utils.tensorboard"] = unittest.mock.MagicMock()
    registry = importlib.import_module("metrics.registry")
    package = types.ModuleType("detectors")
    package.__path__ = [os.path.join(training, "detectors")]
    package.DETECTOR = registry.DETECTOR
    sys.modules["detectors"] = package
    name = config["model_name"]
    folder = package.__path__[0]
    for file in sorted(os.listdir(folder)):
        if not file.endswith("_detector.py") or file == "base_detector.py":
            continue
        with open(os.path.join(folder, file), encoding="utf-8") as source:
            if f"module_name='{name}'" in source.read().replace('"', "'"):
                importlib.import_module(f"detectors.{file[:-3]}")
    if name not in registry.DETECTOR.data:
        raise SystemExit(f"No detector '{name}' in '{folder}'. Check --detector.")
    config["pretrained"] = None
    with without_downloads():
        model = registry.DETECTOR[name](config)
    sys.meta_path.remove(placeholders)
    if placeholders.names:
        print(
            f"Not installed, and left out: {', '.join(sorted(placeholders.names))}. If the graph fails, "
            "install them.", file=sys.stderr)
    load(model, arguments)
    frames = int(config.get("clip_size", 1)) if config.get("video_mode") else 1

    def scores(pictures):
        import torch

        labels = torch.zeros(pictures.shape[0], dtype=torch.long)
        made = model({"image": pictures, "label": labels}, inference=True)
        if made["cls"] is not made["prob"]:
            return made["cls"]
        # Some give a probability alone.
        probability = made["prob"].clamp(1e-7, 1 - 1e-7)
        return torch.log(probability) - torch.log(1 - probability)

    return model, scores, frames, config["resolution"], config["mean"], config["std"]


def timm_model(arguments):
    """A classifier of timm, of as many classes as the checkpoint has."""
    import timm

    count = 2
    if arguments.weights and not arguments.random:
        plain = timm.create_model(arguments.model, num_classes=2)
        head = plain.get_classifier()
        names = [name for name, module in plain.named_modules() if module is head]
        bias = states(arguments.weights).get(f"{names[0]}.bias") if names else None
        count = len(bias) if bias is not None else 2
    model = timm.create_model(arguments.model, num_classes=count)
    load(model, arguments)
    size = model.default_cfg
    side = arguments.side or size["input_size"][1]
    return model, model, 1, side, size["mean"], size["std"]


def transformers_model(arguments):
    """A picture classifier of transformers, from its folder, or from its configuration alone."""
    import transformers

    automatic = transformers.AutoModelForImageClassification
    if arguments.random:
        config = transformers.AutoConfig.from_pretrained(arguments.model, num_labels=2)
        model = automatic.from_config(config)
    else:
        model = automatic.from_pretrained(arguments.model)
    load_separately = arguments.weights and not arguments.random
    if load_separately:
        load(model, arguments)
    mean, deviation = IMAGENET
    try:
        processor = transformers.AutoImageProcessor.from_pretrained(arguments.model)
        mean, deviation = processor.image_mean, processor.image_std
    except (OSError, ValueError, ImportError):
        print("No preprocessor: ImageNet's mean and deviation are used.", file=sys.stderr)
    side = arguments.side or getattr(model.config, "image_size", 224)
    return model, lambda pictures: model(pictures).logits, 1, side, mean, deviation


def wrapped(model, scores, frames, mean, deviation, fake):
    """The model with its normalization before it, and one logit after it."""
    import torch

    class Detector(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model
            shape = (1,) * (2 if frames > 1 else 1) + (3, 1, 1)
            self.register_buffer("mean", 255 * torch.tensor(mean).reshape(shape))
            self.register_buffer("deviation", 255 * torch.tensor(deviation).reshape(shape))

        def forward(self, pictures):
            x = scores((pictures - self.mean) / self.deviation)
            x = x.reshape(x.shape[0], -1)
            if x.shape[1] == 1:
                return x
            own = x[:, fake : fake + 1]
            if x.shape[1] == 2:
                return own - x[:, 1 - fake : 2 - fake]
            others = torch.cat([x[:, :fake], x[:, fake + 1 :]], dim=1)
            return own - torch.logsumexp(others, dim=1, keepdim=True)

    return Detector().eval()


def write(detector, frames, side, card, out):
    """Exports, checks and compares the graph; returns the greatest difference."""
    import onnx
    import onnxruntime
    import torch

    shape = ([2, frames] if frames > 1 else [2]) + [3, side, side]
    example = 255 * torch.rand(shape)
    port = "clips" if frames > 1 else "pictures"
    with tempfile.TemporaryDirectory(dir=os.path.dirname(os.path.abspath(out))) as folder:
        path = os.path.join(folder, "model.onnx")
        with torch.no_grad(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                torch.onnx.export(
                    detector, (example,), path, dynamo=False, opset_version=17,
                    input_names=[port], output_names=["logit"],
                    dynamic_axes={port: {0: "N"}, "logit": {0: "N"}})
            except (RuntimeError, torch.onnx.errors.OnnxExporterError) as error:
                reason = str(error).strip().partition("\n")[0]
                raise SystemExit(f"PyTorch cannot export this detector: {reason}") from None
            expected = detector(example[:1]).numpy()
        graph = onnx.load(path)
        graph.producer_name = "onnx_from_checkpoint"
        for key, value in sorted(card.items()):
            entry = graph.metadata_props.add()
            entry.key, entry.value = key, str(value)
        onnx.save(graph, path)
        onnx.checker.check_model(path)
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        made = session.run(None, {port: example[:1].numpy()})[0]
        difference = float(abs(made - expected).max())
        if not difference <= 1e-3 * max(1, float(abs(expected).max())):
            raise SystemExit(f"The graph differs from PyTorch by {difference}: it is not kept.")
        os.replace(path, out)
    return difference


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("code", choices=SHARES, help="whose code defines the detector")
    parser.add_argument("--repository", help="clone of DeepfakeBench, or DF40's DeepfakeBench_DF40")
    parser.add_argument("--detector", help="deepfakebench: its file in training/config/detector, without .yaml")
    parser.add_argument("--model", help="timm: the model's name; transformers: its folder or name")
    parser.add_argument("--weights", help="checkpoint, .pth or .safetensors")
    parser.add_argument("--random", action="store_true", help="random weights, for a trial")
    parser.add_argument("--out", required=True, help="the new .onnx file")
    parser.add_argument("--fake", type=int, default=1, help="number of the class 'fake' (default: 1)")
    parser.add_argument("--side", type=int, help="side of the pictures (default: the model's own)")
    parser.add_argument(
        "--share", type=float,
        help="middle part of dflab's 256x256 crop that pictures show (default: 0.875 for DeepfakeBench's "
        "crops, otherwise 1)")
    arguments = parser.parse_args()
    needed = {"deepfakebench": ["repository", "detector"]}.get(arguments.code, ["model"])
    for name in needed:
        if not getattr(arguments, name):
            parser.error(f"{arguments.code} needs --{name}")
    make = {
        "deepfakebench": deepfakebench, "timm": timm_model, "transformers": transformers_model,
    }[arguments.code]
    model, scores, frames, side, mean, deviation = make(arguments)
    model.eval()
    side = arguments.side or side
    detector = wrapped(model, scores, frames, mean, deviation, arguments.fake)
    card = {
        "kind": "dflab detector",
        "input": json.dumps(
            {
                "side": side, "share": arguments.share or SHARES[arguments.code],
                "mean": list(mean), "deviation": list(deviation),
            }, sort_keys=True),
        "name": os.path.splitext(os.path.basename(arguments.out))[0],
        "layout": "ntchw" if frames > 1 else "nchw", "frames": frames, "alignment": "dflab",
        "share": arguments.share or SHARES[arguments.code], "side": side,
        "output": "logit, above 0 for fake",
    }
    difference = write(detector, frames, side, card, arguments.out)
    count = sum(weight.numel() for weight in model.parameters())
    print(f"{arguments.out}: {count} weights; ONNX Runtime differs from PyTorch by {difference:.1e}.")


if __name__ == "__main__":
    main()
