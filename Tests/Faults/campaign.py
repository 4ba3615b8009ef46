"""Kills dflab, and takes its disk away, at random instants; then checks that nothing was lost.

    python3 Tests/Faults/campaign.py .build/release/dflab /tmp/campaign --count 1000

PROGRAM is dflab, FOLDER a folder that does not exist yet, or one of an earlier campaign. Every trial runs one command in a
fresh copy of a small workspace, disturbs it, runs it again undisturbed, and demands

  - that the end equals that of a run that nothing disturbed: the same weights, pictures, videos and manifests,
  - that the ledger is whole ('dflab verify'), and that the registry built anew holds the same runs,
  - of a disturbed program that is not killed: an exit code other than 0, one sentence on stderr, and no crash.

Faults: kill (SIGKILL, up to three times in a row), stop (SIGINT), full (a full disk from the Nth write on), write, read
(errors of one write or read), short (partial reads and writes), sync (files renamed into place that a power failure would
leave empty), clock (a clock that jumps), writers (two to ten processes at once), folder (a folder that cannot be written),
memory (a limited address space; Swift ends a program that gets no memory, so a crash is no finding there, but a hang is).
The command 'serve' is a server with a queued training; it is only killed and stopped, and so may its training be.
Without a compiler, those of faults.c are left out, and said so. The last line is a summary in JSON.
"""

import argparse
import glob
import hashlib
import http.client
import json
import os
import random
import re
import resource
import shutil
import signal
import struct
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PATIENCE = 1800
KILLS = ["kill"]
SHIMMED = ["full", "write", "read", "short", "sync", "clock"]
FAULTS = KILLS + ["stop"] + SHIMMED + ["writers", "folder", "memory"]
# Megabytes of address space: from what the program is loaded with to what suffices.
ADDRESSES = (400, 3000)
PICTURES = {"png", "jpg", "jpeg", "mp4", "mov", "mkv"}
SHEETS = {"curves.png", "preview.png", "sheet.png"}

DUEL = {
    "pairs": {"training": 1, "validation": 1, "test": 1},
    "generator": {"batch": 1, "steps": 2, "laterSteps": 1, "adversaryBatch": 1},
    "samples": {"training": 8, "validation": 8, "test": 8, "size": 64},
    "forgeries": {"sbi": 0, "warp": 0},
    "detector": {"network": "shallow", "steps": 4, "batch": 4},
    "reference": "upsample",
}

SEARCH = {
    "detector": "cnn", "data": "labeled", "steps": 4, "reports": 2, "repetitions": 2,
    "phases": [{"name": "rate", "trials": 3, "parameters": {"learning-rate": {"low": 1e-4, "high": 1e-2, "log": True}}}],
}

# Each command, and the folders and files that it fills; * stands for any name.
COMMANDS = {
    "swap": (["swap", "--a", "Datasets/people/p001", "--b", "Datasets/people/p002", "--iterations", "12", "--name", "made"],
             ["Labs/made", "Checkpoints/made"]),
    "extract": (["extract", "clip.mp4", "--every", "2", "--masks", "--out", "Datasets/made"], ["Datasets/made"]),
    "convert": (["convert", "--model", f"{ROOT}/Checkpoints/demo/best.safetensors", "--input", "clip.mp4", "--to", "b", "--out",
                 "Labs/made.mp4"], ["Labs/made.mp4"]),
    "augment": (["augment", "--name", "made", "--faces", "Datasets/people", "--models", "none", "--count", "48", "--seed", "3"],
                ["Datasets/made"]),
    "detect": (["detect", "--retrain", "--data", "labeled", "--detectors", "shallow,spectrum", "--iterations", "12",
                "--name", "made"], ["Labs/made", "Checkpoints/made-shallow", "Checkpoints/made-spectrum"]),
    "duel": (["duel", "--a", "Datasets/people/p001", "Datasets/people/p003", "Datasets/people/p005", "--b",
              "Datasets/people/p002", "Datasets/people/p004", "Datasets/people/p006", "--recipe", "duel.json", "--rounds", "2",
              "--name", "made"], ["Labs/made", "Checkpoints/made-s1-*", "Datasets/made-s1-*"]),
    "search": (["search", "search.json", "--name", "made"], ["Labs/made"]),
    "serve": (["swap", "--a", "Datasets/people/p001", "--b", "Datasets/people/p002", "--iterations", "12", "--name", "made"],
              ["Labs/made", "Checkpoints/made"]),
    "import": (["datasets", "import", "public", "--split", "100/0/0", "--name", "made"], ["Datasets/made"]),
    "synthesize": (["faces", "synthesize", "--people", "2", "--count", "6", "--seed", "5", "--out", "Datasets/made"],
                   ["Datasets/made"]),
}


