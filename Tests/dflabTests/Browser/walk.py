"""Walks through the lab in a headless Chromium, and fails with the first thing that is wrong.

    python walk.py PROGRAM WORKSPACE [SCREENSHOTS]

PROGRAM is dflab, WORKSPACE a folder that does not exist yet. With SCREENSHOTS, pictures of the pages are
written there. Needs the packages playwright and axe-playwright-python, and a Chromium: /usr/bin/chromium, or
what DFLAB_CHROMIUM names.
"""

import functools
import http.server
import os
import re
import signal
import subprocess
import sys
import threading
import time
import traceback

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

program, workspace = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
shots = os.path.abspath(sys.argv[3]) if len(sys.argv) > 3 else None
# Other tests may run at the same time, on as few cores.
LONG = 300_000
expect.set_options(timeout=LONG)


class Server:
    """dflab serve in the workspace."""

    all = []

    def __init__(self, port=0):
        self.process = subprocess.Popen(
            [program, "serve", "--port", str(port), "--workspace", workspace, "--allow-local-urls"], stdout=subprocess.PIPE, text=True)
        Server.all.append(self.process)
        self.address = self.process.stdout.readline().split()[-1]
        self.port = int(re.search(r":(\d+)/", self.address).group(1))
        self.home = f"http://127.0.0.1:{self.port}"

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        self.process.wait(timeout=LONG / 1000)


def patient(browser, **options):
    """A new session of a browser that waits as long as everything else here."""
    context = browser.new_context(**options)
    context.set_default_timeout(LONG)
    return context


def step(sentence):
    print(f"{time.strftime('%H:%M:%S')} {sentence}", flush=True)


def shoot(page, name):
    if shots:
        os.makedirs(shots, exist_ok=True)
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)


