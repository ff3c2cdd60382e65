#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Gets the lab's kernel: Debian's stock 6.1 cloud kernel, unpacked into a cache and never installed. Does nothing when it
# is there already. $SKBSCOPE_LAB_DIR overrides ${XDG_CACHE_HOME:-~/.cache}/skbscope/lab.
set -euo pipefail

lab=${SKBSCOPE_LAB_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/skbscope/lab}
say() { printf '%s\n' "fetch-kernel: $*" >&2; }

for release in "$lab"/6.1.*; do
    if [ -s "$release/boot/vmlinuz-${release##*/}" ] && [ -d "$release/lib/modules" ]; then
        exit 0
    fi
done

for tool in apt-cache apt-get dpkg; do
    command -v $tool >/dev/null || { say "$tool is missing: the lab's kernel is a Debian package"; exit 3; }
done
package=$(apt-cache depends linux-image-cloud-amd64 2>/dev/null | sed -n 's/.*Depends: \(linux-image-6\.1\.[^ ]*\)$/\1/p' | head -1)
[ -n "$package" ] || { say "apt knows no linux-image-6.1 for the cloud (Debian 12 has it; try apt-get update)"; exit 3; }
release=${package#linux-image-}

mkdir -p "$lab"
work=$(mktemp -d "$lab/fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
say "downloading $package (27 MB)"
(cd "$work" && apt-get download -q "$package" >/dev/null 2>&1) || { say "apt-get download $package failed"; exit 3; }
say "unpacking into $lab/$release"
dpkg -x "$work"/*.deb "$work/x"
rm -rf "${lab:?}/$release"
mv "$work/x" "$lab/$release"
