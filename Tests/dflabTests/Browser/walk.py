"""Walks through the lab in a headless Chromium, and fails with the first thing that is wrong.

    python walk.py PROGRAM WORKSPACE [SCREENSHOTS]

PROGRAM is dflab, WORKSPACE a folder that does not exist yet. With SCREENSHOTS, pictures of the pages are
written there: each page in light and dark, wide and as wide as a phone. Needs the packages playwright and axe-playwright-python, and a Chromium: /usr/bin/chromium, or
what DFLAB_CHROMIUM names.
"""

import base64
import functools
import http.server
import json
import os
import re
import shlex
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


# As small as it can be.
DUEL = {
    "pairs": {"training": 1, "validation": 1, "test": 1},
    "generator": {"batch": 1, "steps": 2, "laterSteps": 1, "adversaryBatch": 1},
    "samples": {"training": 8, "validation": 8, "test": 8, "size": 64},
    "forgeries": {"sbi": 0, "warp": 0},
    "detector": {"network": "shallow", "steps": 4, "batch": 4},
    "reference": "upsample",
}


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


def tab_to(page, name, most=120):
    """Moves the focus with the Tab key alone until an element of this text, label or name has it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        text = page.evaluate("""() => { const e = document.activeElement;
            return [e.name, e.textContent, ...[...(e.labels || [])].map(l => l.textContent)].join(" ").trim(); }""")
        if re.match(name, text.strip()):
            return
    raise AssertionError(f"the Tab key never reaches '{name}' at {page.url}")


class Site(http.server.SimpleHTTPRequestHandler):
    """A web site that says nothing of its requests."""

    def log_message(self, *words):
        pass


def run_record(name):
    """The record of a run, as the command line tells it."""
    text = subprocess.run([program, "runs", "show", name, "--json"], cwd=workspace, check=True, capture_output=True, text=True)
    return json.loads(text.stdout)["run"]


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
    for video in page.locator("video[src]:visible").all():
        assert video.get_attribute("aria-label"), "a video without a name"
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
        page.on("console", lambda message: faults.append(f"{message.text} {message.location.get('url')}")
                if message.type == "error" else None)
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
        page.get_by_label(re.compile("^--people")).fill("6")
        page.get_by_label(re.compile("^--count")).fill("16")
        page.get_by_text("More options").click()
        page.get_by_label(re.compile("^--video")).select_option("yes")
        page.get_by_label(re.compile("^--depth")).select_option("no")
        page.get_by_label(re.compile("^--masks")).select_option("no")
        shoot(page, "form")
        page.get_by_role("button", name="Show the command").click()
        expect(page.locator("main > pre")).to_have_text(
            "dflab faces synthesize --people 6 --count 16 --video --no-masks --no-depth")
        page.get_by_role("button", name="Start").click()
        shoot(page, "job")
        finish_job(page)
        expect(page.get_by_role("heading", level=1)).to_contain_text("people")
        page.get_by_role("navigation", name="Pages").get_by_role("link", name="Data", exact=True).click()
        page.get_by_role("link", name="people", exact=True).first.click()
        expect(page.locator(".grid li")).to_have_count(96)
        until(page, "[...document.querySelectorAll('.grid img')].slice(0, 8).every(i => i.naturalWidth === 128)")
        shoot(page, "data")
        page.get_by_label("Person").select_option(index=1)
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".grid li")).to_have_count(16)
        page.locator(".grid a").first.click()
        expect(page.locator("dl")).to_contain_text("unchanged")
        page.get_by_role("link", name="Sources, signatures").click()
        expect(page.locator("section h2 .state")).to_have_text("verified")
        expect(page.locator("section h3 .state")).to_have_text("valid")

        pictures = [f"{workspace}/Datasets/people/p001/{name}" for name in
                    sorted(os.listdir(f"{workspace}/Datasets/people/p001")) if name.endswith((".png", ".jpg"))]
        video = next(os.path.join(folder, name) for folder, _, names in os.walk(f"{workspace}/Datasets")
                     for name in sorted(names) if name.endswith(".mp4"))

        step("Verify a picture of them")
        page.get_by_role("navigation", name="Pages").get_by_role("link", name="Verify").click()
        page.locator("input[type=file]").set_input_files(pictures[0])
        page.get_by_role("button", name="Verify").click()
        expect(page.locator("section h2 .state")).to_have_text("verified")
        expect(page.locator("section h3 .state")).to_have_text("valid")
        check_page(page)

        step("Send a large file, interrupted twice, the second time for good")
        large = f"{workspace}/large.bin"
        with open(large, "wb") as file:
            file.write(os.urandom(20 << 20))
        sent = []
        broken = [2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]

        def interrupt(route):
            """Breaks some parts."""
            if route.request.method == "PATCH":
                sent.append(int(route.request.headers["upload-offset"]) >> 20)
                if len(sent) in broken:
                    return route.abort()
            return route.continue_()

        page.route("**/api/uploads/*", interrupt)
        page.locator("input[type=file]").set_input_files(large)
        page.get_by_role("button", name="Verify").click()
        while len(sent) < 4:
            page.wait_for_timeout(100)
        expect(page.locator(".sending")).to_contain_text("Interrupted; trying again.")
        # The same file, chosen again on a new page, goes on where the other ended.
        page.goto(server.home + "/uploads")
        expect(page.locator("tbody")).to_contain_text("not complete")
        page.goto(server.home + "/verify")
        del sent[3:]
        broken.clear()
        page.locator("input[type=file]").set_input_files(large)
        page.get_by_role("button", name="Verify").click()
        expect(page.locator("section h2 .state")).to_have_text("unknown")
        assert sent == [0, 8, 8, 16], sent
        page.unroute("**/api/uploads/*")
        faults[:] = [fault for fault in faults if "ERR_FAILED" not in fault]

        step("Detect a picture of a web address")
        files = functools.partial(Site, directory=os.path.dirname(pictures[0]))
        site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), files)
        threading.Thread(target=site.serve_forever, daemon=True).start()
        page.get_by_role("navigation", name="Pages").get_by_role("link", name="Detect").click()
        page.locator("[name=urls]").fill(f"http://127.0.0.1:{site.server_port}/{os.path.basename(pictures[0])}")
        shoot(page, "detect-address")
        page.get_by_role("button", name="Detect").click()
        page.wait_for_url("**/jobs/*")
        finish_job(page)
        expect(page.locator(".verdict h2 .state")).to_have_text(re.compile("fake|real|undecided|no face found"))
        detected = page.url
        expect(page.locator(".player img")).to_be_visible()
        page.goto(server.home + "/uploads")
        expect(page.locator("tbody tr")).to_have_count(1)
        shoot(page, "uploads")
        page.get_by_role("button", name="Remove").click()
        expect(page.locator("main")).to_contain_text("No uploads.")
        page.goto(detected)
        expect(page.locator(".verdict")).to_contain_text("not in the workspace, or no longer")
        page.goto(server.home + "/detect")
        page.locator("[name=urls]").fill("http://127.0.0.1:9/none.png\nfile:///etc/passwd")
        page.get_by_role("button", name="Detect").click()
        expect(page.locator("main")).to_contain_text("'file:///etc/passwd' is not a web address")
        faults[:] = [fault for fault in faults if "422" not in fault]

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
        page.get_by_text("Grad-CAM: where networks looked").click()
        until(page, "document.querySelector('.evidence details[open] img').naturalWidth > 0")
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
        for name, value in [("iterations", "6"), ("evaluate-every", "2")]:
            page.locator(f"[name={name}]").fill(value)
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

        step("By keyboard alone: train, stop in one of two tabs, and resume")
        page.goto(server.home)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        tab_to(page, "Generate$")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Generate")
        check_page(page)
        dropped = page.evaluate("""() => {
            const files = new DataTransfer();
            files.items.add(new File(["x"], "b.png", { type: "image/png" }));
            const field = document.getElementById("b-files");
            field.closest("fieldset").dispatchEvent(new DragEvent("drop", { bubbles: true, dataTransfer: files }));
            const count = ["a-files", "b-files"].map((id) => document.getElementById(id).files.length);
            field.value = "";
            return count; }""")
        assert dropped == [0, 1], dropped
        for side, person in [("a", "Datasets/people/p003"), ("b", "Datasets/people/p004")]:
            tab_to(page, f"{side} ")
            page.keyboard.type(person)
            assert page.locator(f"[name={side}]").input_value() == person
        tab_to(page, "name ")
        page.keyboard.type("stopped")
        shoot(page, "generate")
        tab_to(page, "Train$")
        page.keyboard.press("Enter")
        page.wait_for_url("**/jobs/*")
        second = context.new_page()
        second.goto(page.url)
        for tab in [page, second]:
            expect(tab.locator("#step")).to_have_text(re.compile("Iteration|Evaluated"))
        shoot(page, "training")
        tab_to(page, "Stop$")
        page.keyboard.press("Enter")
        for tab in [second, page]:
            expect(tab.locator("main .state").first).to_have_text(re.compile("stopped"))
        second.close()
        tab_to(page, "Resume$")
        page.keyboard.press("Enter")
        expect(page.locator("#step")).to_have_text(re.compile("Iteration|Evaluated"))

        step("Close the tab, go on in the terminal, and in the browser again")
        job = page.url
        page.close()
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(job)
        expect(page.locator("#step")).to_have_text(re.compile("Iteration|Evaluated"))
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("main .state").first).to_have_text(re.compile("stopped"))
        shown = shlex.split(page.locator("main pre code").last.text_content())
        before = run_record("stopped")["sessions"]
        terminal = subprocess.Popen(
            [program, *shown[1:], "--progress", "json"], cwd=workspace, stdout=subprocess.PIPE, text=True)
        Server.all.append(terminal)
        while '"stepped"' not in terminal.stdout.readline():
            assert terminal.poll() is None
        threading.Thread(target=terminal.stdout.read, daemon=True).start()
        page.goto(server.home + "/runs/stopped")
        expect(page.locator("main .state").first).to_have_text("running")
        terminal.send_signal(signal.SIGINT)
        assert terminal.wait(timeout=LONG / 1000) == 130
        page.reload()
        expect(page.locator("main .state").first).to_have_text("interrupted")
        page.get_by_role("button", name="Resume").click()
        page.wait_for_url("**/jobs/*")
        expect(page.locator("#step")).to_have_text(re.compile("Iteration|Evaluated"))
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("main .state").first).to_have_text(re.compile("stopped"))
        assert run_record("stopped")["sessions"] == before + 2

        step("Convert a clip, and compare")
        page.goto(server.home + "/convert?model=ab")
        page.locator("[name=clip]").set_input_files(video)
        page.get_by_label(re.compile("have agreed")).check()
        page.get_by_role("button", name="Convert").click()
        page.wait_for_url("**/jobs/*")
        finish_job(page)
        border = page.get_by_role("slider", name="Border")
        expect(border).to_be_visible()
        until(page, "[...document.querySelectorAll('.wipe video')].every(v => v.readyState >= 2)")
        border.fill("20")
        cut = page.locator(".wipe .above").evaluate("e => getComputedStyle(e).clipPath")
        assert "20%" in cut, cut
        page.get_by_role("button", name="Play").click()
        until(page, "[...document.querySelectorAll('.wipe video')].every(v => v.currentTime > 0.2)")
        page.get_by_role("button", name="Pause").click()
        expect(page.locator(".wipe")).to_contain_text("marked as generated")
        shoot(page, "comparison")
        check_page(page)

        step("Convert a picture, and compare")
        page.goto(server.home + "/convert?model=ab")
        page.locator("[name=input]").fill(pictures[0][len(workspace) + 1:])
        page.get_by_role("button", name="Convert").click()
        page.wait_for_url("**/jobs/*")
        finish_job(page)
        expect(page.get_by_role("slider", name="Border")).to_be_visible()
        until(page, "[...document.querySelectorAll('.wipe img')].every(i => i.naturalWidth > 0)")

        step("Compare runs")
        page.goto(server.home + "/runs?q=swap")
        for box in page.locator("input[name=run]").all():
            box.check()
        page.get_by_role("button", name="Compare").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Comparison of runs")
        expect(page.locator("table").first).to_contain_text("iterations")
        expect(page.locator("table").nth(1)).to_contain_text(" to ")
        until(page, "document.querySelectorAll('.charts img').length > 2")
        until(page, "[...document.querySelectorAll('.charts img')].slice(0, 2).every(i => i.naturalWidth > 0)")
        shoot(page, "compare")

        step("Make a labeled dataset, train a detector, and look at its errors")
        page.goto(server.home + "/new/augment")
        for name, value in [("name", "set"), ("count", "90"), ("split", "34/33/33"), ("size", "64")]:
            page.locator(f"[name='{name}']").evaluate("e => { const d = e.closest('details'); if (d) d.open = true; }")
            page.locator(f"[name='{name}']").fill(value)
        page.get_by_role("button", name="Start").click()
        finish_job(page)
        page.goto(server.home + "/data/set")
        page.get_by_label("Label").select_option("fake")
        page.get_by_label("Split").select_option("test")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**label=fake**")
        assert page.locator(".grid li span.fake").count() == page.locator(".grid li").count() > 0
        page.goto(server.home + "/new/detect-retrain")
        for name, value in [("data", "set"), ("detectors", "spectrum"), ("name", "learned")]:
            page.locator(f"[name={name}]").fill(value)
        page.get_by_role("button", name="Start").click()
        finish_job(page)
        page.get_by_role("link", name="False positives and negatives").click()
        expect(page.get_by_role("heading", name="False positives")).to_be_visible()
        expect(page.get_by_role("heading", name="False negatives")).to_be_visible()
        mistakes = page.url[len(server.home):]
        assert page.locator(".grid li").count() > 0, "a detector without an error"
        page.locator(".grid a").first.click()
        expect(page.locator("dl")).to_contain_text("unchanged")

        step("Watch the matrix of a duel fill in")
        os.makedirs(f"{workspace}/Datasets/recipes", exist_ok=True)
        with open(f"{workspace}/Datasets/recipes/tiny.json", "w") as file:
            json.dump(DUEL, file)
        page.goto(server.home + "/new/duel")
        for name, value in [("a", "p001\n{}/p003\n{}/p005"), ("b", "p002\n{}/p004\n{}/p006")]:
            page.locator(f"[name={name}]").fill("Datasets/people/" + value.format(*2 * ["Datasets/people"]))
        for name, value in [("recipe", "Datasets/recipes/tiny.json"), ("rounds", "2"), ("name", "tiny")]:
            page.locator(f"[name={name}]").evaluate("e => { const d = e.closest('details'); if (d) d.open = true; }")
            page.locator(f"[name={name}]").fill(value)
        page.get_by_role("button", name="Start").click()
        page.wait_for_url("**/jobs/*")
        expect(page.locator("#matrix")).to_contain_text("1 of 2 rounds")
        assert page.locator("main .state").first.text_content() == "running"
        shoot(page, "duel")
        finish_job(page)
        expect(page.locator("#matrix")).to_contain_text("2 of 2 rounds")

        step("Score a webcam that sees a face")
        picture = page.evaluate("""async (address) => {
            const picture = await createImageBitmap(await (await fetch(address)).blob());
            const canvas = document.createElement("canvas");
            [canvas.width, canvas.height] = [640, 480];
            canvas.getContext("2d").drawImage(picture, 80, 0, 480, 480);
            return canvas.toDataURL("image/jpeg", 0.9).split(",")[1]; }""", "/files/" + pictures[0][len(workspace) + 1:])
        with open(f"{workspace}/camera.mjpeg", "wb") as file:
            file.write(base64.b64decode(picture) * 30)
        seeing = patient(play.chromium.launch(
            executable_path=os.environ.get("DFLAB_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
                  f"--use-file-for-fake-video-capture={workspace}/camera.mjpeg"]),
            viewport={"width": 1100, "height": 800}, storage_state=context.storage_state())
        camera = seeing.new_page()
        camera.goto(server.home + "/webcam")
        camera.get_by_role("button", name="Start").click()
        expect(camera.locator("#verdict")).to_have_text(re.compile("fake|real|undecided"))
        expect(camera.locator("#text")).to_contain_text("pictures)")
        camera.wait_for_timeout(2000)
        expect(camera.locator("#age")).to_contain_text("ms old")
        step("  " + camera.locator("#rate").text_content() + ", " + camera.locator("#age").text_content())
        shoot(camera, "webcam")
        camera.get_by_role("button", name="Stop").click()
        seeing.browser.close()

        addresses = ["/", "/detect", "/generate", "/convert", "/new", "/new/detect-retrain", "/new/augment", "/verify",
                     "/data", "/data/people", "/data/set", "/data/people/0", "/data/people/0/provenance", "/uploads", "/runs",
                     "/runs/ab", "/runs/tiny", "/runs/learned", "/runs/" + detected.rsplit("/", 1)[1], mistakes,
                     "/compare?run=ab&run=stopped", "/jobs", "/jobs/1", "/webcam"]

        step("Forms and pages without scripts")
        phone = patient(
            browser, viewport={"width": 390, "height": 800}, color_scheme="dark", java_script_enabled=False,
            storage_state=context.storage_state()).new_page()
        for address in addresses:
            assert phone.goto(server.home + address).status == 200, address
            assert phone.locator("h1").count() == 1
        phone.goto(server.home + "/detect")
        phone.locator("input[type=file]").set_input_files(pictures[0])
        phone.get_by_role("button", name="Detect").click()
        phone.get_by_role("link", name="Result").click()
        expect(phone.locator(".verdict h2 .state")).to_have_text(re.compile("fake|real|undecided"))
        shoot(phone, "phone-without-scripts")

        step("On paper, pages have content alone, dark on white")
        paper = patient(browser, color_scheme="dark", storage_state=context.storage_state()).new_page()
        paper.emulate_media(media="print")
        for address in addresses:
            paper.goto(server.home + address)
            for part in ["body > header", "form.search", ".actions", ".presets", ".pages"]:
                assert paper.locator(f"{part}:visible").count() == 0, f"{part} is printed at {address}"
            assert paper.locator("h1").is_visible()
            ink, white = paper.evaluate("""() => [getComputedStyle(document.body).color,
                getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor]""")
            assert max(map(int, re.findall("[0-9]+", ink)[:3])) < 100, f"{ink} on {white} at {address}"

        step("Every page as wide as a phone and in the dark, and wide in the light")
        for width, scheme in [(390, "dark"), (1100, "light")] + ([(390, "light"), (1100, "dark")] if shots else []):
            narrow = patient(
                browser, viewport={"width": width, "height": 800}, color_scheme=scheme,
                storage_state=context.storage_state()).new_page()
            for address in addresses:
                narrow.goto(server.home + address)
                check_page(narrow)
                shoot(narrow, f"{width}-{scheme}{re.sub('[^a-z0-9]+', '-', address)}")
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
