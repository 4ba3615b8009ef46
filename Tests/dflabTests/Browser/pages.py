"""Scores the video of a web page in a headless Chromium, and fails if yt-dlp reaches what it must not.

    python pages.py PROGRAM FOLDER

PROGRAM is dflab, FOLDER a folder that does not exist yet. Needs the packages playwright and yt-dlp, and a
Chromium: /usr/bin/chromium, or what DFLAB_CHROMIUM names.
"""

import http.server
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import traceback

from playwright.sync_api import expect, sync_playwright

program, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
workspace = f"{folder}/lab"
# Other tests may run at the same time, on as few cores.
LONG = 300_000
expect.set_options(timeout=LONG)
# Of any host, this path is that of a site which yt-dlp knows.
KNOWN = "/Mediasite/Play/2db6c271681e4f199af3c60d1f82869b"


class Site(http.server.BaseHTTPRequestHandler):
    """Pages with videos."""

    video = b""
    asked = []

    def do_HEAD(self):
        self.reply(False)

    def do_GET(self):
        self.reply(True)

    def reply(self, has_body):
        Site.asked.append(self.path)
        pages = {
            "/page": "<video src='/clip.mp4'></video>",
            "/two": "<video src='/clip.mp4'></video><video src='/other.mp4'></video>",
            "/file": f"<video src='file://{folder}/clip.mp4'></video>",
            "/list": "<video src='/list.m3u8'></video>",
            "/big": "<video src='/big.mp4'></video>",
            "/text": "Only words.",
        }
        kind, body, length = "text/html", b"", None
        if self.path in pages:
            body = f"<!DOCTYPE html><title>A page</title>{pages[self.path]}".encode()
        elif self.path in ("/clip.mp4", "/other.mp4"):
            kind, body = "video/mp4", Site.video
        elif self.path == "/list.m3u8":
            kind = "application/vnd.apple.mpegurl"
            body = f"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile://{folder}/clip.mp4\n#EXT-X-ENDLIST\n".encode()
        elif self.path == "/big.mp4":
            # Of an unknown length.
            kind, body, length = "video/mp4", Site.video + bytes(8 << 20), ""
        status = 200 if body else 404
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            if has_body:
                self.wfile.write(body)
        except ConnectionError:
            pass

    def log_message(self, *words):
        pass


def script(path, text):
    with open(path, "w") as file:
        file.write(f"#!{sys.executable}\n{text}")
    os.chmod(path, 0o755)


class Lab:
    """dflab serve in the workspace."""

    all = []

    def __init__(self, path):
        self.process = subprocess.Popen(
            [program, "serve", "--port", "0", "--workspace", workspace, "--allow-local-urls"],
            stdout=subprocess.PIPE, text=True, env=dict(os.environ, PATH=path))
        Lab.all.append(self.process)
        self.address = self.process.stdout.readline().split()[-1]

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=LONG / 1000)


