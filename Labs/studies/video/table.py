"""Prints the ROC AUC per clip of each run below a folder as a Markdown table: all clips, then each forgery method.

    python3 table.py Labs
"""

import json
import os
import sys

METHODS = ["sbi", "warp", "reconstruct", "xray", "reenact", "mouth", "upsample"]
RUNS = ["lite0-imagenet", "lite0-none", "flow", "i3d", "densenet121-gru", "resnext50-lstm"]


def cell(auc):
    if auc is None:
        return ""
    interval = auc.get("interval")
    around = f" ({interval['low']:.2f} to {interval['high']:.2f})" if interval else ""
    return f"{auc['value']:.2f}{around}"


for quality in ["c23", "c40"]:
    print(f"\n| {quality} | steps | all | " + " | ".join(METHODS) + " |")
    print("| --- " * (len(METHODS) + 3) + "|")
    for run in RUNS:
        folder = os.path.join(sys.argv[1], f"{run}-{quality}")
        if not os.path.exists(f"{folder}/results.json"):
            continue
        with open(f"{folder}/results.json") as file:
            detector = json.load(file)["detectors"][0]
        with open(f"{folder}/log.jsonl") as file:
            steps = max(json.loads(line).get("iteration", 0) for line in file)
        methods = {method["name"]: method["auc"] for method in detector["methods"]}
        cells = [cell(detector["clips"]["metrics"]["roc_auc"])] + [cell(methods.get(name)) for name in METHODS]
        print(f"| `{run}` | {steps} | " + " | ".join(cells) + " |")
