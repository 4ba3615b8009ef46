"""Runs the commands behind the numbers of the documents again, and compares.

    python3 Tests/Claims/claims.py .build/release/dflab [--only WORD] [--data FOLDER] [--list]

claims.json lists the claims: the document and the text in which the number stands, the command that gives it, and
where in its JSON it is found. A number of pictures or faces a second passes from 1/1.5 of the document's on, because it
depends on the machine, and is measured on an idle one; others pass within the tolerance that the claim states. Claims about real people need the folder of --data (default: $DFLAB_REAL_DATA) and are
skipped aloud without it. Prints a line for each claim, and exits with 1 if a number has moved.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
FACTOR = 1.5


def run(program, words, folder):
    done = subprocess.run([program] + words, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"'dflab {' '.join(words)}' ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.stdout


def value(tree, key):
    for word in key.split("."):
        tree = tree[int(word)] if isinstance(tree, list) else tree[word]
    return float(tree)


def check(claim, program, folder, settings, setups, ready):
    """The measured number."""
    setup = claim.get("setup")
    if setup and setup not in ready:
        ready.add(setup)
        for words in setups[setup]:
            run(program, [word.replace("{data}", settings.data or "") for word in words], folder)
    if "run" in claim:
        return value(json.loads(run(program, claim["run"], folder).splitlines()[-1]), claim["key"])
    with open(f"{folder}/{claim['read']}") as file:
        return value(json.load(file), claim["key"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--only", default="", help="claims whose text or command has this word")
    parser.add_argument("--data", default=os.environ.get("DFLAB_REAL_DATA"), help="folder of the real data")
    parser.add_argument("--list", action="store_true", help="print the claims without running anything")
    settings = parser.parse_args()
    with open(f"{HERE}/claims.json") as file:
        all = json.load(file)
    setups, moved = all["setups"], 0
    program = os.path.abspath(settings.program)
    with tempfile.TemporaryDirectory() as folder:
        if not settings.list:
            run(program, ["init", "."], folder)
        ready = set()
        for claim in all["claims"]:
            name = f"{claim['document']}: {claim['text'].strip('| ')}"
            words = " ".join(claim.get("run", [claim.get("setup", "")]))
            if settings.only not in f"{name} {words}":
                continue
            if settings.list:
                print(f"{name}\n    dflab {words}")
                continue
            needs_data = any("{data}" in word for words in setups.get(claim.get("setup"), []) for word in words)
            if needs_data and not settings.data:
                print(f"skipped  {name} (needs --data)", flush=True)
                continue
            try:
                found = check(claim, program, folder, settings, setups, ready)
            except (RuntimeError, OSError, ValueError, KeyError, IndexError, TypeError) as error:
                print(f"FAILED   {name}: {error}", flush=True)
                moved += 1
                continue
            due, within = claim["value"], claim.get("within")
            holds = abs(found - due) <= within if within else found >= due / FACTOR
            moved += not holds
            word = "MOVED" if not holds else "faster" if not within and found > due * FACTOR else "ok"
            print(f"{word:8} {name}: {found:.3f}", flush=True)
    sys.exit(1 if moved else 0)


if __name__ == "__main__":
    main()
