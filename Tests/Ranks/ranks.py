#!/usr/bin/env python3
"""Trains on several ranks with mpirun, and compares with one process: ranks.py DFLAB FOLDER

DFLAB must be built with MPI (`make mpi`). All data are rendered. Prints a line for each check, and fails
with the first that does not hold.
"""

import json
import os
import signal
import struct
import subprocess
import sys
import time

DFLAB, FOLDER = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
# Ranks of a test share the processors; root may start them in a container.
MPIRUN = ["mpirun", "--oversubscribe", "--allow-run-as-root"]
ENVIRONMENT = {**os.environ, "OMPI_MCA_rmaps_base_oversubscribe": "1"}


def run(*words, ranks=1, fails=False):
    """Runs dflab on some ranks; returns what it printed."""
    start = MPIRUN + ["-n", str(ranks)] if ranks > 1 else []
    threads = ["--threads", "1"] if ranks == 1 and words[0] in ("swap", "detect", "pretrain") else []
    return finish([*start, DFLAB, *words, *threads], fails)


def finish(command, fails=False):
    result = subprocess.run(
        command, cwd=FOLDER, env=ENVIRONMENT, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, timeout=600)
    if (result.returncode != 0) != fails:
        sys.exit(f"{' '.join(command)} ended with {result.returncode}:\n{result.stdout}")
    return result.stdout


