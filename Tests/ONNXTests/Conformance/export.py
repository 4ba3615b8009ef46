"""Writes ONNX's own tests of single operators into a folder, as the Swift tests read them.

usage: export.py FOLDER

Needs the packages onnx and numpy. Each test is a folder with model.onnx and, for each of its data sets,
inputs and outputs as tensors. tests.json lists them with their tolerances.
"""

import json
import os
import sys
import warnings

import numpy
import onnx
from onnx import numpy_helper

warnings.filterwarnings("ignore")
from onnx.backend.test.case.node import collect_testcases  # noqa: E402


def write(path, value):
    """One tensor, or nothing for sequences and the like, whose models are refused."""
    if isinstance(value, onnx.TensorProto):
        tensor = value
    elif isinstance(value, (numpy.ndarray, numpy.generic)) and value.dtype != object:
        tensor = numpy_helper.from_array(numpy.asarray(value))
    else:
        return
    with open(path, "wb") as file:
        file.write(tensor.SerializeToString())


folder = sys.argv[1]
tests = []
for case in collect_testcases():
    if case.model is None:
        continue
    place = os.path.join(folder, case.name)
    os.makedirs(place)
    onnx.save(case.model, os.path.join(place, "model.onnx"))
    for number, (inputs, outputs) in enumerate(case.data_sets):
        for kind, values in (("input", inputs), ("output", outputs)):
            for index, value in enumerate(values):
                write(os.path.join(place, f"{number}.{kind}.{index}"), value)
    tests.append({
        "name": case.name, "relative": case.rtol, "absolute": case.atol,
        "operators": sorted({node.op_type for node in case.model.graph.node}),
        "sets": [[len(inputs), len(outputs)] for inputs, outputs in case.data_sets]})
with open(os.path.join(folder, "tests.json"), "w") as file:
    json.dump(tests, file)
print(len(tests))
