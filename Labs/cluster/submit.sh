#!/usr/bin/env bash
# Submits a command as a job array of N shards, and a job that joins them into Datasets/NAME.
#
#   Labs/cluster/submit.sh N NAME augment [OPTIONS]
#   Labs/cluster/submit.sh N NAME datasets import FOLDER [OPTIONS]
#   Labs/cluster/submit.sh N NAME extract FILE... [OPTIONS]
#
# To be started in the workspace, which all nodes must see. DFLAB names the program if it is not on the path.
set -euo pipefail
if [ $# -lt 3 ] || ! [[ $1 =~ ^[1-9][0-9]*$ ]]; then
  sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
  exit 64
fi
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
count=$1 name=$2
shift 2
case $1 in
  augment | datasets) output=(--name "$name") ;;
  extract) output=(--out "Datasets/$name") ;;
  *) echo "'$1' is not divided into shards; use augment, datasets import or extract." >&2; exit 64 ;;
esac
job=$(sbatch --parsable --array="1-$count" "$here/shards.sbatch" "$@" "${output[@]}")
merge=$(sbatch --parsable --dependency="afterok:${job%%;*}" "$here/merge.sbatch" "$count" "$name")
echo "Submitted $count shards as job ${job%%;*}, and the merge as job ${merge%%;*}."
