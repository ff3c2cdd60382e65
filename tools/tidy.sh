#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# clang-tidy over our sources, with the compile commands of a build directory: tools/tidy.sh build/asan [files...]
set -euo pipefail
build=$1
shift
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then
    mapfile -t files < <(git ls-files 'trace/*.cpp' 'core-stack/*.cpp' 'bpf/*.cpp' 'app/*.cpp' 'ui/*.cpp')
else
    files=("$@")
fi
printf '%s\0' "${files[@]}" | xargs -0 -n 4 -P "$(nproc)" clang-tidy -p "$build" --quiet \
    --extra-arg=-Wno-unknown-warning-option 2> >(grep -v 'warnings generated' >&2)
