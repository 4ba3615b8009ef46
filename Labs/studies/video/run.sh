#!/bin/sh
# What does time add to single frames? Run in an empty folder; about two hours on one core.
#
#     CLIPS=folder-of-videos run.sh
#
# CLIPS has one video of each person, of 7 seconds or more.
set -e
here=$(cd "$(dirname "$0")" && pwd)
dflab init lab
cd lab
for file in "${CLIPS:?set CLIPS to a folder of videos of different people}"/*.mp4; do
  dflab extract "$file" --one-face --end 7 --min-size 60 --out "Datasets/clips/$(basename "$file" .mp4)"
done
for quality in c23 c40; do
  dflab augment --clips --frames 16 --name $quality --faces Datasets/clips --recipe "$here/$quality.json" \
    --count 480 --seed 3 --split 60/15/25
  train() {
    dflab detect --retrain --data $quality --name "$1-$quality" --methods sbi,warp,reconstruct --minutes 8 --threads 1 \
      --detectors "$2" $3 $4 $5 $6
  }
  train lite0-imagenet efficientnet-lite0 --size 128
  train lite0-none efficientnet-lite0 --size 128 --init none
  for network in flow i3d densenet121-gru resnext50-lstm; do train $network $network; done
done
python3 "$here/table.py" Labs
