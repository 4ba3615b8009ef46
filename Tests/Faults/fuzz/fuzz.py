"""Fuzzes the C code that reads strangers' pictures and videos, with clang's libFuzzer, ASan and UBSan.

    python3 Tests/Faults/fuzz/fuzz.py pictures /tmp/fuzzed --seconds 600
    python3 Tests/Faults/fuzz/fuzz.py videos /tmp/fuzzed --seconds 600 --seeds CLIP.mp4 CLIP.mkv

Builds CImageIO and CFFmpeg without SwiftPM. The corpus in FOLDER begins with the pictures of Tests/MediaTests/Pictures, or
with the videos of --seeds. It stops at the first crash, hang (25 s), or use of more than 2 GB, and keeps the input as
FOLDER/NAME-crash-…; the libraries themselves are not instrumented. The last lines are libFuzzer's, with the number of runs.
"""

import argparse
import glob
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
LONGEST = 200_000
# Libraries that leak a little by themselves.
LEAKING = ["libdav1d", "libx265", "libaom"]


def build(name, folder):
    clang = shutil.which("clang") or os.path.join(os.path.dirname(os.path.realpath(shutil.which("swift") or "/")), "clang")
    parts = [f"{ROOT}/Sources/{part}" for part in ("CImageIO", "CFFmpeg")]
    libraries = ["jpeg", "png", "heif", "lcms2", "avformat", "avcodec", "swscale", "avutil"]
    program = f"{folder}/{name}"
    subprocess.run(
        [clang, "-g", "-O1", "-fsanitize=fuzzer,address,undefined", "-fno-sanitize-recover=undefined",
         *(f"-I{part}/include" for part in parts), f"{HERE}/{name}.c",
         *(path for part in parts for path in sorted(glob.glob(f"{part}/*.c"))),
         *(f"-l{library}" for library in libraries), "-lm", "-lpthread", "-o", program], check=True)
    return program


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=["pictures", "videos"])
    parser.add_argument("folder")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", nargs="*", help="files that the corpus begins with")
    settings = parser.parse_args()
    folder = os.path.abspath(settings.folder)
    corpus = f"{folder}/{settings.name}-corpus"
    os.makedirs(corpus, exist_ok=True)
    for path in settings.seeds or (sorted(glob.glob(f"{ROOT}/Tests/MediaTests/Pictures/*.*")) if settings.name == "pictures" else []):
        if not path.endswith((".json", ".py")) and os.path.getsize(path) <= LONGEST:
            shutil.copy(path, corpus)
    if not os.listdir(corpus):
        sys.exit("Name videos with --seeds: a corpus must begin with something.")
    program = build(settings.name, folder)
    with open(f"{folder}/leaking", "w") as file:
        file.writelines(f"leak:{name}\n" for name in LEAKING)
    return subprocess.run(
        [program, corpus, f"-max_total_time={settings.seconds}", f"-seed={settings.seed}", f"-max_len={LONGEST}", "-timeout=25",
         "-rss_limit_mb=2048", f"-artifact_prefix={folder}/{settings.name}-", "-print_final_stats=1"],
        env=dict(os.environ, LSAN_OPTIONS=f"suppressions={folder}/leaking:print_suppressions=0")).returncode


if __name__ == "__main__":
    sys.exit(main())
