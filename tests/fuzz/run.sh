#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs each libFuzzer target for SECONDS, from the seeds that the tree holds (tests/fuzz/corpus, scenarios, traces) and a
# corpus that stays in the build. What it finds lies beside that corpus; the exit code is then 1.
#   tests/fuzz/run.sh BUILD [SECONDS [TARGET...]]
set -euo pipefail
build=${1:?usage: tests/fuzz/run.sh BUILD [SECONDS [TARGET...]]}
seconds=${2:-300}
shift $(($# > 2 ? 2 : $#))
[ $# -gt 0 ] || set -- stream trace_file op_list scenario filter packets receive skbuff
top=$(cd "$(dirname "$0")/../.." && pwd)

found=0
for target in "$@"; do
    corpus=$build/fuzz-corpus/$target
    mkdir -p "$corpus"
    more=()
    if [ -d "$top/tests/fuzz/corpus/$target" ]; then cp "$top/tests/fuzz/corpus/$target"/* "$corpus"; fi
    case $target in
    packets)
        cp "$top"/tests/fuzz/corpus/receive/* "$corpus" # it reads the same
        # Ten thousand edges an input: libFuzzer's counting of rare ones takes as long as the machine that runs.
        more=(-entropic=0)
        ;;
    scenario) cp "$top"/assets/scenarios/*.yaml "$corpus" ;;
    trace_file) find "$top/assets/traces" -name '*.skbt' -size -64k -exec cp {} "$corpus" \; ;;
    esac
    echo "== $target: $seconds s"
    status=0
    "$build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
        -print_final_stats=1 -artifact_prefix="$corpus-" "${more[@]}" "$corpus" >"$corpus.log" 2>&1 || status=$?
    grep -E 'number_of_executed_units|cov: .*DONE|DONE|ERROR|SUMMARY|Test unit written|runtime error' "$corpus.log" || true
    [ "$status" -eq 0 ] || found=1
done
exit $found
