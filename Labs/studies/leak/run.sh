#!/bin/sh
# How much does a leaking split inflate results? Run in an empty folder; about 15 minutes on two cores.
set -e
here=$(cd "$(dirname "$0")" && pwd)
dflab init lab
cd lab
dflab faces synthesize --people 24 --count 24 --seed 11 --out Datasets/crowd
for seed in 1 2 3 4 5; do
  detectors=spectrum
  [ $seed = 1 ] && detectors=spectrum,shallow,cnn
  dflab augment --name honest-$seed --faces Datasets/crowd --count 1152 --seed $seed
  python3 "$here/leak.py" Datasets/honest-$seed Datasets/leaking-$seed
  for set in honest leaking; do
    dflab detect --retrain --data $set-$seed --detectors $detectors --iterations 400 --threads 1 --name $set-$seed
  done
done
