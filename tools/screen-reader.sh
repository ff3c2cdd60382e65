#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The window as a screen reader has it: starts it on an X server and a session bus of their own with accessibility on,
# prints the tree (role, states, name, description), presses the keys that are named, and prints what a reader is told.
#   tools/screen-reader.sh PROGRAM [SCENARIO [KEY...]]     KEY: as xdotool names it ("Right", "alt+Down", "=words" types)
# Packages: at-spi2-core gir1.2-atspi-2.0 python3-gi dbus xvfb xdotool
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -ge 1 ] || { sed -n '3,6s/^# //p' "$0" >&2; exit 2; }
program=$(realpath "$1") scenario=${2:-udp-veth}
shift $(($# < 2 ? $# : 2))
launcher=/usr/libexec/at-spi-bus-launcher
for tool in Xvfb xdotool dbus-run-session gdbus "$launcher"; do
    command -v "$tool" >/dev/null || { echo "screen-reader: $tool is missing" >&2; exit 3; }
done
/usr/bin/python3 -c 'import gi; gi.require_version("Atspi", "2.0")' 2>/dev/null ||
    { echo "screen-reader: gir1.2-atspi-2.0 or python3-gi is missing" >&2; exit 3; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/reader.py" <<'PYTHON'
import subprocess, sys, time
import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib

told = []
def listen(event):
    try:
        focus = event.type.startswith('object:state-changed:focused')
        if not focus or event.detail1: told.append(('focus' if focus else 'name', event.source.get_role_name(), event.source.get_name()))
    except GLib.Error:
        pass # it is gone again

def wait(seconds):
    context, end = GLib.MainContext.default(), time.time() + seconds
    while time.time() < end:
        while context.pending(): context.iteration(False)
        time.sleep(0.02)

def application():
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        app = desktop.get_child_at_index(i)
        if app and app.get_process_id() == int(sys.argv[1]): return app

def show(item, depth=0):
    states = item.get_state_set()
    if not states.contains(Atspi.StateType.SHOWING) and depth > 1: return
    flags = 'F' if states.contains(Atspi.StateType.FOCUSED) else ''
    print('  ' * depth + ' | '.join(filter(None, (item.get_role_name(), flags, item.get_name(), item.get_description()))))
    count = item.get_child_count()
    for i in range(min(count, 8) if item.get_role_name() == 'list' else count):
        child = item.get_child_at_index(i)
        if child: show(child, depth + 1)
    if item.get_role_name() == 'list' and count > 8: print('  ' * (depth + 1) + f'... {count - 8} more')

listener = Atspi.EventListener.new(listen)
for kind in ('object:state-changed:focused', 'object:property-change:accessible-name'): listener.register(kind)
for _ in range(60):
    app = application()
    if app: break
    wait(0.5)
else: sys.exit('screen-reader: the window does not show up on the accessibility bus')
wait(2)
show(app)
for key in sys.argv[2:]:
    told.clear()
    subprocess.run(['xdotool', 'type', '--delay', '60', key[1:]] if key.startswith('=') else ['xdotool', 'key', key])
    wait(1.2)
    print('##', key)
    for kind, role, name in told:
        if kind == 'focus' or role == 'label': print('  ', kind, '|', role, '|', name)
PYTHON
cat >"$work/session.sh" <<'SESSION'
program=$1 scenario=$2 work=$3
shift 3
"$LAUNCHER" --launch-immediately >/dev/null 2>&1 &
sleep 1
for what in IsEnabled ScreenReaderEnabled; do
    gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus \
        --method org.freedesktop.DBus.Properties.Set org.a11y.Status "$what" "<true>" >/dev/null
done
"$program" --allow-root --reduced-motion --theme light --scenario "$scenario" 2>"$work/stderr" &
pid=$!
for _ in $(seq 120); do
    [ -n "$(xdotool search --onlyvisible --pid "$pid" 2>/dev/null)" ] && break
    kill -0 "$pid" 2>/dev/null || { cat "$work/stderr" >&2; exit 1; }
    sleep 0.25
done
xdotool search --onlyvisible --pid "$pid" windowfocus 2>/dev/null || true
result=0
/usr/bin/python3 "$work/reader.py" "$pid" "$@" || result=$?
kill "$pid"
exit "$result"
SESSION
Xvfb -displayfd 3 -screen 0 1600x1000x24 3>"$work/display" >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.1; done
export DISPLAY=:$(cat "$work/display") LAUNCHER=$launcher XDG_CONFIG_HOME=$work/config
export QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 SKBSCOPE_ASSETS=${SKBSCOPE_ASSETS:-$PWD/assets}
dbus-run-session -- bash "$work/session.sh" "$program" "$scenario" "$work" "$@" 2> >(grep -v '^dbus-daemon\|^SpiRegistry\|^Defaulting' >&2)
