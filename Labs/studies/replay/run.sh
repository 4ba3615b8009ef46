#!/bin/sh
# Does replay prevent forgetting? Run in an empty folder; about 30 minutes on two cores.
set -e
here=$(cd "$(dirname "$0")" && pwd)
dflab init lab
cd lab
dflab faces synthesize --people 12 --count 60 --seed 91 --no-masks --no-depth --out Datasets/people
for replay in 0 1; do
  dflab duel --rounds 3 --recipe "$here/recipe.json" --replay $replay --name replay-$replay
done
