#!/usr/bin/env python3
"""The identity of finished swaps, measured by dlib's face descriptor.

    pip install dlib-bin face_recognition_models numpy pillow 'setuptools<80'
    python3 Tests/Peers/identity.py --a PICTURES --b PICTURES --a2b PICTURES --b2a PICTURES [--holdout 0.15]

--a and --b are the pictures of the two people that a swap was trained on, --a2b and --b2a the finished
pictures (`Labs/RUN/swaps/a2b` and `b2a`), which have the names of their originals. Pictures may be
photographs or aligned crops; the largest face counts. As in `dflab swap`, the last pictures of each
folder in name order are held out: those before them give the mean descriptor of each person, and the
swaps of the held-out ones are measured. Prints for both directions how many of the swaps are nearer
to the swapped-in identity than to the original one, the mean distances to both, and those of the
untouched pictures. Distances below 0.6 are one person's, by dlib's rule.
"""
import argparse
import json
import os
import sys

import dlib
import face_recognition_models
import numpy as np
from PIL import Image, ImageOps

DETECTOR = dlib.get_frontal_face_detector()
PREDICTOR = dlib.shape_predictor(face_recognition_models.pose_predictor_model_location())
DESCRIBER = dlib.face_recognition_model_v1(face_recognition_models.face_recognition_model_location())
ENDINGS = (".jpg", ".jpeg", ".png", ".webp")


def descriptor(path):
    """Return the descriptor of a picture's largest face, or None."""
    image = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    if max(image.size) > 1600:
        image.thumbnail((1600, 1600))
    pixels = np.array(image)
    faces = DETECTOR(pixels, 0) or DETECTOR(pixels, 1)
    if not faces:
        return None
    shape = PREDICTOR(pixels, max(faces, key=lambda face: face.area()))
    return np.array(DESCRIBER.compute_face_descriptor(pixels, shape))


def descriptors(folder, names):
    found = {name: descriptor(os.path.join(folder, name)) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def pictures(folder):
    return sorted(
        name for name in os.listdir(folder) if name.lower().endswith(ENDINGS) and name != "sheet.png")


def distance(values, mean):
    return float(np.mean([np.linalg.norm(value - mean) for value in values])) if values else None


def measure(swaps, held_out, source, target):
    """Compare swaps of held-out pictures with both people's mean descriptors."""
    made = [name for name in held_out if name in set(pictures(swaps))]
    found = list(descriptors(swaps, made).values())
    nearer = sum(
        np.linalg.norm(value - target) < np.linalg.norm(value - source) for value in found)
    return {"held_out": len(held_out), "finished": len(made), "with_a_face": len(found),
            "nearer_to_target": int(nearer), "to_source": distance(found, source),
            "to_target": distance(found, target)}


def main(arguments):
    means, rest, untouched = {}, {}, {}
    for side, folder in (("a", arguments.a), ("b", arguments.b)):
        names = pictures(folder)
        # Python rounds halves to even, as dflab does.
        cut = min(max(round(len(names) * (1 - arguments.holdout)), 1), len(names) - 1)
        step = max(1, cut // arguments.most)
        own = list(descriptors(folder, names[:cut:step]).values())
        if not own:
            sys.exit(f"No face in '{folder}'.")
        means[side] = np.mean(own, axis=0)
        rest[side] = names[cut:]
    for side, folder in (("a", arguments.a), ("b", arguments.b)):
        found = list(descriptors(folder, rest[side]).values())
        other = "b" if side == "a" else "a"
        untouched[side] = {
            "to_itself": distance(found, means[side]), "to_the_other": distance(found, means[other])}
    result = {"untouched": untouched}
    if arguments.a2b:
        result["a2b"] = measure(arguments.a2b, rest["a"], means["a"], means["b"])
    if arguments.b2a:
        result["b2a"] = measure(arguments.b2a, rest["b"], means["b"], means["a"])
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--a", required=True, help="pictures of identity A")
    parser.add_argument("--b", required=True, help="pictures of identity B")
    parser.add_argument("--a2b", help="finished pictures of A with the face of B")
    parser.add_argument("--b2a", help="finished pictures of B with the face of A")
    parser.add_argument("--holdout", type=float, default=0.15, help="held-out share (default: 0.15)")
    parser.add_argument(
        "--most", type=int, default=100, help="training pictures that are described (default: 100)")
    main(parser.parse_args())
