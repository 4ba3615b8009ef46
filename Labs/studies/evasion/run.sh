#!/bin/sh
# Does the generator learn to evade, and what does it cost? In an empty folder; about 40 minutes on two cores.
set -e
dflab init lab
cd lab
dflab duel
