#!/usr/bin/env python3
"""Measures training by 2 ranks of one thread against one process of 2 threads: efficiency.py DFLAB FOLDER

Prints the time of a step of each, the median of several turns, and the efficiency: how fast the ranks are
relative to the threads. DFLAB must be built with MPI (`make mpi`). With `tcp` as a third word, ranks talk over
TCP (the loopback device) instead of shared memory.
"""

import json
import os
import statistics
import subprocess
import sys

DFLAB, FOLDER = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
NETWORK = ["--mca", "btl", "tcp,self"] if "tcp" in sys.argv[3:] else []
MPIRUN = ["mpirun", "--oversubscribe", "--allow-run-as-root", *NETWORK, "-n", "2"]
STEPS, SKIPPED, TURNS = 60, 10, 3
NAMES = iter(range(1000))
SWAP = ["swap", "--a", "Datasets/people/p001", "--b", "Datasets/people/p002", "--evaluate-every", "1000"]


def dflab(*words, start=()):
    return subprocess.run(
        [*start, DFLAB, *words], cwd=FOLDER, text=True, check=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE).stdout


def milliseconds(words, start, threads):
    """The time of a step, without the first ones."""
    output = dflab(
        *words, "--iterations", str(STEPS), "--name", f"m{os.getpid()}-{next(NAMES)}", "--threads",
        str(threads), "--progress", "json", start=start)
    events = [json.loads(line) for line in output.splitlines()]
    steps = [event.get("value2", event["value"]) for event in events if event.get("event") == "stepped"]
    return 1000 * (steps[-1]["seconds"] - steps[SKIPPED - 1]["seconds"]) / (STEPS - SKIPPED)


if not os.path.exists(FOLDER):
    os.makedirs(FOLDER)
    dflab("init")
    dflab("faces", "synthesize", "--people", "6", "--count", "60", "--out", "Datasets/people", "--quiet")
    dflab("augment", "--name", "fakes", "--count", "400", "--faces", "Datasets/people", "--quiet")
trainings = {
    "swap fast, batch 16": [*SWAP, "--batch", "16"],
    "swap fast, batch 64": [*SWAP, "--batch", "64"],
}
for name in ("meso4", "efficientnet-lite0"):
    trainings[f"{name}, batch 32"] = [
        "detect", "--retrain", "--data", "fakes", "--detectors", name, "--batch", "32"]
for name, words in trainings.items():
    times = {"threads": [], "ranks": []}
    for _ in range(TURNS):
        times["threads"].append(milliseconds(words, [], 2))
        times["ranks"].append(milliseconds(words, MPIRUN, 1))
    threads, ranks = (statistics.median(times[kind]) for kind in ("threads", "ranks"))
    print(f"{name}: 2 threads {threads:.1f} ms, 2 ranks {ranks:.1f} ms, efficiency {threads / ranks:.2f}",
          flush=True)
