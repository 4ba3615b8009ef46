#!/bin/sh
# Does a search find better settings for cnn-bn? Run in an empty folder; two hours on two cores.
set -e
here=$(cd "$(dirname "$0")" && pwd)
dflab init lab
cd lab
dflab faces synthesize --people 60 --count 24 --seed 41 --out Datasets/people
dflab augment --name rendered --faces Datasets/people --count 800 --seed 41
dflab search "$here/recipe.json" --name search
