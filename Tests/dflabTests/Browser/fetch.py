"""Downloads from a web server of its own with dflab fetch, and fails if something else arrives than should.

    python fetch.py PROGRAM FOLDER

PROGRAM is dflab, FOLDER a folder that does not exist yet.
"""

import http.server
import os
import struct
import subprocess
import sys
import threading
import time
import traceback
import zlib

program, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])


def png(side=64):
    """A gray picture."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    rows = (b"\0" + b"\x80" * side) * side
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Site(http.server.BaseHTTPRequestHandler):
    asked = []

    def do_GET(self):
        Site.asked.append(self.path)
        path = self.path.split("?")[0]
        if path in ("/a.png", "/picture"):
            self.answer(200, png(), "application/octet-stream")
        elif path == "/page":
            self.answer(200, b"<!DOCTYPE html><title>A page</title>", "text/html; charset=utf-8")
        elif path == "/text":
            self.answer(200, b"just text", "text/plain")
        elif path.startswith("/hop/"):
            left = int(path.split("/")[2])
            self.answer(302, b"", Location=f"/hop/{left - 1}" if left else "/a.png")
        elif path == "/away":
            self.answer(301, b"", Location="file:///etc/passwd")
        elif path == "/inside":
            self.answer(307, b"", Location=f"http://127.0.0.1:{self.server.server_port}/a.png")
        elif path in ("/announced", "/endless"):
            self.send_response(200)
            if path == "/announced":
                self.send_header("Content-Length", str(50 << 20))
            self.end_headers()
            try:
                for _ in range(50):
                    self.wfile.write(b"\0" * (1 << 20))
            except ConnectionError:
                pass
        elif path == "/slow":
            self.send_response(200)
            self.end_headers()
            time.sleep(20)
        else:
            self.answer(404, b"")

    def answer(self, status, body, kind="", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


def main():
    os.makedirs(f"{folder}/bin")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}"
    # A proxy of the environment is not asked, nor are the user's own settings of curl.
    environment = dict(os.environ, http_proxy="http://127.0.0.1:9", HOME=folder)
    with open(f"{folder}/.curlrc", "w") as file:
        file.write("user-agent = wrong\nfail-early\nlocation\n")

    def fetch(*words, local=True, **others):
        out = f"{folder}/out"
        run = subprocess.run(
            [program, "fetch", *words, "--out", out] + (["--allow-local-urls"] if local else []),
            capture_output=True, text=True, env=dict(environment, **others), timeout=120)
        left = sorted(os.listdir(out)) if os.path.isdir(out) else []
        for name in left:
            os.remove(f"{out}/{name}")
        return run.returncode, run.stderr, left

    assert fetch(f"{home}/a.png?x=1") == (0, "", ["a.png"])
    assert fetch(f"{home}/picture", f"{home}/hop/3", f"{home}/a.png")[2] == ["3.picture", "a.png", "picture.picture"]
    for address, message in [
        ("/hop/9", f"'{home}/hop/9' redirects more than 5 times."), ("/none", "answers with status 404."),
        ("/away", "'file:///etc/passwd' is not a web address."), ("/text", "neither a picture nor a video, but text/plain."),
    ]:
        code, text, left = fetch(home + address)
        # The last hop's address is named.
        assert code == 1 and (message in text or "redirects more than 5 times" in text) and not left, (address, text, left)
    for address in ["/announced", "/endless"]:
        code, text, left = fetch(home + address, "--max-size", "2")
        assert code == 1 and "is larger than 2 MB." in text and not left, (address, text, left)

    Site.asked.clear()
    for name in ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]"]:
        address = f"http://{name}:{server.server_port}/a.png"
        code, text, left = fetch(address, local=False)
        assert code == 1 and "leads to this machine or its local network." in text and not left, text
    assert not Site.asked, Site.asked

    # Pages need a program that knows their site.
    bare = f"{folder}/bare"
    os.makedirs(bare)
    for name in ["curl", "sh"]:
        os.symlink(f"/usr/bin/{name}", f"{bare}/{name}")
    code, text, _ = fetch(f"{home}/page", PATH=bare)
    assert code == 1 and "is a web page. Install yt-dlp" in text, text
    code, text, _ = fetch(f"{home}/a.png", PATH="/nonexistent")
    assert code == 1 and "Downloads need the program 'curl'." in text, text
    with open(f"{folder}/bin/yt-dlp", "w") as file:
        file.write(f"#!/bin/sh\necho \"$@\" >{folder}/words\nprintf 'WRONG' >other.txt\n"
                   "printf '\\032\\105\\337\\243 a video' >video.webm\n")
    os.chmod(f"{folder}/bin/yt-dlp", 0o755)
    path = f"{folder}/bin:{os.environ['PATH']}"
    assert fetch(f"{home}/page", PATH=path) == (0, "", ["page.webm"])
    words = open(f"{folder}/words").read().split()
    assert words[-2:] == ["--", f"{home}/page"] and "--ignore-config" in words and "--no-playlist" in words, words
    with open(f"{folder}/bin/yt-dlp", "w") as file:
        file.write("#!/bin/sh\necho 'ERROR: Unsupported URL' >&2; exit 1\n")
    code, text, left = fetch(f"{home}/page", PATH=path)
    assert code == 1 and "cannot be downloaded: Unsupported URL." in text and not left, text

    # Ctrl-C leaves nothing.
    run = subprocess.Popen([program, "fetch", f"{home}/slow", "--out", f"{folder}/out", "--allow-local-urls"], env=environment)
    time.sleep(2)
    run.send_signal(2)
    assert run.wait(timeout=20) == 130
    assert not os.listdir(f"{folder}/out")
    print("Everything is as it should be")


try:
    main()
except Exception:
    # Where the standard output alone is read.
    traceback.print_exc(file=sys.stdout)
