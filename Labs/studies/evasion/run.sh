#!/bin/sh
# Does the generator learn to evade, and at what cost? Run in an empty folder; about an hour on two cores.
set -e
here=$(cd "$(dirname "$0")" && pwd)
dflab init free
(cd free && dflab duel --recipe "$here/free.json")
dflab init held
cd held
dflab faces synthesize --people 12 --count 60 --seed 91 --no-masks --no-depth --out Datasets/people
dflab duel --rounds 3 --recipe "$here/../replay/recipe.json" --replay 1 --name replay-1