def until(page, expression):
    """Waits for an expression; Playwright's own way is forbidden by the pages' policy."""
    for _ in range(LONG // 100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never came true at {page.url}: {expression}")


def finish_job(page):
    """Waits for the page's job, and opens its result."""
    expect(page.locator("main .state").first).to_have_text(re.compile("done|failed|stopped"))
    messages = page.locator("#messages").text_content()
    assert page.locator("main .state").first.text_content() == "done", messages
    page.get_by_role("link", name="Result").click()


def check_page(page):
    """What must hold for every page."""
    assert page.locator("h1").count() == 1
    for image in page.locator("img:visible").all():
        assert image.get_attribute("alt"), "a picture without a text"
    for field in page.locator("input:visible, select:visible, textarea:visible").all():
        name = field.evaluate("e => e.labels.length > 0 || !!e.getAttribute('aria-label')")
        assert name, f"a field without a label: {field.get_attribute('name')} at {page.url}"
    faults = [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in Axe().run(page).response["violations"]
              if fault["impact"] in ("serious", "critical")]
    assert not faults, f"{page.url}: {faults}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"


def main():
    subprocess.run([program, "init", workspace], check=True, stdout=subprocess.DEVNULL)
    server = Server()
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("DFLAB_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"])
        context = patient(browser, viewport={"width": 1100, "height": 800})
        page = context.new_page()
        faults = []
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))

        step("A token lets one browser in, once")
        page.goto(server.address)
        expect(page.get_by_role("heading", name="The lab")).to_be_visible()
        other = patient(browser).new_page()
        assert other.goto(server.address).status == 401
        other.close()

        step("Render two people")
        page.get_by_role("link", name=re.compile("^Render")).click()
        page.get_by_label(re.compile("^--recipe")).fill("")
        page.get_by_label(re.compile("^--people")).fill("2")
        page.get_by_label(re.compile("^--count")).fill("25")
        page.get_by_text("More options").click()
        page.get_by_label(re.compile("^--video")).select_option("yes")
        page.get_by_label(re.compile("^--depth")).select_option("no")
        page.get_by_label(re.compile("^--masks")).select_option("no")
        shoot(page, "form")
        page.get_by_role("button", name="Show the command").click()
        expect(page.locator("main > pre")).to_have_text(
            "dflab faces synthesize --people 2 --count 25 --video --no-masks --no-depth")
        page.get_by_role("button", name="Start").click()
        shoot(page, "job")
        finish_job(page)
        expect(page.get_by_role("heading", level=1)).to_contain_text("people")
        page.get_by_role("navigation", name="Pages").get_by_role("link", name="Data", exact=True).click()
        page.get_by_role("link", name="people", exact=True).first.click()
        expect(page.locator(".grid li")).to_have_count(50)
        until(page, "[...document.querySelectorAll('.grid img')].slice(0, 8).every(i => i.naturalWidth === 128)")
        shoot(page, "data")
        page.get_by_label("Person").select_option(index=1)
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".grid li")).to_have_count(25)
        page.locator(".grid a").first.click()
        expect(page.locator("dl")).to_contain_text("unchanged")

        pictures = [f"{workspace}/Datasets/people/p001/{name}" for name in
                    sorted(os.listdir(f"{workspace}/Datasets/people/p001")) if name.endswith((".png", ".jpg"))]
        video = next(os.path.join(folder, name) for folder, _, names in os.walk(f"{workspace}/Datasets")
                     for name in sorted(names) if name.endswith(".mp4"))

        step("Verify a picture of them")
        page.get_by_role("navigation", name="Pages").get_by_role("link", name="Verify").click()
        page.locator("input[type=file]").set_input_files(pictures[0])
        page.get_by_role("button", name="Verify").click()
        expect(page.locator("section .state")).to_have_text("verified")
        check_page(page)

        step("Send a large file, interrupted")
        large = f"{workspace}/large.bin"
        with open(large, "wb") as file:
            file.write(os.urandom(20 << 20))
        sent = []

        def interrupt(route):
            """Breaks the second part once."""
            if route.request.method == "PATCH":
                sent.append(route.request.headers["upload-offset"])
                if len(sent) == 2:
                    return route.abort()
            return route.continue_()

        page.route("**/api/uploads/*", interrupt)
        page.locator("input[type=file]").set_input_files(large)
        page.get_by_role("button", name="Verify").click()
        expect(page.locator("section .state")).to_have_text("unknown")
        assert sent == ["0", str(8 << 20), str(8 << 20), str(16 << 20)], sent
        page.unroute("**/api/uploads/*")
        faults[:] = [fault for fault in faults if "ERR_FAILED" not in fault]

        step("Detect a picture of a web address")
        files = functools.partial(http.server.SimpleHTTPRequestHandler, directory=os.path.dirname(pictures[0]))
        site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), files)
        threading.Thread(target=site.serve_forever, daemon=True).start()
        page.get_by_role("navigation", name="Pages").get_by_role("link", name="Detect").click()
        page.locator("[name=urls]").fill(f"http://127.0.0.1:{site.server_port}/{os.path.basename(pictures[0])}")
        shoot(page, "detect-address")
        page.get_by_role("button", name="Detect").click()
        page.wait_for_url("**/jobs/*")
        finish_job(page)
        expect(page.locator(".verdict h2 .state")).to_have_text(re.compile("fake|real|undecided|no face found"))
        page.goto(server.home + "/uploads")
        expect(page.locator("tbody tr")).to_have_count(1)
        shoot(page, "uploads")

        step("Detect a video")
        page.get_by_role("navigation", name="Pages").get_by_role("link", name="Detect").click()
        page.locator("input[type=file]").set_input_files(video)
        shoot(page, "detect")
        page.get_by_role("button", name="Detect").click()
        page.wait_for_url("**/jobs/*")
        finish_job(page)
        expect(page.locator(".verdict h2 .state")).to_have_text(re.compile("fake|real|undecided"))
        expect(page.locator(".verdict")).to_contain_text("score")
        until(page, "document.querySelector('.player video').readyState >= 2")
        expect(page.locator("canvas.timeline")).to_be_visible()
        box = page.locator("canvas.timeline").bounding_box()
        page.locator("canvas.timeline").click(position={"x": box["width"] / 2, "y": 10})
        until(page, "document.querySelector('.player video').currentTime > 0.2")
        expect(page.locator(".player p")).to_contain_text("score")
        painted = page.evaluate("""() => { const c = document.querySelector('.stage canvas');
            return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0); }""")
        assert painted, "no face is boxed"
        shoot(page, "verdict")
        check_page(page)
        page.get_by_role("link", name="Report", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(os.path.basename(video))
        page.go_back()

        step("Generate, kill the server in the middle, and go on")
        page.goto(server.home + "/new/swap")
        for name, value in [("a", "Datasets/people/p001"), ("b", "Datasets/people/p002"), ("name", "ab")]:
            page.locator(f"[name={name}]").fill(value)
        page.get_by_text("More options").click()
        page.locator("[name=iterations]").fill("6")
        page.get_by_role("button", name="Start").click()
        page.wait_for_url("**/jobs/*")
        job = page.url
        expect(page.locator("#step")).not_to_be_empty()
        server.end(signal.SIGKILL)
        expect(page.locator("#step")).to_have_text(re.compile("does not answer"))
        server = Server(server.port)
        expect(page.locator("main .state").first).to_have_text("done")
        page.goto(job)
        finish_job(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("ab")
        shoot(page, "run")
        check_page(page)
        faults[:] = [fault for fault in faults if "ERR_CONNECTION" not in fault and "Failed to fetch" not in fault]

        step("Stop a training, and resume it")
        page.goto(server.home + "/generate")
        page.locator("[name=a]").select_option("Datasets/people/p001")
        page.locator("[name=b]").select_option("Datasets/people/p002")
        page.locator("[name=name]").fill("stopped")
        shoot(page, "generate")
        check_page(page)
        page.get_by_role("button", name="Train").click()
        page.wait_for_url("**/jobs/*")
        expect(page.locator("#step")).to_have_text(re.compile("Stepped|Evaluated"))
        shoot(page, "training")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("main .state").first).to_have_text(re.compile("stopped"))
        expect(page.get_by_role("button", name="Resume")).to_be_visible()

        step("Convert a clip, and compare")
        page.goto(server.home + "/convert?model=ab")
        page.locator("[name=clip]").set_input_files(video)
        page.get_by_label(re.compile("have agreed")).check()
        page.get_by_role("button", name="Convert").click()
        page.wait_for_url("**/jobs/*")
        finish_job(page)
        expect(page.get_by_role("slider")).to_be_visible()
        until(page, "[...document.querySelectorAll('.wipe video')].every(v => v.readyState >= 2)")
        page.get_by_role("slider").fill("20")
        cut = page.locator(".wipe .above").evaluate("e => getComputedStyle(e).clipPath")
        assert "20%" in cut, cut
        shoot(page, "comparison")
        check_page(page)

        step("Compare runs")
        page.goto(server.home + "/runs?q=swap")
        for box in page.locator("input[name=run]").all():
            box.check()
        page.get_by_role("button", name="Compare").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Comparison of runs")
        expect(page.locator("table").first).to_contain_text("iterations")
        until(page, "[...document.querySelectorAll('.charts img')].slice(0, 2).every(i => i.naturalWidth > 0)")
        shoot(page, "compare")

        step("Score the webcam")
        page.goto(server.home + "/webcam")
        page.get_by_role("button", name="Start").click()
        expect(page.locator("#rate")).to_contain_text("pictures/s")
        page.wait_for_timeout(3000)
        expect(page.locator("#age")).to_contain_text("ms old")
        step("  " + page.locator("#rate").text_content() + ", " + page.locator("#age").text_content())
        shoot(page, "webcam")
        page.get_by_role("button", name="Stop").click()

        step("Two tabs, a phone's width, dark, and without scripts")
        second = context.new_page()
        second.goto(server.home + "/jobs")
        expect(second.get_by_role("heading", level=1)).to_have_text("Jobs")
        second.close()
        addresses = ["/", "/detect", "/generate", "/convert", "/new", "/new/detect-retrain", "/verify", "/data",
                     "/data/people", "/data/people/0", "/uploads", "/runs", "/runs/ab", "/jobs", "/jobs/1", "/webcam"]
        phone = patient(browser,
            viewport={"width": 390, "height": 800}, color_scheme="dark", java_script_enabled=False,
            storage_state=context.storage_state()).new_page()
        for address in addresses:
            assert phone.goto(server.home + address).status == 200, address
            assert phone.locator("h1").count() == 1
        shoot(phone, "phone-without-scripts")
        narrow = patient(browser,
            viewport={"width": 390, "height": 800}, color_scheme="dark",
            storage_state=context.storage_state()).new_page()
        for address in addresses:
            narrow.goto(server.home + address)
            check_page(narrow)
        narrow.goto(server.home)
        shoot(narrow, "phone")
        page.goto(server.home)
        shoot(page, "home")
        browser.close()
        assert not faults, faults
    server.end()
    assert server.process.returncode == 0, server.process.returncode
    step("Everything is as it should be")


try:
    main()
except Exception:
    # Where the standard output alone is read.
    traceback.print_exc(file=sys.stdout)
finally:
    for process in Server.all:
        process.kill()
