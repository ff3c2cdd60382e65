#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Pictures of every pane and state of the window, light and dark, at 1280x800, 1920x1080 and at 200 % (2560x1600 of
# 1280x800), for someone to look at. They are not kept in git.
#   tools/screenshots.sh [PROGRAM [FOLDER [WORD]]]     build/release/app/skbscope, build/screenshots; WORD: only such files
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-build/release/app/skbscope}")
out=${2:-build/screenshots}
only=${3:-}
for tool in Xvfb xdotool import; do
    command -v "$tool" >/dev/null || { echo "screenshots: $tool is missing (packages xvfb, xdotool, imagemagick)" >&2; exit 3; }
done
mkdir -p "$out"

# name | what is opened: a bundled scenario, or the program's arguments after a dash | what a person does: keys; "=words"
# types them (~ is a space), "wait" waits
states=(
    "start|udp-veth|"
    "push|udp-veth|ctrl+k =pushes Return"
    "receive|udp-veth|ctrl+k =ip_rcv_core Return"
    "pinned|udp-veth|ctrl+k =ip_rcv_core Return F6 F6 F6 alt+Down alt+Down Return"
    "kernel-side|udp-veth|ctrl+k =ip_rcv_core Return m"
    "card-tab|udp-veth|ctrl+k =ip_rcv_core Return F6 F6 F6 F6 F6"
    "source-tab|udp-veth|ctrl+k =ip_rcv_core Return F6 F6 F6 F6 F6 F6"
    "end|udp-veth|End"
    "map-all|udp-forward|ctrl+k =ip_forward Return minus"
    "map-layer|udp-veth|ctrl+k =ip_rcv_core Return plus"
    "map-neighbour|udp-veth-arp|ctrl+k =arp_rcv Return minus"
    "map-arp|udp-veth-arp|ctrl+k =arp_rcv Return"
    "map-napi|udp-veth-napi|ctrl+k =napi_gro_receive Return minus"
    "map-rps|udp-rps|ctrl+k =enqueue_to_backlog Return minus"
    "drop|udp-port-unreachable|x"
    "drops|-open assets/lessons/traces/drops.skbt|x x x"
    "fragments|udp-fragments|ctrl+k =ip_defrag Return"
    "frag-list|udp-fragments|ctrl+k =ip_local_deliver_finish Return"
    "clone|udp-packet-socket|ctrl+k =packet_rcv Return"
    "gro|card-gro|ctrl+k =udp_gro_complete_segment Return"
    "gro-model-only|card-gro|ctrl+k =dev_gro_receive Return"
    "hand-over|udp-veth|ctrl+k =do_softirq Return Right Right Right"
    "icmp|icmp-echo|ctrl+k =icmp_rcv Return"
    "palette|udp-veth|ctrl+k"
    "palette-found|udp-veth|ctrl+k =pushes~14"
    "find|udp-veth|ctrl+f =ip_ Return"
    "filter|udp-veth|slash =ip_ Return"
    "differences|udp-veth|ctrl+d"
    "breakpoints|udp-veth|b W Shift+b"
    "breakpoints-error|udp-veth|Shift+b =len~=<~3 Return"
    "measure|udp-veth|ctrl+k =eth_type_trans Return bracketleft ctrl+k =ip_rcv_core Return bracketright"
    "who-changed|udp-veth|End r =len Return"
    "keys|udp-veth|question"
    "scenarios|udp-veth|ctrl+o"
    "whatif|udp-veth|c"
    "whatif-changed|udp-veth|c =checksum Return wait wait"
    "lessons|udp-veth|ctrl+l"
    "lesson|---lesson sk-buff-life --part 3|wait"
    "gate-pointer|---lesson sk-buff-life --part 4|wait n"
    "gate-pointer-wrong|---lesson sk-buff-life --part 4|wait n Right Up Up Up Return"
    "gate-function|---lesson udp-send --part 3|wait n"
    "gate-function-wrong|---lesson udp-send --part 3|wait n 2 Return"
    "gate-queue|---lesson udp-send --part 12|wait n"
    "gate-queue-answered|---lesson udp-send --part 12|wait n 1 Return"
    "gate-runner|---lesson udp-receive --part 4|wait n"
    "gate-runner-answered|---lesson udp-receive --part 4|wait n 1 Return"
    "gate-outcome|---lesson where-packets-die --part 3|wait n"
    "gate-outcome-answered|---lesson where-packets-die --part 3|wait n 1 Return"
    "gate-freer|---lesson sk-buff-life --part 12|wait n"
    "gate-freer-answered|---lesson sk-buff-life --part 12|wait n 1 Return"
    "present|udp-veth|ctrl+k =ip_rcv_core Return p"
    "present-calls|udp-veth|ctrl+k =ip_rcv_core Return p shift+p =Calls Return"
    "present-gate|udp-veth|ctrl+k =skb_orphan Return p q"
    "run-form|udp-veth|F9 wait"
    "attach-form|udp-veth|ctrl+shift+a wait"
    "watch-form|udp-veth|ctrl+shift+l wait"
    "open|udp-veth|ctrl+shift+o"
    "recent|udp-veth|ctrl+shift+r"
    "traces|-open assets/traces/udp-veth.skbt assets/traces/icmp-echo.skbt|ctrl+shift+t"
    "compare|-open assets/traces/udp-veth.skbt assets/traces/udp-veth-napi.skbt|ctrl+shift+c"
    "compared|-open assets/traces/udp-veth.skbt assets/traces/udp-veth-napi.skbt|ctrl+shift+c Return wait Return wait wait d"
    "save|udp-veth|ctrl+s"
    "save-picture|udp-veth|ctrl+shift+s"
    "contrast|---high-contrast --scenario udp-veth|ctrl+k =ip_rcv_core Return"
    "italian|---language it --scenario udp-veth|ctrl+k =ip_rcv_core Return"
    "italian-gate|---language it --lesson sk-buff-life --part 4|wait n"
    "zoomed|udp-veth|ctrl+k =ip_rcv_core Return ctrl+equal ctrl+equal ctrl+equal"
    "attached|tap|wait wait"
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
        =*) what=${what#=} && xdotool type --delay 20 "${what//\~/ }" ;;
        wait) sleep 1.5 ;;
        *) xdotool key "$what" ;;
        esac
        sleep 0.6
    done
}

