#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What a probe costs, side by side in one boot of the lab: skbscope's probes, bpftrace's kfunc and kprobe printing the
# same fields, ftrace's function_graph. docs/benchmarks.md explains the columns.
#   tools/bench-probes.sh BUILD [PACKETS] [RATES] [more options of skbscope lab]
# RATES: packets a second, several in quotes; 0 is as fast as they go.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:?the build directory}
packets=${2:-2000}
rates=${3:-0}
shift $(($# < 3 ? $# : 3))
ninja -C "$build" probe_bench >/dev/null
programs=()
if command -v bpftrace >/dev/null; then
    programs=(--program bpftrace --memory 3072)
else
    echo "bench-probes: without bpftrace, which is not installed (apt-get install bpftrace)" >&2
fi
"$build/app/skbscope" lab "${programs[@]}" --copy "$build/tests/bench/probe_bench" --copy tests/bench/probes/in-lab.sh \
    --command "sh /root/in-lab.sh $packets '$rates'" "$@" | tee /dev/stderr | awk '
    $1 == "rate" {printf "\n%s packets a second\n%-16s %9s %9s %14s %14s %12s %12s\n", ($2 ? $2 : "all"), "tracer", "events",
                  "lost", "ns/event path", "ns/event all", "events/s", "loss"}
    $1 == "row" {
        if ($2 == "none") {elapsed = $4; cpu = $5; next}
        wanted = $3 * 16
        printf "%-16s %9d %9d %14.0f %14.0f %12.0f %11.1f%%\n", $2, $6, $7, ($5 - cpu) / wanted, ($4 - elapsed) / wanted,
               wanted * 1e9 / $4, 100 * (1 - $6 / wanted)
    }'
