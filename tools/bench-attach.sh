#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What it takes in the lab, without an image, to put probes at entry and return of all functions of a list, phase by
# phase, in instructions and in the guest's time (which counts them). docs/benchmarks.md has the figures.
#   tools/bench-attach.sh BUILD [LIST]     a function a line; default: tests/bench/probes/functions-544.txt
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:?the build directory}
list=${2:-tests/bench/probes/functions-544.txt}
ninja -C "$build" probe_bench >/dev/null
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
# what the agent is told of the kernel's functions: those that can be traced, and which argument is the sk_buff
awk -F'\t' 'NR == FNR {arg[$1] = $2; next} {sub(/\..*/, "", $1)} !seen[$1]++ {print $1 "\t" ($1 in arg ? arg[$1] : -1)}' \
    assets/catalogue/skb-args.tsv assets/catalogue/available.txt >"$work/catalogue"
sort -u "$list" >"$work/functions"
start=$(date +%s.%N)
"$build/app/skbscope" lab --copy "$build/tests/bench/probe_bench" --copy "$work/catalogue" --copy "$work/functions" \
    --command "/root/probe_bench attach /root/catalogue /root/functions" | tee /dev/stderr | awk '
    $1 == "phase" {printf "%-20s %8.2f s %10.0f million instructions\n", $2, $3 / 1e9, $3 / 2e6; all += $3}
    $1 == "functions" {print}
    END {printf "%-20s %8.2f s %10.0f million instructions\n", "together", all / 1e9, all / 2e6}'
end=$(date +%s.%N)
echo "wall, with the boot: $(awk "BEGIN {printf \"%.1f\", $end - $start}") s"
