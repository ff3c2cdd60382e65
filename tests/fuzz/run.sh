#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs each libFuzzer target for COUNT inputs, from seeds that the tree holds and a corpus that stays in the build:
#   tests/fuzz/run.sh BUILD [COUNT [TARGET...]]
set -euo pipefail
build=${1:?usage: tests/fuzz/run.sh BUILD [COUNT [TARGET...]]}
count=${2:-1000000}
shift $(($# > 2 ? 2 : $#))
[ $# -gt 0 ] || set -- stream trace_file op_list scenario
top=$(cd "$(dirname "$0")/../.." && pwd)

for target in "$@"; do
    corpus=$build/fuzz-corpus/$target
    mkdir -p "$corpus"
    case $target in
    scenario) cp "$top"/assets/scenarios/*.yaml "$corpus" ;;
    trace_file) find "$top/assets/traces" -name '*.skbt' -size -64k -exec cp {} "$corpus" \; ;;
    esac
    echo "== $target: $count inputs"
    status=0
    "$build/tests/fuzz/fuzz_$target" -runs="$count" -max_len=4096 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$corpus-" "$corpus" >"$corpus.log" 2>&1 || status=$?
    grep -E 'number_of_executed_units|cov: .*DONE|DONE|ERROR|SUMMARY|Test unit written|runtime error' "$corpus.log" || true
    [ "$status" -eq 0 ] || exit 1
done