PASSWORD = "correct horse battery staple"


def run(program, words, folder, environment=None, check=True):
    done = subprocess.run([program] + words, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE)
    if check and done.returncode != 0:
        raise RuntimeError(f"dflab {' '.join(words)} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return done


def make_base(program, base):
    """A small workspace of rendered people, with a clip, a labeled dataset and a public one."""
    run(program, ["init", base], "/")
    run(program, ["faces", "synthesize", "--people", "6", "--count", "18", "--seed", "1"], base)
    run(program, ["faces", "synthesize", "--people", "1", "--count", "24", "--seed", "2", "--video", "--out", "clips"], base)
    shutil.move(f"{base}/clips/p001.mp4", f"{base}/clip.mp4")
    shutil.rmtree(f"{base}/clips")
    run(program, ["augment", "--name", "labeled", "--faces", "Datasets/people", "--models", "none", "--count", "60"], base)
    for label in ("real", "fake"):
        os.makedirs(f"{base}/public/{label}")
    for person, name in enumerate(("ada", "ben", "cleo", "dan", "eva", "finn"), 1):
        label = "real" if person % 2 else "fake"
        shutil.copy(f"{base}/Datasets/people/p00{person}/000001.jpg", f"{base}/public/{label}/{name}.jpg")
    with open(f"{base}/duel.json", "w") as file:
        json.dump(DUEL, file)
    with open(f"{base}/search.json", "w") as file:
        json.dump(SEARCH, file)
    with open(f"{base}/password", "w") as file:
        file.write(PASSWORD)


def substance(path):
    """The hash of what must not depend on when and how often a command ran; None for other files."""
    name = os.path.basename(path)
    ending = name.rpartition(".")[2]
    if name in SHEETS or name == "log.jsonl" or name.startswith("."):
        return None
    if ending == "safetensors":
        with open(path, "rb") as file:
            length = struct.unpack("<Q", file.read(8))[0]
            header = json.loads(file.read(length))
            header.pop("__metadata__", None)
            return hashlib.sha256(json.dumps(header, sort_keys=True).encode() + file.read()).hexdigest()
    if ending in PICTURES or name == "winner.json" or (ending == "jsonl" and name != "ledger.jsonl"):
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    return None


def contents(folder, places):
    found = {}
    for place in places:
        for whole in glob.glob(os.path.join(folder, place)):
            files = [whole] if os.path.isfile(whole) else [
                os.path.join(parent, name) for parent, _, names in os.walk(whole) for name in names]
            for path in files:
                value = substance(path)
                if value:
                    found[os.path.relpath(path, folder)] = value
    return found


def rows(program, folder):
    """The runs as the registry holds them."""
    listed = json.loads(run(program, ["runs", "list", "--json"], folder).stdout)
    return sorted(json.dumps(row, sort_keys=True) for row in listed)


class Server:
    """A server in a browser's place."""

    def __init__(self, program, folder):
        self.process = subprocess.Popen([program, "serve", "--port", "0", "--password-file", "password"], cwd=folder,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(re.search(r":(\d+)/", self.process.stdout.readline()).group(1))

    def ask(self, method, address, order=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {PASSWORD}", "Content-Type": "application/json"}
        connection.request(method, address, json.dumps(order) if order else None, headers)
        reply = connection.getresponse()
        text = reply.read()
        if reply.status >= 300:
            raise RuntimeError(f"{method} {address} was answered with {reply.status}: {text[:300]}")
        return json.loads(text)

    def child(self):
        """The running job: a shell that leads the group of its processes."""
        for path in glob.glob(f"/proc/{self.process.pid}/task/*/children"):
            with open(path) as file:
                words = file.read().split()
            if words:
                return int(words[0])
        return None


class Campaign:
    def __init__(self, settings):
        self.settings = settings
        self.program = os.path.abspath(settings.program)
        self.root = os.path.abspath(settings.folder)
        self.base = f"{self.root}/base"
        self.chance = random.Random(settings.seed)
        self.findings, self.trials, self.kills = [], {}, 0
        self.expected, self.seconds, self.writes, self.reads = {}, {}, {}, {}
        self.shim = f"{self.root}/faults.so"

    def prepare(self):
        os.makedirs(self.root, exist_ok=True)
        if not os.path.isdir(f"{self.base}/public/fake") or not os.path.exists(f"{self.base}/password"):
            shutil.rmtree(self.base, ignore_errors=True)
            make_base(self.program, self.base)
        compiler = shutil.which("cc") or shutil.which("clang")
        self.own = {json.loads(line)["name"] for line in rows(self.program, self.base)}
        faults = [fault for fault in self.settings.faults if fault not in SHIMMED]
        if compiler:
            subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", self.shim, f"{HERE}/faults.c", "-ldl"], check=True)
            faults = self.settings.faults
        elif faults != self.settings.faults:
            print("No C compiler: the faults of faults.c are left out.", flush=True)
        for name in self.settings.commands:
            folder = self.copy()
            start = time.monotonic()
            environment = self.shimmed(folder, "count") if compiler else None
            run(self.program, COMMANDS[name][0], folder, environment)
            self.seconds[name] = time.monotonic() - start
            self.expected[name] = contents(folder, COMMANDS[name][1])
            if not self.expected[name]:
                raise RuntimeError(f"{name} made nothing that could be compared")
            if compiler:
                with open(f"{folder}.log") as file:
                    words = file.read().split()
                self.writes[name], self.reads[name] = int(words[1]), int(words[3])
            shutil.rmtree(folder)
            print(f"{name}: {self.seconds[name]:.1f} s undisturbed, {self.writes.get(name, '?')} writes, "
                  f"{len(self.expected[name])} files to compare", flush=True)
        return faults

    def copy(self):
        folder = f"{self.root}/trial"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.base, folder, symlinks=True)
        return folder

    def shimmed(self, folder, fault):
        log = f"{folder}.log"
        if os.path.exists(log):
            os.remove(log)
        return dict(os.environ, LD_PRELOAD=self.shim, DFLAB_FAULT=fault, DFLAB_FAULT_ROOT=folder, DFLAB_FAULT_LOG=log)

    def find(self, name, fault, text):
        self.findings.append({"command": name, "fault": fault, "finding": text})
        print(f"FOUND {name} under {fault}: {text}", flush=True)
        keep = f"{self.root}/found{len(self.findings)}"
        if os.path.isdir(f"{self.root}/trial") and len(self.findings) <= 20:
            shutil.copytree(f"{self.root}/trial", keep, symlinks=True, dirs_exist_ok=True)

    def check_end(self, name, fault, folder):
        """Runs the command to its end, and compares."""
        done = run(self.program, COMMANDS[name][0], folder, check=False)
        if done.returncode != 0:
            again = done.stderr.strip().splitlines()[-1:] or ["nothing on stderr"]
            return self.find(name, fault, f"the command run again ended with {done.returncode}: {again[0]}")
        found, due = contents(folder, COMMANDS[name][1]), self.expected[name]
        if found != due:
            wrong = sorted(path for path in set(found) | set(due) if found.get(path) != due.get(path))
            return self.find(name, fault, f"{len(wrong)} files differ from an undisturbed run: {', '.join(wrong[:4])}")
        before = rows(self.program, folder)
        for line in before:
            record = json.loads(line)
            if record["name"] in self.own:
                continue
            check = run(self.program, ["verify", record["name"]], folder, check=False)
            if check.returncode != 0:
                self.find(name, fault, f"verify {record['name']} ended with {check.returncode}: {check.stdout.strip()[:200]}")
        run(self.program, ["lab", "reindex"], folder)
        after = rows(self.program, folder)
        if before != after:
            self.find(name, fault, f"the registry differs once it is built anew: {set(before) ^ set(after)}")

    def judge(self, name, fault, process_code, error):
        """What a disturbed program may do."""
        if process_code < 0 or process_code in (132, 134, 139):
            self.find(name, fault, f"crashed ({process_code}): {error.strip()[-300:]}")
        elif process_code != 0 and not error.strip():
            self.find(name, fault, f"ended with {process_code} without a word on stderr")

    def trial(self, name, fault):
        words = COMMANDS[name][0]
        folder = self.copy()
        if fault == "kill":
            for _ in range(self.chance.choice([1, 1, 2, 3])):
                process = subprocess.Popen([self.program] + words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                try:
                    process.wait(timeout=self.chance.random() * self.seconds[name])
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
                    self.kills += 1
        elif fault == "stop":
            process = subprocess.Popen([self.program] + words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            try:
                process.wait(timeout=self.chance.random() * self.seconds[name])
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGINT)
            error = process.communicate(timeout=PATIENCE)[1]
            if process.returncode not in (0, 130, -signal.SIGINT):
                self.find(name, fault, f"ended with {process.returncode} after Ctrl-C: {error.strip()[-300:]}")
        elif fault == "writers":
            several = [subprocess.Popen([self.program] + words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                       for _ in range(self.chance.choice([2, 2, 10]))]
            ends = [(process.communicate(timeout=PATIENCE)[1], process.returncode) for process in several]
            for error, code in ends:
                self.judge(name, fault, code, error)
            if all(code != 0 for _, code in ends):
                self.find(name, fault, f"none of {len(ends)} processes succeeded: {ends[0][0].strip()[-200:]}")
        elif fault == "memory":
            megabytes = self.chance.randint(*ADDRESSES)
            limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
            done = subprocess.run([self.program] + words, cwd=folder, capture_output=True, text=True, preexec_fn=limit,
                                  timeout=60 + 20 * self.seconds[name])
            if done.returncode > 0 and not done.stderr.strip() and done.returncode < 128:
                self.find(name, fault, f"ended with {done.returncode} without a word on stderr, with {megabytes} MB")
        elif fault == "folder":
            # Root may write anywhere, so a file lies where a folder is to be made.
            place = COMMANDS[name][1][0]
            with open(f"{folder}/{place}", "w") as file:
                file.write("not a folder")
            done = run(self.program, words, folder, check=False)
            self.judge(name, fault, done.returncode, done.stderr)
            if done.returncode == 0 and os.path.isfile(f"{folder}/{place}") and not place.endswith(".mp4"):
                self.find(name, fault, "succeeded although its folder could not be made")
            os.remove(f"{folder}/{place}")
        else:
            if fault in ("full", "write"):
                setting = f"{fault}:{self.chance.randint(1, max(1, self.writes[name]))}"
            elif fault == "read":
                setting = f"{fault}:{self.chance.randint(1, max(1, self.reads[name]))}"
            else:
                setting = f"{fault}:{self.chance.randint(1, 10**6)}"
            done = run(self.program, words, folder, self.shimmed(folder, setting), check=False)
            self.judge(name, setting, done.returncode, done.stderr)
            if fault in ("short", "clock", "sync") and done.returncode != 0:
                self.find(name, setting, f"ended with {done.returncode}: {done.stderr.strip()[-300:]}")
            if fault == "sync" and os.path.exists(f"{folder}.log"):
                with open(f"{folder}.log") as file:
                    for line in sorted(set(file)):
                        self.find(name, fault, line.strip())
            fault = setting
        self.check_end(name, fault, folder)

    def trial_of_server(self, name, fault):
        """Ends a server, and perhaps its job, at a random instant, and starts another one, which must end the job."""
        folder = self.copy()
        options = dict(zip((word[2:] for word in COMMANDS[name][0][1::2]), COMMANDS[name][0][2::2]))
        server = Server(self.program, folder)
        try:
            job = server.ask("POST", "/api/jobs", {"request": "swap", "options": options})["number"]
            time.sleep(self.chance.random() * self.seconds[name])
            if fault == "stop":
                server.process.send_signal(signal.SIGINT)
                if server.process.wait(timeout=PATIENCE) != 0:
                    self.find(name, fault, f"ended with {server.process.returncode} after Ctrl-C")
            else:
                child = server.child()
                server.process.kill()
                server.process.wait()
                self.kills += 1
                if child and self.chance.random() < 0.5:
                    os.killpg(child, signal.SIGKILL)
                    self.kills += 1
        finally:
            server.process.kill()
        server = Server(self.program, folder)
        try:
            state, limit = "queued", time.monotonic() + PATIENCE
            while state in ("queued", "running") and time.monotonic() < limit:
                time.sleep(0.2)
                state = server.ask("GET", f"/api/jobs/{job}")["state"]
            if fault == "stop" and state != "done":
                self.find(name, fault, f"the job is {state} after a restart")
        finally:
            server.process.send_signal(signal.SIGINT)
            server.process.wait(timeout=PATIENCE)
        self.check_end(name, fault, folder)

    def carry_out(self):
        faults = self.prepare()
        start = time.monotonic()
        for number in range(self.settings.count):
            if self.settings.minutes and time.monotonic() - start > self.settings.minutes * 60:
                break
            name = self.settings.commands[number % len(self.settings.commands)]
            known = [other for other in faults if other in ("kill", "stop")] if name == "serve" else faults
            if not known:
                continue
            fault = self.chance.choice(known)
            try:
                if name == "serve":
                    self.trial_of_server(name, fault)
                else:
                    self.trial(name, fault)
            except subprocess.TimeoutExpired as error:
                self.find(name, fault, f"did not end within {error.timeout:.0f} s")
            except (RuntimeError, OSError) as error:
                self.find(name, fault, str(error))
            self.trials[f"{name} {fault}"] = self.trials.get(f"{name} {fault}", 0) + 1
            if (number + 1) % 10 == 0:
                print(f"{number + 1} trials, {self.kills} kills, {len(self.findings)} findings", flush=True)
        shutil.rmtree(f"{self.root}/trial", ignore_errors=True)
        print(json.dumps({"trials": sum(self.trials.values()), "kills": self.kills, "by_trial": self.trials,
                          "findings": self.findings}))
        return 1 if self.findings else 0


def names(known):
    def parse(text):
        chosen = text.split(",")
        unknown = [name for name in chosen if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; known are {', '.join(known)}")
        return chosen
    return parse


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("--count", type=int, default=1000, help="number of trials (default: 1000)")
    parser.add_argument("--minutes", type=float, help="end after this time")
    parser.add_argument("--seed", type=int, default=1, help="random seed (default: 1)")
    parser.add_argument("--commands", type=names(list(COMMANDS)), default=list(COMMANDS), help="comma-separated commands")
    parser.add_argument("--faults", type=names(FAULTS), default=FAULTS, help="comma-separated faults")
    sys.exit(Campaign(parser.parse_args()).carry_out())
