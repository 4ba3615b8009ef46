"""Measures the webcam page: pictures a second, the age of what is shown, and the server's work for each.

    python webcam.py PROGRAM FOLDER VIDEO [SECONDS]

PROGRAM is dflab; FOLDER does not exist yet, and gets an empty workspace, whose detector is the carried one. A headless
Chromium is given VIDEO, scaled to 640×480, as its camera for SECONDS (20). Needs ffmpeg, the package playwright, and
a Chromium: /usr/bin/chromium, or what DFLAB_CHROMIUM names.
"""

import os
import re
import statistics
import subprocess
import sys

from playwright.sync_api import expect, sync_playwright

program, folder, video = (os.path.abspath(word) for word in sys.argv[1:4])
seconds = int(sys.argv[4]) if len(sys.argv) > 4 else 20
ticks = os.sysconf("SC_CLK_TCK")


def processor_time(process):
    """The seconds of processor time that a process has used."""
    words = open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / ticks


def main():
    subprocess.run([program, "init", folder], check=True, stdout=subprocess.DEVNULL)
    camera = f"{folder}/camera.mjpeg"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", video, "-vf", "scale=640:480:force_original_aspect_ratio=decrease,"
         "pad=640:480:-1:-1", "-r", "30", "-pix_fmt", "yuvj420p", "-q:v", "3", camera], check=True)
    server = subprocess.Popen(
        [program, "serve", "--port", "0", "--workspace", folder], stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().split()[-1]
        with sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=os.environ.get("DFLAB_CHROMIUM", "/usr/bin/chromium"),
                args=["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
                      f"--use-file-for-fake-video-capture={camera}"])
            page = browser.new_page()
            answers = []
            page.on("websocket", lambda socket: socket.on("framereceived", lambda text: answers.append(text)))
            page.goto(address)
            expect(page.get_by_role("heading", name="The lab")).to_be_visible()
            page.goto(re.sub(r"/\?.*", "/webcam", address))
            page.get_by_role("button", name="Start").click()
            expect(page.locator("#rate")).to_contain_text("pictures/s", timeout=120_000)
            page.wait_for_timeout(3000)
            first, before, rates, ages = len(answers), processor_time(server.pid), [], []
            for _ in range(seconds * 4):
                page.wait_for_timeout(250)
                rates.append(int(page.locator("#rate").text_content().split()[0]))
                ages.append(int(re.search(r"(\d+) ms", page.locator("#age").text_content()).group(1)))
            pictures = len(answers) - first
            work = 1000 * (processor_time(server.pid) - before) / max(1, pictures)
            print(answers[-1][:300])
            browser.close()
        ages.sort()
        print(f"{statistics.median(rates):.0f} pictures/s; {ages[len(ages) // 2]} ms old in the median, "
              f"{ages[len(ages) * 9 // 10]} ms at most in nine of ten; {work:.0f} ms of the server's processor time each")
    finally:
        server.kill()


main()
