"""Optical flow of moving textures: `python flow.py > flow.json` (OpenCV 4).

Textures are sums of sines, gray in 0...255, moved by a known displacement. Of each flow every n-th value
is kept, about 48.
"""
import json
import math

import cv2
import numpy as np

WAVES = [(0.31, 0.17, 0.0, 60), (-0.07, 0.23, 1.0, 40), (0.52, -0.41, 2.0, 20), (0.03, 0.05, 0.5, 5)]


def texture(y, x):
    return 127 + sum(a * np.sin(u * x + v * y + p) for u, v, p, a in WAVES)


def moved(height, width, turn, scale, dx, dy):
    """The texture after a rotation and scaling about the center and a shift, and the one before."""
    y, x = np.mgrid[:height, :width].astype(np.float64)
    cy, cx = (height - 1) / 2, (width - 1) / 2
    qx, qy = x - cx - dx, y - cy - dy
    c, s = math.cos(turn) / scale, math.sin(turn) / scale
    return [texture(y, x).astype(np.float32),
            texture(cy - s * qx + c * qy, cx + c * qx + s * qy).astype(np.float32)]


def flow(height, width, *motion):
    first, second = moved(height, width, *motion)
    field = cv2.calcOpticalFlowFarneback(first, second, None, 0.5, 3, 15, 3, 5, 1.2, 0).ravel()
    step = len(field) // 48
    return {"height": height, "width": width, "motion": motion,
            "flow": [float(f"{v:.6g}") for v in field[::step | 1]]}


print(json.dumps([flow(64, 80, 0, 1, 1.3, -0.7), flow(128, 128, 0.02, 1.03, 2.5, 1.0),
                  flow(30, 40, 0, 1, -0.4, 0.2), flow(256, 256, -0.01, 0.98, -4.0, 3.0)], indent=1))
