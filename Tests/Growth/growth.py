"""Measures how time and memory grow with the number of pictures, samples and runs.

    python3 Tests/Growth/growth.py .build/release/dflab FOLDER [--sizes 1000,10000] [--stages extract,import,…]

FOLDER does not exist yet. The inputs are copies of 200 rendered faces, each with other bytes. Every stage is a
process of its own in a workspace of its own for each size; its wall time and peak memory are printed as a table in
Markdown. Exits with 1 if the time of a stage grows faster than linearly by more than a fifth from one size to the
next, or if its peak memory more than doubles while the size grows tenfold.
"""

import argparse
import json
import os
import shutil
import sys
import time

SLACK_TIME, SLACK_MEMORY = 1.2, 2.0


def run(program, words, folder):
    """Runs a command; returns its wall time in seconds and its peak memory in MB."""
    start = time.monotonic()
    process = os.fork()
    if process == 0:
        os.chdir(folder)
        quiet = os.open(f"{folder}/output.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.execv(program, [program] + words)
    _, status, usage = os.wait4(process, 0)
    if status:
        with open(f"{folder}/output.txt") as file:
            raise RuntimeError(f"'dflab {' '.join(words)}' failed: {file.read()[-400:]}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def other(picture, number):
    """The JPEG file with a comment of its own."""
    text = b"copy %d" % number
    return picture[:2] + b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text + picture[2:]


def fill(folder, pictures, count, first=0):
    os.makedirs(folder)
    for number in range(first, first + count):
        with open(f"{folder}/{number:07d}.jpg", "wb") as file:
            file.write(other(pictures[number % len(pictures)], number))


def write_runs(folder, count):
    for number in range(count):
        home = f"{folder}/Labs/run-{number:07d}"
        os.makedirs(home)
        record = {
            "command": "swap", "line": ["swap", "--seed", str(number)], "threads": 2, "settings": {"seed": number},
            "seed": number, "machine": "a machine", "sources": ["Datasets/people"], "places": [f"Labs/run-{number:07d}"],
            "sessions": [{"version": "1", "began": "2026-01-01T00:00:00Z", "ended": "2026-01-01T00:30:00Z",
                          "outcome": "done", "lines": 0}]}
        with open(f"{home}/run.json", "w") as file:
            json.dump(record, file)


def measure(program, root, base, pictures, size, stages):
    """Time and memory of each stage."""
    folder = f"{root}/{size}"
    shutil.copytree(base, folder)
    found = {}

    def stage(name, words):
        if name in stages:
            found[name] = run(program, words, folder)
            print(f"{name} of {size}: {found[name][0]:.1f} s, {found[name][1]:.0f} MB", file=sys.stderr, flush=True)

    if {"extract", "swap"} & set(stages):
        fill(f"{folder}/photos", pictures, size)
        stage("extract", ["extract", "photos", "--out", "Datasets/extracted"])
    if "extract" in stages:
        stage("swap", ["swap", "--a", "Datasets/extracted", "--b", "Datasets/people/p001", "--iterations", "20", "--name", "swap"])
    if {"import", "evaluate"} & set(stages):
        fill(f"{folder}/public/real", pictures, size // 2)
        fill(f"{folder}/public/fake", pictures, size // 2, first=size)
        stage("import", ["datasets", "import", "public", "--name", "public", "--identities", "none", "--split", "0/0/100"])
    stage("augment", ["augment", "--name", "made", "--faces", "Datasets/people", "--models", "none", "--count", str(size)])
    stage("train", ["detect", "--retrain", "--data", "made", "--detectors", "meso4", "--iterations", "100", "--name", "trained"])
    if "import" in stages:
        stage("evaluate", ["detect", "--evaluate", "--data", "public", "--detectors", "real-people", "--name", "tested"])
    if "registry" in stages:
        write_runs(folder, size)
    stage("registry", ["lab", "reindex"])
    if "registry" in stages:
        stage("list", ["runs", "list", "--json"])
    stage("report", ["report", "trained"])
    shutil.rmtree(folder)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("folder")
    names = ["extract", "swap", "import", "augment", "train", "evaluate", "registry", "list", "report"]
    parser.add_argument("--sizes", default="1000,10000", help="numbers of pictures, samples and runs, ascending")
    parser.add_argument("--stages", default=",".join(names), help="some of " + ", ".join(names))
    settings = parser.parse_args()
    program, root = os.path.abspath(settings.program), os.path.abspath(settings.folder)
    sizes, stages = [int(size) for size in settings.sizes.split(",")], settings.stages.split(",")
    base = f"{root}/base"
    os.makedirs(base)
    run(program, ["init", "."], base)
    run(program, ["faces", "synthesize", "--people", "10", "--count", "20", "--seed", "1"], base)
    pictures = []
    for person in range(1, 11):
        for number in range(1, 21):
            with open(f"{base}/Datasets/people/p{person:03d}/{number:06d}.jpg", "rb") as file:
                pictures.append(file.read())
    results = [measure(program, root, base, pictures, size, stages) for size in sizes]
    steep = []
    print("| stage |" + "".join(f" {size} |" for size in sizes) + "\n| --- |" + " --- |" * len(sizes))
    for name in names:
        if name not in results[0]:
            continue
        print(f"| {name} |" + "".join(f" {result[name][0]:.1f} s, {result[name][1]:.0f} MB |" for result in results))
        for (less, small), (more, large) in zip(zip(sizes, results), zip(sizes[1:], results[1:])):
            growth = more / less
            # Starting takes its time, whatever the size.
            if large[name][0] > SLACK_TIME * growth * max(small[name][0], 0.5):
                steep.append(f"the time of {name} grows from {small[name][0]:.1f} to {large[name][0]:.1f} s")
            if large[name][1] > SLACK_MEMORY * small[name][1]:
                steep.append(f"the memory of {name} grows from {small[name][1]:.0f} to {large[name][1]:.0f} MB")
    for sentence in steep:
        print(f"STEEP: {sentence}")
    sys.exit(1 if steep else 0)


if __name__ == "__main__":
    main()
