#!/bin/sh
# Which forgeries train a detector that generalizes to the others? Run in an empty folder; about 15 minutes on two cores.
set -e
dflab init lab
cd lab
dflab faces synthesize --people 100 --count 24 --seed 11 --out Datasets/crowd
dflab faces synthesize --people 8 --count 120 --seed 31 --no-masks --no-depth --out Datasets/pairs
for pair in 1:2 3:4 5:6 7:8; do
  dflab swap --a Datasets/pairs/p00${pair%:*} --b Datasets/pairs/p00${pair#*:} --color-jitter 2 \
    --iterations 350 --name pair${pair%:*}
done
dflab augment --name full --count 4000
detectors=by-all-spectrum
dflab detect --retrain --data full --detectors spectrum --threads 1 --name by-all
for method in swap sbi xray warp upsample latent; do
  dflab detect --retrain --data full --methods $method --detectors spectrum --threads 1 --name by-$method
  detectors=$detectors,by-$method-spectrum
done
dflab detect --evaluate --data full --detectors $detectors --threads 1 --name generalization
