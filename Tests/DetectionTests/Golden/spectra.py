"""Spectra of NumPy and SciPy for PowerSpectrumTests: python spectra.py > spectra.json

Requires numpy, scipy and opencv-python-headless. The pictures are computed from a formula.
"""
import json
import os
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../Peers"))
from spectrum import rings, spectrum  # noqa: E402


def picture(width, height):
    y, x, c = np.ogrid[:height, :width, :3]
    return ((x * x * 3 + y * y * 5 + x * y * 7 + c * 31) % 251).astype(np.uint8)


cases = []
for width, height, features in [(64, 64, 80), (256, 256, 300), (33, 33, 20), (48, 30, 25), (17, 40, 12)]:
    image = picture(width, height)
    cases.append({"width": width, "height": height, "rings": rings(image).tolist(),
                  "features": spectrum(image, features).tolist()})
print(json.dumps({"cases": cases}, separators=(",", ":")))
