"""The peer of `dflab extract`: dlib and OpenCV, every frame searched at full size.

    python3 Tests/Peers/extract.py VIDEO OUT [FRAMES]

Prints frames per second and the number of frames with a face, and writes the numbers of these frames to
OUT/found.txt. Requires numpy, opencv-python-headless and the dlib package. Without dlib, it compiles the
same calls against libdlib-dev into a shared library, optimized for this processor as pip would do.
"""
import ctypes, json, os, subprocess, sys, tempfile, time

import cv2
import numpy as np

MODEL = "/usr/share/dlib/shape_predictor_68_face_landmarks.dat"
SHIM = r"""
#include <dlib/image_processing.h>
#include <dlib/image_processing/frontal_face_detector.h>
using namespace dlib;
static frontal_face_detector detector = get_frontal_face_detector();
static shape_predictor predictor;
extern "C" void peer_load(const char *path) { deserialize(path) >> predictor; }
extern "C" int peer_find(unsigned char *rgb, long width, long height, int *points) {
  array2d<rgb_pixel> image(height, width);
  memcpy(image_data(image), rgb, width * height * 3);
  std::vector<rectangle> faces = detector(image);
  if (faces.empty()) return 0;
  rectangle best = faces[0];
  for (auto &face : faces) if (face.area() > best.area()) best = face;
  full_object_detection shape = predictor(image, best);
  for (int k = 0; k < 68; k++) points[2 * k] = shape.part(k).x(), points[2 * k + 1] = shape.part(k).y();
  return faces.size();
}
"""


def finder():
    """Return a function from an RGB picture to the 68 landmarks of its largest face, or None."""
    try:
        import dlib

        detector, predictor = dlib.get_frontal_face_detector(), dlib.shape_predictor(MODEL)

        def find(rgb):
            faces = detector(rgb, 0)
            if not faces:
                return None
            shape = predictor(rgb, max(faces, key=lambda face: face.area()))
            return np.array([(p.x, p.y) for p in shape.parts()], float)

        return find
    except ImportError:
        folder = tempfile.mkdtemp()
        source, library = f"{folder}/peer.cpp", f"{folder}/peer.so"
        open(source, "w").write(SHIM)
        subprocess.run(
            ["c++", "-w", "-std=c++17", "-O3", "-march=native", "-shared", "-fPIC", source, "-o",
             library, "-ldlib", "-lopenblas"], check=True)
        peer = ctypes.CDLL(library)
        peer.peer_load(MODEL.encode())
        points = np.zeros((68, 2), np.int32)

        def find(rgb):
            height, width = rgb.shape[:2]
            pointer = lambda a: a.ctypes.data_as(ctypes.c_void_p)
            found = peer.peer_find(
                pointer(rgb), ctypes.c_long(width), ctypes.c_long(height), pointer(points))
            return points.astype(float) if found else None

        return find


def mean_face():
    """Return the inner points of dflab's mean face, in crop pixels."""
    text = open(os.path.join(os.path.dirname(__file__), "../../Sources/Faces/Alignment/MeanFace.swift")).read()
    import re
    points = np.array(
        [[float(v) for v in m] for m in re.findall(r"SIMD3\((-?[\d.]+), (-?[\d.]+), -?[\d.]+\)", text)])
    return points[17:] * 148 + [128, 41]


def similarity(points, targets):
    p, t = (points - points.mean(0)) @ [1, 1j], (targets - targets.mean(0)) @ [1, 1j]
    a = np.vdot(p, t) / np.vdot(p, p)
    turn = np.array([[a.real, -a.imag], [a.imag, a.real]])
    return np.c_[turn, targets.mean(0) - turn @ points.mean(0)]


def main(video, out, most=None):
    os.makedirs(out, exist_ok=True)
    find, mean = finder(), mean_face()
    capture = cv2.VideoCapture(video)
    frames, found = 0, []
    begun, processor = time.time(), time.process_time()
    with open(f"{out}/faces.jsonl", "w") as manifest:
        while most is None or frames < most:
            there, frame = capture.read()
            if not there:
                break
            landmarks = find(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))
            if landmarks is not None:
                matrix = similarity(landmarks[17:], mean)
                face = cv2.warpAffine(frame, matrix, (256, 256), flags=cv2.INTER_CUBIC)
                gray = cv2.cvtColor(face, cv2.COLOR_BGR2GRAY)
                blur = cv2.Laplacian(gray, cv2.CV_64F).var()
                name = f"{len(found) + 1:06d}.jpg"
                cv2.imwrite(f"{out}/{name}", face, [cv2.IMWRITE_JPEG_QUALITY, 95])
                manifest.write(json.dumps({"file": name, "frame": frames, "blur": blur,
                                           "landmarks": landmarks.tolist(), "matrix": matrix.tolist()}) + "\n")
                found.append(frames)
            frames += 1
    seconds, processor = time.time() - begun, time.process_time() - processor
    open(f"{out}/found.txt", "w").write("\n".join(map(str, found)))
    print(json.dumps({"frames": frames, "found": len(found), "frames_per_second": frames / seconds,
                      "processor_ms_per_frame": 1000 * processor / frames}))


main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else None)
