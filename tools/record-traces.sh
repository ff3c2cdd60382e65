#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Records the kernel's side of the bundled scenarios anew: assets/traces/NAME.skbt, for --kernel recorded.
#   tools/record-traces.sh SKBSCOPE [NAME...]     all scenarios if none is named
# SKBSCOPE is the built program, such as build/release/app/skbscope.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '3,5p' "$0" | cut -c3- >&2; exit 2; }
skbscope=$(realpath "$1")
shift
cd "$(dirname "$0")/.."
names=("$@")
if [ ${#names[@]} -eq 0 ]; then
    for file in assets/scenarios/*.yaml; do names+=("$(basename "$file" .yaml)"); done
fi
mkdir -p assets/traces
failed=0
for name in "${names[@]}"; do
    if grep -q "simnic:" "assets/scenarios/$name.yaml"; then
        echo "not recorded: $name has simulated cards, which the model alone has"
        continue
    fi
    # Into a place beside it first: a run that fails must not take the old recording away.
    if "$skbscope" run "assets/scenarios/$name.yaml" --side kernel --kernel lab --format tree -o "assets/traces/$name.new.skbt" >/dev/null; then
        mv "assets/traces/$name.new.skbt" "assets/traces/$name.skbt"
        echo "recorded $name: $(stat -c %s "assets/traces/$name.skbt") bytes"
    else
        rm -f "assets/traces/$name.new.skbt"
        echo "not recorded: $name" >&2
        failed=1
    fi
done
exit "$failed"