def detect(play, lab, address):
    """Asks for the verdict on an address; returns the browser's page when the job has ended."""
    browser = play.chromium.launch(
        executable_path=os.environ.get("DFLAB_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
    page = browser.new_page()
    page.set_default_timeout(LONG)
    page.goto(lab.address)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Detect").click()
    page.locator("[name=urls]").fill(address)
    page.get_by_role("button", name="Detect").click()
    page.wait_for_url("**/jobs/*")
    expect(page.locator("main .state").first).to_have_text(re.compile("done|failed"))
    return page


def main():
    bare, full, away = (f"{folder}/{name}" for name in ("bare", "full", "away"))
    for path in (bare, full, away):
        os.makedirs(path)
        os.symlink("/bin/sh", f"{path}/sh")
    for path in (bare, full):
        for name in ("curl", "mv"):
            os.symlink(shutil.which(name), f"{path}/{name}")
    script(f"{full}/yt-dlp", "import yt_dlp\nyt_dlp.main()\n")
    # As if a public page led here: what is asked is answered with a page, and yt-dlp is sent to this machine.
    script(f"{away}/curl", """import sys
for option, text in [("--dump-header", "HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n"), ("--output", "<html>")]:
    open(sys.argv[sys.argv.index(option) + 1], "w").write(text)
""")
    script(f"{away}/yt-dlp", """import os, sys, yt_dlp
target = open(os.path.dirname(__file__) + "/target").read()
yt_dlp.main([*sys.argv[1:-1], target])
""")

    subprocess.run([program, "init", workspace], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [program, "faces", "synthesize", "--people", "1", "--count", "12", "--video", "--no-masks", "--no-depth",
         "--out", f"{workspace}/Datasets/one", "--quiet"], check=True, stdout=subprocess.DEVNULL, cwd=workspace)
    clip = next(os.path.join(place, name) for place, _, names in os.walk(f"{workspace}/Datasets")
                for name in sorted(names) if name.endswith(".mp4"))
    shutil.copy(clip, f"{folder}/clip.mp4")
    with open(clip, "rb") as file:
        Site.video = file.read()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}"

    def fetch(address, path, *words):
        out = f"{folder}/out"
        run = subprocess.run(
            [program, "fetch", address, "--out", out, *words], capture_output=True, text=True,
            env=dict(os.environ, PATH=path), timeout=LONG / 1000)
        left = sorted(os.listdir(out)) if os.path.isdir(out) else []
        for name in left:
            os.remove(f"{out}/{name}")
        return run.returncode, run.stderr, left

    # The video of an ordinary page, as it is; of two, the first.
    local = "--allow-local-urls"
    assert fetch(f"{home}/page", full, local) == (0, "", ["page.mp4"])
    Site.asked.clear()
    assert fetch(f"{home}/two", full, local) == (0, "", ["two.mp4"])
    assert "/other.mp4" not in Site.asked, Site.asked
    # Local files are never read, and what is too large is not kept.
    for path, words, message in [
        ("/file", [], "file:// URLs are disabled"), ("/list", [], "file:// URLs are disabled"),
        ("/text", [], "Unsupported URL"), ("/big", ["--max-size", "2"], "is larger than 2 MB."),
    ]:
        code, text, left = fetch(home + path, full, local, *words)
        assert code == 1 and message in text and not left, (path, code, text, left)

    # Without the permission, nothing here is asked, whatever yt-dlp knows of the page.
    Site.asked.clear()
    for path in ("/page", KNOWN):
        for host in ("127.0.0.1", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]"):
            with open(f"{away}/target", "w") as file:
                file.write(f"http://{host}:{server.server_port}{path}")
            code, text, left = fetch("http://8.8.8.8/page", away)
            assert code == 1 and "names a video of this machine or its local network." in text and not left, (host, text)
    assert not Site.asked, Site.asked
    # A yt-dlp that cannot be guarded is not used.
    script(f"{away}/yt-dlp", "open('video.webm', 'wb').write(b'\\x1a\\x45\\xdf\\xa3 a video')\n")
    code, text, left = fetch("http://8.8.8.8/page", away)
    assert code == 1 and "yt-dlp cannot be kept from addresses of the local network." in text and not left, text

    with sync_playwright() as play:
        lab = Lab(bare)
        page = detect(play, lab, f"{home}/page")
        expect(page.locator("main .state").first).to_have_text("failed")
        expect(page.locator("#messages")).to_contain_text("is a web page. Install yt-dlp")
        lab.end()
        lab = Lab(full)
        page = detect(play, lab, f"{home}/page")
        expect(page.locator("main .state").first).to_have_text("done")
        page.get_by_role("link", name="Result").click()
        expect(page.locator(".verdict h2")).to_contain_text("page.mp4")
        expect(page.locator(".verdict h2 .state")).to_have_text(re.compile("fake|real|undecided"))
        lab.end()
    print("Everything is as it should be")


try:
    main()
except Exception:
    # Where the standard output alone is read.
    traceback.print_exc(file=sys.stdout)
finally:
    for process in Lab.all:
        process.kill()
