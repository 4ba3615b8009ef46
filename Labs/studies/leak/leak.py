"""Copy a labeled dataset with leaking splits: pictures, not identities, are split at random.

    python3 leak.py Datasets/honest Datasets/leaking

Twins stay together, and the splits keep their sizes. Every pair gets an identity and a clip of its own, because dflab
would refuse the dataset otherwise: this is what a dataset without known identities looks like.
"""

import json
import os
import random
import shutil
import sys

honest, leaking = sys.argv[1:]
shutil.copytree(f"{honest}/pictures", f"{leaking}/pictures", copy_function=os.link)
with open(f"{honest}/manifest.jsonl") as file:
    samples = [json.loads(line) for line in file]
pairs = [samples[index : index + 2] for index in range(0, len(samples), 2)]
splits = [pair[0]["split"] for pair in pairs]
random.Random(1).shuffle(splits)
with open(f"{leaking}/manifest.jsonl", "w") as file:
    for number, (pair, split) in enumerate(zip(pairs, splits)):
        assert len({sample["label"] for sample in pair}) == 2, "not a dataset of twins, as 'dflab augment' makes it"
        for sample in pair:
            sample.update(split=split, identities=[f"pair{number}"], clips=[f"pair{number}"])
            sample.pop("boundary", None)
            file.write(json.dumps(sample) + "\n")
