"""Measures the pages of a large workspace, and fails if one takes longer than it should.

    python growth.py PROGRAM FOLDER [RUNS] [FACES] [MOST]

PROGRAM is dflab; FOLDER does not exist yet, and gets a workspace with RUNS runs (10000) and two face sets of
FACES faces in all (100000). Each page is asked for seven times from a server that has read the workspace once;
the median must be at most MOST milliseconds (200).
"""

import http.client
import json
import os
import re
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import time
import traceback
import zlib

program, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
runs, faces, most = (int(sys.argv[n]) if len(sys.argv) > n else usual for n, usual in [(3, 10_000), (4, 100_000), (5, 200)])
password = "correct horse battery staple"


def png(shade, side=256):
    """A gray picture of its own for each shade."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    rows = (b"\0" + bytes([shade]) * side) * side
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def write_runs():
    """Runs with a record, a log and results."""
    for number in range(runs):
        home = f"{folder}/Labs/run-{number:05d}"
        os.makedirs(home)
        kind = ["swap", "detect --retrain", "extract", "augment"][number % 4]
        settings = {"iterations": 1000 + number, "batch": 16, "learningRate": 3e-4, "seed": number}
        record = {
            "command": kind, "line": kind.split() + ["--seed", str(number)], "threads": 2, "settings": settings,
            "seed": number, "machine": "a machine", "sources": ["Datasets/large"], "places": [f"Labs/run-{number:05d}"],
            "sessions": [{"version": "0.1.0", "began": f"2026-01-{1 + number % 28:02d}T{number % 24:02d}:00:00Z",
                          "ended": f"2026-01-{1 + number % 28:02d}T{number % 24:02d}:30:00Z", "outcome": "done", "lines": 0}]}
        with open(f"{home}/run.json", "w") as file:
            json.dump(record, file)
        with open(f"{home}/log.jsonl", "w") as file:
            for step in range(10):
                file.write(json.dumps({"iteration": 100 * step, "loss": 1 / (1 + step), "seconds": step}) + "\n")


def write_faces():
    """A face set of most of the faces, and one of the rest."""
    points = [[60 + n % 17 * 8, 60 + n // 17 * 30] for n in range(68)]
    for name, first, end in [("large", 0, faces * 9 // 10), ("small", faces * 9 // 10, faces)]:
        home = f"{folder}/Datasets/{name}"
        os.makedirs(home)
        for shade in range(256):
            with open(f"{home}/.{shade}.png", "wb") as file:
                file.write(png(shade))
        with open(f"{home}/faces.jsonl", "w") as file:
            for number in range(first, end):
                picture = f"{number:06d}.png"
                os.link(f"{home}/.{number % 256}.png", f"{home}/{picture}")
                file.write(json.dumps({
                    "file": picture, "source": f"clip{number // 500}.mp4", "frame": number % 500, "time": number % 500 / 25,
                    "box": [10, 10, 100, 100], "landmarks": points, "matrix": [1, 0, 0, 0, 1, 0], "blur": number % 997 / 10,
                    "pose": [0, 0, 0], "identity": f"person{number // 500}"}, separators=(",", ":")) + "\n")


class Browser:
    """Asks the server, and measures."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1200)

    def ask(self, address):
        start = time.perf_counter()
        self.connection.request("GET", address, headers={"Authorization": f"Bearer {password}"})
        reply = self.connection.getresponse()
        text = reply.read()
        assert reply.status == 200, (address, reply.status, text[:300])
        return 1000 * (time.perf_counter() - start), text


def main():
    subprocess.run([program, "init", folder], check=True, stdout=subprocess.DEVNULL)
    start = time.perf_counter()
    write_runs()
    write_faces()
    with open(f"{folder}/password", "w") as file:
        file.write(password)
    print(f"{runs} runs and {faces} faces written in {time.perf_counter() - start:.0f} s")
    start = time.perf_counter()
    server = subprocess.Popen(
        [program, "serve", "--port", "0", "--workspace", folder, "--password-file", f"{folder}/password"],
        stdout=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r":(\d+)/", server.stdout.readline()).group(1))
        print(f"first start, reading everything: {time.perf_counter() - start:.1f} s")
        browser = Browser(port)
        slow = []
        # Pages in the middle of long lists, which are the slowest to find.
        run, face = runs // 2, faces // 2
        pages = ["/", "/runs", f"/runs?page={1 + run // 50}", "/runs?q=swap+17", f"/runs/run-{run:05d}", "/data", "/jobs",
                 "/detect", "/generate", "/convert", "/new", "/new/swap", "/verify", "/uploads", "/webcam",
                 "/compare?run=run-00001&run=run-00002", "/data/large", f"/data/large?page={1 + face // 96}",
                 "/data/large?person=person1", "/data/large?order=sharpness", f"/data/large/{face}", "/api/status",
                 "/api/runs", "/api/datasets/large"]
        for page in pages:
            first, text = browser.ask(page)
            times = [browser.ask(page)[0] for _ in range(7)]
            small = zlib.compress(text, 6)
            packing = time.perf_counter()
            zlib.compress(text, 6)
            packing = 1000 * (time.perf_counter() - packing)
            middle = statistics.median(times)
            print(f"{page:45} {middle:7.1f} ms  (first {first:7.1f} ms)  {len(text) / 1000:6.1f} kB, gzip "
                  f"{len(small) / 1000:5.1f} kB in {packing:4.1f} ms", flush=True)
            if middle > most:
                slow.append(page)
        # A screen of thumbnails: first made, then cached.
        text = browser.ask(f"/data/large?page={1 + faces // 500}")[1].decode()
        pictures = re.findall(r'src="(/thumbnails/[^"]+)"', text)
        for what in ["made", "cached"]:
            start = time.perf_counter()
            for picture in pictures:
                browser.ask(picture)
            each = 1000 * (time.perf_counter() - start) / len(pictures)
            print(f"{len(pictures)} thumbnails {what}: {each:.1f} ms each")
        # A changed workspace is noticed without making pages wait.
        os.makedirs(f"{folder}/Labs/new")
        shutil.copy(f"{folder}/Labs/run-00001/run.json", f"{folder}/Labs/new/run.json")
        time.sleep(2.5)
        start = time.perf_counter()
        longest = 0
        while b"run=new" not in browser.ask("/runs?q=new")[1] and b"/runs/new" not in browser.ask("/runs?q=new")[1]:
            longest = max(longest, browser.ask("/runs")[0])
            assert time.perf_counter() - start < 300, "a new run was not noticed"
            time.sleep(0.1)
        print(f"a new run was shown after {time.perf_counter() - start:.1f} s; pages took at most {longest:.0f} ms meanwhile")
        memory = int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{server.pid}/status").read()).group(1)) // 1024
        print(f"at most {memory} MB")
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=300) == 0
        assert not slow, f"slower than {most} ms: {slow}"
        print("Everything is as it should be")
    finally:
        server.kill()


try:
    main()
except Exception:
    # Where the standard output alone is read.
    traceback.print_exc(file=sys.stdout)