def tensors(path):
    """The bytes of a checkpoint's tensors, without its metadata, which hold the time."""
    with open(os.path.join(FOLDER, "Checkpoints", path), "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        file.seek(size, os.SEEK_CUR)
        return file.read()


def log(run_name):
    with open(os.path.join(FOLDER, "Labs", run_name, "log.jsonl")) as file:
        return [json.loads(line) for line in file]


def check(what, holds, *evidence):
    if not holds:
        sys.exit(f"FAILED: {what}: {evidence}")
    print(f"ok: {what}", flush=True)


def near(one, other, tolerance=0.02):
    return abs(one - other) <= tolerance * max(1e-3, abs(other))


def swap():
    words = ["swap", "--a", "Datasets/people/p001", "--b", "Datasets/people/p002", "--batch", "6",
             "--quiet", "--iterations"]
    run(*words, "10", "--name", "one")
    for name in ("two", "twice"):
        output = run(*words, "10", "--name", name, ranks=2)
        check("rank 0 alone prints", output.count("Best held-out reconstruction") == 1, output)
    one, two = log("one")[-1], log("two")[-1]
    for key in ("loss_a", "loss_b", "ssim_a", "ssim_b"):
        check(f"swap, {key} of 2 ranks as of one process", near(two[key], one[key]), two[key], one[key])
    same = tensors("two/latest.safetensors") == tensors("twice/latest.safetensors")
    check("swap, the same bits twice", same)
    for ranks in (1, 3):
        name = f"resumed-{ranks}"
        run(*words, "5", "--name", name, ranks=2)
        run(*words, "10", "--name", name, ranks=ranks)
        own = log(name)[-1]
        check(f"swap, begun on 2 ranks and resumed on {ranks}", own["iteration"] == 10
              and near(own["loss_a"], one["loss_a"]), own["loss_a"], one["loss_a"])
    run(*words, "3", "--name", "gan", "--gan", "lsgan", "--mask", "learned", ranks=2)
    check("swap, with discriminators and a learned mask", log("gan")[-1]["iteration"] == 3)


def detectors():
    words = ["detect", "--retrain", "--data", "fakes", "--detectors", "cnn-bn,spectrum", "--iterations",
             "12", "--batch", "8", "--quiet"]
    run(*words, "--name", "detect-one")
    for name in ("detect-two", "detect-twice"):
        run(*words, "--name", name, ranks=2)
    pairs = list(zip(log("detect-one"), log("detect-two")))
    check("detect --retrain, the curve of one process",
          pairs and all(near(two["loss"], one["loss"], 0.1) for one, two in pairs), pairs)
    same = all(
        tensors(f"detect-two-cnn-bn/{file}.safetensors")
        == tensors(f"detect-twice-cnn-bn/{file}.safetensors") for file in ("latest", "best"))
    check("detect --retrain, the same bits twice", same)


def pretraining():
    for model in ("autoencoders", "swap"):
        words = ["pretrain", "--model", model, "--faces", "Datasets/people", "--iterations", "6", "--quiet"]
        for name, ranks in (("one", 1), ("two", 2)):
            run(*words, "--name", f"{model}-{name}", ranks=ranks)
        one, two = (log(f"{model}-{name}")[-1]["heldOut"] for name in ("one", "two"))
        check(f"pretrain --model {model}, as one process",
              all(near(two[kind][key], one[kind][key], 0.05) for kind in one for key in one[kind]),
              one, two)


def refusals():
    swap = [DFLAB, "swap", "--a", "Datasets/people/p001", "--b", "Datasets/people/p002", "--name",
            "refused", "--iterations", "3", "--seed"]
    output = finish([*MPIRUN, "-n", "1", *swap, "1", ":", "-n", "1", *swap, "2"], fails=True)
    check("ranks with different seeds are refused, once",
          output.count("has --seed 2, and rank 0 1. Start all ranks with the same program, options "
                       "and data.") == 1 and output.count("Error:") == 1, output)
    check("and nothing was written", not os.path.exists(os.path.join(FOLDER, "Labs/refused")))
    if os.geteuid() == 0:
        # Another node, whose folder of the same path is empty or holds other pictures.
        for folder, sentence in (("fakes", "cannot take part: "), ("people/p003", "has other pictures in")):
            node = ["unshare", "-m", "sh", "-c",
                    f'mount --bind Datasets/{folder} Datasets/people/p001 && exec "$@"', "sh"]
            output = finish([*MPIRUN, "-n", "1", *swap, "1", ":", "-n", "1", *node, *swap, "1"], fails=True)
            check(f"a node with other data {sentence.strip(': ')}", output.count(sentence) == 1, output)
    output = run("swap", *swap[2:], "1", "--batch", "2", ranks=3, fails=True)
    check("more ranks than samples are refused", output.count("cannot be shared by 3 ranks") == 1, output)
    for words in (["runs", "list"], ["serve"], ["augment", "--name", "refused"], ["detect", "p.png"]):
        output = run(*words, ranks=2, fails=True)
        check(f"{words[0]} on several ranks is refused, once",
              output.count("This command cannot run on several ranks.") == 1, output)


def children(process):
    with open(f"/proc/{process}/task/{process}/children") as file:
        return [int(word) for word in file.read().split()]


def death():
    words = ["swap", "--a", "Datasets/people/p001", "--b", "Datasets/people/p002", "--name", "killed",
             "--batch", "6", "--save-every", "0.02", "--iterations"]
    job = subprocess.Popen([*MPIRUN, "-n", "2", DFLAB, *words, "100000"], cwd=FOLDER, env=ENVIRONMENT,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    latest = os.path.join(FOLDER, "Checkpoints/killed/latest.safetensors")
    for _ in range(600):
        if os.path.exists(latest):
            break
        time.sleep(0.1)
    time.sleep(1)
    killed = time.monotonic()
    os.kill(children(job.pid)[1], signal.SIGKILL)
    output, _ = job.communicate(timeout=60)
    seconds = time.monotonic() - killed
    check("a rank that dies ends the job within seconds", job.returncode != 0 and seconds < 10,
          seconds, output)
    check("and the user is told", "another rank has ended, or the job was canceled. Rerun" in output, output)
    before = log("killed")[-1]["iteration"] if log("killed") else 0
    run(*words, str(before + 50), "--quiet")
    check("the last checkpoint resumes", log("killed")[-1]["iteration"] == before + 50)


os.makedirs(FOLDER)
run("init")
run("faces", "synthesize", "--people", "6", "--count", "24", "--out", "Datasets/people", "--quiet")
run("augment", "--name", "fakes", "--count", "60", "--faces", "Datasets/people",
    "--quiet")
for step in (swap, detectors, pretraining, refusals, death):
    step()
print("All checks passed.")
