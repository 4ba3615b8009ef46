#!/usr/bin/env python3
"""The ONNX Runtime peer of `dflab bench detect --mode infer`.

    pip install numpy torch onnx onnxruntime
    python3 detect_onnx.py --model efficientnet-lite0 --batch 1

Exports the network of `detect.py` to ONNX and prints faces per second, the median over --repeats.
"""
import argparse
import json
import os
import statistics
import sys
import tempfile
import time

import numpy
import onnxruntime
import torch

sys.path.append(os.path.join(os.path.dirname(__file__), "../DetectionTests/Golden"))
from networks import NETWORKS, Builder, RandomSource  # noqa: E402


def session(arguments):
    model = NETWORKS[arguments.model](Builder(RandomSource(1)), arguments.size).eval()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = arguments.threads
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.onnx")
        example = torch.zeros(arguments.batch, 3, arguments.size, arguments.size)
        torch.onnx.export(
            model, (example,), path, dynamo=False, input_names=["x"], opset_version=17)
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--model", choices=NETWORKS, default="efficientnet-b0")
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--repeats", type=int, default=50)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    arguments = parser.parse_args()
    network = session(arguments)
    x = numpy.random.rand(arguments.batch, 3, arguments.size, arguments.size).astype("f")
    for _ in range(2):
        network.run(None, {"x": x})
    times = []
    for _ in range(arguments.repeats):
        start = time.perf_counter()
        network.run(None, {"x": x})
        times.append(time.perf_counter() - start)
    print(json.dumps({"model": arguments.model, "mode": "infer", "batch": arguments.batch,
                      "threads": arguments.threads,
                      "faces_per_second": arguments.batch / statistics.median(times)}))


if __name__ == "__main__":
    main()
