"""Attacks dflab serve, and fails if a request gets a 500, ends the server, or reaches a file outside.

    python attack.py PROGRAM FOLDER [COUNT]

PROGRAM is dflab; FOLDER does not exist yet, and gets the workspace beside files that must stay secret. COUNT
requests (2000 by default) are drawn at random, with a seed of 1, after those that are written down below.
"""

import collections
import hashlib
import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import traceback

program, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
count = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
workspace, secret = f"{folder}/lab", "the secret beside the workspace"
password = "correct horse battery staple"


def outside():
    """The content of everything that no request may change or tell."""
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            file = f"{path}/{name}"
            if not file.startswith(f"{workspace}/") or (path == f"{workspace}/.dflab" and name.endswith(".pem")):
                found[file] = hashlib.sha256(open(file, "rb").read()).hexdigest()
    return found


def raw(port, data, wait=3):
    """Sends bytes as they are; what comes back, whatever it is."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as connection:
        reply = b""
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                reply += part
        except OSError:
            # The server may have closed the connection, and this side may know.
            pass
        return reply


WRITTEN = [
    b"GET / HTTP/1.1\r\n\r\n", b"GET /\r\n\r\n", b"\r\n\r\n", b"\0\0\0\0", b"GET  HTTP/1.1\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"GET /../../etc/passwd HTTP/1.1\r\nHost: HOST\r\nAUTH\r\n\r\n",
    b"GET /files/Labs/../../../etc/passwd HTTP/1.1\r\nHost: HOST\r\nAUTH\r\n\r\n",
    b"GET /files/%2e%2e/%2e%2e/secret.txt HTTP/1.1\r\nHost: HOST\r\nAUTH\r\n\r\n",
    b"GET /files/Labs/..%5c..%5csecret.txt HTTP/1.1\r\nHost: HOST\r\nAUTH\r\n\r\n",
    b"GET /files/.dflab/key.pem HTTP/1.1\r\nHost: HOST\r\nAUTH\r\n\r\n",
    b"GET /files/Labs/%00 HTTP/1.1\r\nHost: HOST\r\nAUTH\r\n\r\n",
    b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: HOST\r\nAUTH\r\n\r\n",
    b"GET /runs?" + b"q=a&" * 5000 + b" HTTP/1.1\r\nHost: HOST\r\nAUTH\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: HOST\r\nRange: bytes=0-1,2-3\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    b"POST /api/jobs HTTP/1.1\r\nHost: HOST\r\nAUTH\r\nContent-Length: -1\r\n\r\n{}",
    b"POST /api/jobs HTTP/1.1\r\nHost: HOST\r\nAUTH\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
    b"POST /api/jobs HTTP/1.1\r\nHost: HOST\r\nAUTH\r\nContent-Length: 10\r\n\r\n{}",
    b"POST /api/jobs HTTP/1.1\r\nHost: HOST\r\nAUTH\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /api/jobs HTTP/1.1\r\nHost: HOST\r\nAUTH\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n",
    b"POST /api/jobs HTTP/1.1\r\nHost: HOST\r\nAUTH\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n{}",
    b"POST /verify HTTP/1.1\r\nHost: HOST\r\nAUTH\r\nContent-Type: multipart/form-data; boundary=b\r\n"
    b"Content-Length: 3000000000\r\n\r\n--b\r\n",
    b"PATCH /api/uploads/..%2f..%2fkey HTTP/1.1\r\nHost: HOST\r\nAUTH\r\nUpload-Offset: 0\r\nContent-Length: 2\r\n\r\n{}",
    b"DELETE /api/uploads/.. HTTP/1.1\r\nHost: HOST\r\nAUTH\r\n\r\n",
    b"POST /uploads/%2e%2e/remove HTTP/1.1\r\nHost: HOST\r\nAUTH\r\nContent-Length: 0\r\n\r\n",
    b"GET /webcam/socket HTTP/1.1\r\nHost: HOST\r\nAUTH\r\nUpgrade: websocket\r\n\r\n",
    b"GET /webcam/socket HTTP/1.1\r\nHost: HOST\r\nAUTH\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff",
]

ADDRESSES = [
    "/", "/runs", "/runs/x", "/compare", "/curves", "/source", "/remove", "/repeat", "/resume", "/jobs", "/jobs/1",
    "/jobs/1/stop", "/jobs/1/remove", "/jobs/1/progress", "/verify", "/detect", "/generate", "/convert", "/new",
    "/new/swap", "/new/duel", "/data", "/data/x", "/data/x/0", "/files/Labs/x", "/thumbnails/Datasets/x.png",
    "/verdicts/x/scores", "/verdicts/x/source", "/webcam", "/login", "/style.css", "/api/openapi.json", "/api/status",
    "/api/runs", "/api/run", "/api/compare", "/api/datasets", "/api/datasets/x", "/api/models", "/api/requests",
    "/api/jobs", "/api/jobs/1", "/api/verdicts/x", "/api/verify", "/api/detect", "/api/uploads", "/api/uploads/x", "/api/duel", "/api/mistakes", "/uploads",
    "/uploads/x/remove", "/mistakes", "/duel", "/picture",
]
EVIL = [
    "..", "%2e%2e", "%2F", "%5C", "%00", "%ff", "%c0%ae", "'", '"', "<script>", "' OR 1=1 --", "%", "~", "%0d%0aX:1",
    "\u2028", "9" * 40, "-1", "0", "1e999", "NaN", "a" * 3000, ".dflab", "key.pem", "secret.txt", "/etc/passwd", "{}",
]


def drawn(dice):
    """A request that may be anything."""
    address = dice.choice(ADDRESSES)
    for _ in range(dice.randrange(3)):
        address += dice.choice(["/", "?", "&q=", "?page=", "?run=", "?name=", ""]) + dice.choice(EVIL)
    address = re.sub(r"[\s\x00-\x1f\u0080-\uffff]", lambda m: "".join(f"%{b:02X}" for b in m.group().encode()), address)
    method = dice.choice(["GET"] * 6 + ["POST"] * 4 + ["PUT", "DELETE", "HEAD", "PATCH", "PATCH", "OPTIONS", "FOO"])
    headers = {"Authorization": f"Bearer {password}"}
    if dice.random() < 0.1:
        headers["Authorization"] = "Bearer " + dice.choice(EVIL[10:]).encode("ascii", "ignore").decode()
    if dice.random() < 0.2:
        headers[dice.choice(["Origin", "Range", "If-None-Match", "Cookie", "Sec-Fetch-Site", "X-Forwarded-For", "Upload-Offset"])] = (
            dice.choice(["null", "bytes=5-1", "bytes=-99999999999999999999", "http://evil.example", "a=b; =; ;;"]))
    body = None
    if method == "PATCH":
        headers["Upload-Offset"] = dice.choice(["0", "1", "-1", "9" * 30, "x"])
        body = dice.randbytes(dice.randrange(300))
    if method == "POST":
        kind = dice.randrange(5)
        if kind == 0:
            body = "&".join(f"{dice.choice(['a', 'b', 'name', 'inputs', 'out', 'model', 'count'])}={dice.choice(EVIL)}"
                            for _ in range(dice.randrange(5))).encode()
        elif kind == 1:
            headers["Content-Type"] = "multipart/form-data; boundary=b"
            body = (f'--b\r\nContent-Disposition: form-data; name="{dice.choice(["files", "clip", "a-files", "name", "urls", "upload-files"])}"; '
                    f'filename="{dice.choice(EVIL)}"\r\n\r\n{dice.choice(EVIL)}\r\n--b--\r\n').encode()
        elif kind == 2:
            word = dice.choice(EVIL).replace('"', "")
            body = f'{{"request": "{dice.choice(["extract", "convert", "rm"])}", "options": {{"out": "{word}"}}}}'.encode()
        elif kind == 3:
            word = dice.choice(EVIL).replace('"', "")
            body = f'{{"name": "{word}", "size": {dice.choice(["0", "10", "-1", "1e99", "9" * 30, "null"])}}}'.encode()
        else:
            body = dice.randbytes(dice.randrange(300))
    return method, address, headers, body


def main():
    os.makedirs(folder)
    for name, text in [("secret.txt", secret), ("password", password)]:
        with open(f"{folder}/{name}", "w") as file:
            file.write(text)
    subprocess.run([program, "init", workspace], check=True, stdout=subprocess.DEVNULL)
    before = outside()
    server = subprocess.Popen(
        [program, "serve", "--port", "0", "--workspace", workspace, "--password-file", f"{folder}/password",
         "--max-upload", "2"], stdout=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r":(\d+)/", server.stdout.readline()).group(1))
        host = f"127.0.0.1:{port}".encode()
        auth = f"Authorization: Bearer {password}".encode()
        leaks = [secret.encode(), b"PRIVATE KEY", b"root:x:0"]
        for data in WRITTEN:
            reply = raw(port, data.replace(b"HOST", host).replace(b"AUTH", auth))
            assert not re.match(rb"HTTP/1.1 5", reply), (data[:80], reply[:200])
            assert not any(leak in reply for leak in leaks), data[:80]
        idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        dice, statuses = random.Random(1), collections.Counter()
        for number in range(count):
            request = drawn(dice)
            try:
                connection.request(*request[:2], body=request[3], headers=request[2])
                reply = connection.getresponse()
                text = reply.read()
            except TimeoutError as error:
                raise AssertionError(f"no answer to request {number}: {request}") from error
            except (http.client.HTTPException, ConnectionError):
                assert server.poll() is None, f"request {number} ended the server: {request}"
                connection.close()
                statuses["closed"] += 1
                continue
            statuses[reply.status] += 1
            assert reply.status < 500, (reply.status, request, text[:300])
            assert not any(leak in text for leak in leaks), request
        for other in idle:
            other.close()
        connection.request("GET", "/api/status", headers={"Authorization": f"Bearer {password}"})
        assert connection.getresponse().status == 200
        touched = sorted(path for path, _ in set(outside().items()) ^ set(before.items()))
        assert not touched, f"touched outside the workspace: {touched}"
        memory = int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{server.pid}/status").read()).group(1)) // 1024
        assert memory < 1000, f"{memory} MB"
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=300) == 0
        print(f"{count} requests, {dict(sorted(statuses.items(), key=str))}, at most {memory} MB")
        print("Everything is as it should be")
    finally:
        server.kill()


try:
    main()
except Exception:
    # Where the standard output alone is read.
    traceback.print_exc(file=sys.stdout)
