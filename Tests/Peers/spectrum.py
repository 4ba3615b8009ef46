"""The peer of `dflab bench spectrum`: the published method, in NumPy and SciPy.

    python3 Tests/Peers/spectrum.py [PICTURES] [SIDE] [FEATURES]

Prints spectra per second, single-threaded. Requires numpy, scipy and opencv-python-headless. `Tests/DetectionTests/Golden/spectra.py` takes its golden values from here.
"""
import json, sys, time

import cv2
import numpy as np
from scipy.interpolate import griddata


def rings(image):
    """Means of 20 ln(|F| + 1e-8) over integer radii, without the first and the last one."""
    gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    levels = 20 * np.log(np.abs(np.fft.fftshift(np.fft.fft2(gray))) + 1e-8)
    y, x = np.indices(levels.shape)
    radii = np.hypot(x - (levels.shape[1] - 1) / 2, y - (levels.shape[0] - 1) / 2)
    order = np.argsort(radii.flat)
    whole = radii.flat[order].astype(int)
    ends = np.where(whole[1:] - whole[:-1])[0]
    sums = np.cumsum(levels.flat[order], dtype=float)
    return (sums[ends[1:]] - sums[ends[:-1]]) / (ends[1:] - ends[:-1])


def spectrum(image, features):
    profile = rings(image)
    places = np.linspace(0, features, num=profile.size)
    resampled = griddata(places, profile, np.linspace(0, features, num=features), method="cubic")
    return resampled / resampled[0]


def main(count=64, side=256, features=300):
    chance = np.random.default_rng(1)
    images = [chance.integers(0, 256, (side, side, 3), dtype=np.uint8) for _ in range(count)]
    spectrum(images[0], features)
    begun = time.time()
    for image in images:
        spectrum(image, features)
    seconds = time.time() - begun
    print(json.dumps({"pictures": count, "side": side, "features": features,
                      "pictures_per_second": count / seconds}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
