#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Pictures of every pane and state of the window, light and dark, at 1280x800, 1920x1080 and at 200 % (2560x1600 of
# 1280x800), for someone to look at. They are not kept in git.
#   tools/screenshots.sh [PROGRAM [FOLDER [WORD]]]     build/release/app/skbscope, build/screenshots; WORD: only such states
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-build/release/app/skbscope}")
out=${2:-build/screenshots}
only=${3:-}
for tool in Xvfb xdotool import; do
    command -v "$tool" >/dev/null || { echo "screenshots: $tool is missing (packages xvfb, xdotool, imagemagick)" >&2; exit 3; }
done
mkdir -p "$out"

# name | scenario | what a person does: keys; "=words" types them
states=(
    "start|udp-veth|"
    "push|udp-veth|ctrl+k =pushes Return"
    "receive|udp-veth|ctrl+k =ip_rcv_core Return"
    "kernel-side|udp-veth|ctrl+k =ip_rcv_core Return m"
    "map-all|udp-forward|ctrl+k =ip_forward Return minus"
    "map-layer|udp-veth|ctrl+k =ip_rcv_core Return plus"
    "map-neighbour|udp-veth-arp|ctrl+k =arp_rcv Return minus"
    "map-napi|udp-veth-napi|ctrl+k =napi_gro_receive Return minus"
    "drop|udp-port-unreachable|x"
    "fragments|udp-fragments|ctrl+k =ip_defrag Return"
    "clone|udp-packet-socket|ctrl+k =packet_rcv Return"
    "gro|card-gro|ctrl+k =udp_gro_complete_segment Return"
    "palette|udp-veth|ctrl+k"
    "find|udp-veth|ctrl+f =ip_ Return"
    "differences|udp-veth|ctrl+d"
    "breakpoints|udp-veth|b W Shift+b"
    "who-changed|udp-veth|End r =len Return"
    "keys|udp-veth|question"
)

# A server of its own for each size; its number is its own choice.
start_server() { # size
    local numbers=$out/.display
    rm -f "$numbers"
    Xvfb -displayfd 3 -screen 0 "$1x24" 3>"$numbers" >/dev/null 2>&1 &
    server=$!
    for _ in $(seq 100); do [ -s "$numbers" ] && break; sleep 0.1; done
    export DISPLAY=:$(cat "$numbers")
}

press() { # words of a state
    local what
    for what in $1; do
        case $what in
        =*) xdotool type --delay 20 "${what#=}" ;;
        *) xdotool key "$what" ;;
        esac
        sleep 0.6
    done
}

one() { # file theme width height scenario keys
    local file=$1 theme=$2 width=$3 height=$4 scenario=$5 keys=$6 pid
    "$program" --allow-root --reduced-motion --theme "$theme" --scenario "$scenario" --window-width "$width" \
        --window-height "$height" >/dev/null 2>"$out/.stderr" &
    pid=$!
    for _ in $(seq 120); do
        [ -n "$(xdotool search --onlyvisible --pid "$pid" 2>/dev/null)" ] && break
        kill -0 "$pid" 2>/dev/null || { echo "screenshots: $scenario ended: $(tail -1 "$out/.stderr")" >&2; return 1; }
        sleep 0.25
    done
    xdotool search --onlyvisible --pid "$pid" windowmove 0 0 windowfocus 2>/dev/null || true
    sleep 1.5
    press "$keys"
    sleep 0.8
    import -window root "$out/$file.png"
    kill "$pid"
    wait "$pid" 2>/dev/null || true
}

all() { # name screen width height
    local theme state name scenario keys
    start_server "$2"
    for theme in light dark; do
        for state in "${states[@]}"; do
            IFS='|' read -r name scenario keys <<<"$state"
            [[ $name == *"$only"* ]] || continue
            one "$name-$theme-$1" "$theme" "$3" "$4" "$scenario" "$keys" || failed=$((failed + 1))
        done
    done
    kill "$server"
    wait "$server" 2>/dev/null || true
}

failed=0
export XDG_CONFIG_HOME=$out/.config # the user's own settings stay as they are
all 1280x800 1280x800 1280 800
all 1920x1080 1920x1080 1920 1080
QT_SCALE_FACTOR=2 all 200-percent 2560x1600 1280 800
echo "$(find "$out" -name '*.png' | wc -l) pictures in $out; $failed could not be made"
[ "$failed" -eq 0 ]
