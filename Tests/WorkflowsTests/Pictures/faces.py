"""Write one rendered face in the formats of phones, browsers and scanners beside this script.

    dflab faces synthesize --people 1 --count 1 --seed 7 --out face     # gives face/p001/000001.jpg
    venv/bin/python Tests/WorkflowsTests/Pictures/faces.py face/p001/000001.jpg

With the packages and programs of Tests/MediaTests/Pictures/kinds.py. The files have no extension, or
a wrong one; sideways.jpg is a HEIC file that lies on its side, as its rotation says.
"""

import os
import shutil
import subprocess
import sys
import tempfile

from PIL import Image

here = os.path.dirname(os.path.abspath(__file__))
face = Image.open(sys.argv[1]).convert("RGB")
face.save(os.path.join(here, "webp.png"), "WEBP", quality=90)
face.save(os.path.join(here, "jpeg2000"), "JPEG2000", irreversible=True, quality_layers=[20])
with tempfile.TemporaryDirectory() as folder:
    exif = Image.Exif()
    exif[0x0112] = 6  # The first row of the file is at the right of the picture.
    face.rotate(90, expand=True).save(f"{folder}/face.jpg", quality=95, exif=exif.tobytes())
    subprocess.run(
        ["heif-enc", f"{folder}/face.jpg", "-q", "80", "-o", f"{folder}/face.heic"], check=True,
        stdout=subprocess.DEVNULL)
    shutil.move(f"{folder}/face.heic", os.path.join(here, "sideways.jpg"))
    face.save(f"{folder}/face.png")
    subprocess.run(
        ["heif-enc", f"{folder}/face.png", "-q", "80", "-A", "-o", f"{folder}/face.avif"],
        check=True, stdout=subprocess.DEVNULL)
    shutil.move(f"{folder}/face.avif", os.path.join(here, "avif.mp4"))