netns=skbscope-shots-$$ # more than one of these may run
# What a tap receives while the window follows it: a namespace of its own, with pings into it. Fails where none can be made.
make_tap() {
    ip netns del "$netns" 2>/dev/null
    ip netns add "$netns" && ip -n "$netns" tuntap add tap0 mode tap &&
        ip -n "$netns" address add 10.9.0.1/24 dev tap0 && ip -n "$netns" link set tap0 up
}

start() { # theme width height what
    local look=(--allow-root --reduced-motion --theme "$1" --window-width "$2" --window-height "$3") words
    read -ra words <<<"${4#-}"
    case $4 in
    tap)
        make_tap 2>"$out/.stderr" || return 1
        # attach has no options for the look: it is the one that was kept
        mkdir -p "$XDG_CONFIG_HOME/skbscope"
        printf '[General]\ntheme=%s\nreducedMotion=true\nplace=@Rect(0 0 %s %s)\n' "$1" "$2" "$3" >"$XDG_CONFIG_HOME/skbscope/window.conf"
        "$program" attach tap0 --netns "$netns" --address 10.9.0.2/24 --gui --allow-root >/dev/null 2>"$out/.stderr" &
        pid=$!
        (sleep 4 && ip netns exec "$netns" ping -c 2 -i 0.3 10.9.0.2) >/dev/null 2>&1 &
        ;;
    -open*) "$program" open "${look[@]}" "${words[@]:1}" >/dev/null 2>"$out/.stderr" & pid=$! ;;
    -*) "$program" "${look[@]}" "${words[@]}" >/dev/null 2>"$out/.stderr" & pid=$! ;;
    *) "$program" "${look[@]}" --scenario "$4" >/dev/null 2>"$out/.stderr" & pid=$! ;;
    esac
}

# Asked once, a window that follows a device ends the watch and stays.
finish() { # pid
    kill "$1"
    for _ in $(seq 30); do
        kill -0 "$1" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

one() { # file theme width height what keys
    local file=$1 keys=$6 pid=0
    rm -rf "$XDG_CONFIG_HOME" # a zoom of the state before is not this one's
    start "$2" "$3" "$4" "$5" || { echo "screenshots: $5 cannot be had here" >&2; ip netns del "$netns" 2>/dev/null; return 1; }
    for _ in $(seq 120); do
        [ -n "$(xdotool search --onlyvisible --pid "$pid" 2>/dev/null)" ] && break
        kill -0 "$pid" 2>/dev/null || { echo "screenshots: $5 ended: $(tail -1 "$out/.stderr")" >&2; return 1; }
        sleep 0.25
    done
    xdotool search --onlyvisible --pid "$pid" windowmove 0 0 windowfocus 2>/dev/null || true
    sleep "${SETTLE:-1.5}"
    xdotool mousemove 0 0 # nothing is pointed at
    press "$keys"
    sleep 0.8
    import -window root "$out/$file.png"
    finish "$pid"
    [ "$5" != tap ] || ip netns del "$netns"
}

all() { # name screen width height
    local theme state name scenario keys
    start_server "$2"
    for theme in light dark; do
        for state in "${states[@]}"; do
            IFS='|' read -r name scenario keys <<<"$state"
            [[ $name-$theme-$1 == *"$only"* ]] || continue
            one "$name-$theme-$1" "$theme" "$3" "$4" "$scenario" "$keys" || failed=$((failed + 1))
        done
    done
    kill "$server"
    wait "$server" 2>/dev/null || true
}

failed=0
export QT_QPA_PLATFORM=xcb # whatever the caller has: the pictures are of a server
export SKBSCOPE_ASSETS=${SKBSCOPE_ASSETS:-$PWD/assets}
export XDG_CONFIG_HOME=$out/.config # the user's own settings stay as they are
all 1280x800 1280x800 1280 800
all 1920x1080 1920x1080 1920 1080
QT_SCALE_FACTOR=2 all 200-percent 2560x1600 1280 800
echo "$(find "$out" -name '*.png' | wc -l) pictures in $out; $failed could not be made"
[ "$failed" -eq 0 ]
