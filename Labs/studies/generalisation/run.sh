#!/bin/sh
# Which forgeries make a detector that survives the others. In an empty folder; about 35 minutes on two cores.
set -e
dflab init lab
cd lab
dflab faces synthesize --people 60 --count 24 --seed 71 --no-masks --no-depth --out Datasets/crowd
dflab faces synthesize --people 6 --count 120 --seed 81 --no-masks --no-depth --out Datasets/pairs
for pair in 1:2 3:4 5:6; do
  dflab swap --a Datasets/pairs/p00${pair%:*} --b Datasets/pairs/p00${pair#*:} --jitter 2 \
    --iterations 350 --name pair${pair%:*}
done
dflab augment --name all --count 3600 --recipe "$(dirname "$0")/recipe.json"
for method in swap sbi xray warp upsample gan; do
  dflab detect --retrain --data all --methods $method --with efficientnet-b0,spectrum --start none \
    --iterations 150 --name by-$method
done
dflab detect --retrain --data all --with efficientnet-b0,spectrum --start none --iterations 150 --name by-all
