#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Run in the lab by tools/bench-probes.sh. Every tracer watches the same functions under the same load and takes the same
# fields; one line a measurement: name, packets, elapsed and own CPU nanoseconds, events seen, events lost.
set -u
packets=${1:-2000}
functions="ip_output __dev_queue_xmit dev_hard_start_xmit loopback_xmit ip_rcv ip_local_deliver udp_rcv __udp_enqueue_schedule_skb"
tracing=/sys/kernel/tracing

skb_of() { # the argument that is the sk_buff
    case $1 in
    ip_output) echo 2 ;;
    __udp_enqueue_schedule_skb) echo 1 ;;
    *) echo 0 ;;
    esac
}
name_of() { # as the kernel's BTF calls that argument
    case $1 in
    dev_hard_start_xmit) echo first ;;
    *) echo skb ;;
    esac
}

row() { # name, the load's line, events, lost
    set -- "$1" $2 "$3" "$4"
    echo "row $1 $3 $5 $7 $8 $9"
}

# The snapshot that our probes take, without the packet's bytes.
info='((struct skb_shared_info *)((uint64)$s->head + $s->end))'
fields='printf("%llu %d %d %s %llx %u %u %u %u %u %u %u %u %u %u %d %u %u %u %u %u\n", nsecs, cpu, tid, "NAME", (uint64)$s,
    $s->len, $s->data_len, $s->end, $s->truesize, (uint64)$s->data - (uint64)$s->head, $s->tail, $s->mac_header, $s->network_header,
    $s->transport_header, $s->protocol, $s->users.refs.counter, $s->dev->ifindex,
    INFO->nr_frags, INFO->gso_size, INFO->gso_segs, INFO->dataref.counter)'

fields_of() {
    echo "$fields" | sed "s/NAME/$1/; s/INFO/$info/g"
}
kfunc_program() {
    for f in $functions; do
        echo "kfunc:$f { \$s = args->$(name_of $f); $(fields_of $f); }"
        echo "kretfunc:$f { printf(\"%llu %d %d $f %llx\\n\", nsecs, cpu, tid, (uint64)retval); }"
    done
}
kprobe_program() {
    for f in $functions; do
        echo "kprobe:$f { \$s = (struct sk_buff *)arg$(skb_of $f); $(fields_of $f); }"
        echo "kretprobe:$f { printf(\"%llu %d %d $f %llx\\n\", nsecs, cpu, tid, retval); }"
    done
}

alone() {
    row none "$(/root/probe_bench traffic "$packets" "$1")" 0 0
}

ours() {
    out=$(/root/probe_bench ours "$packets" "$1" $functions)
    load=$(echo "$out" | grep '^packets')
    set -- $(echo "$out" | grep '^records')
    row skbscope "$load" "$2" "$6"
}

bpftrace_with() { # name, program, rate
    echo "$2" >/tmp/program.bt
    BPFTRACE_PERF_RB_PAGES=4096 bpftrace -B full -o /tmp/out -c "/root/probe_bench traffic $packets $3" \
        /tmp/program.bt >/tmp/load 2>/tmp/complaints
    lost=$(sed -n 's/^Lost \([0-9]*\) events/\1/p' /tmp/complaints /tmp/out /tmp/load | awk '{s += $1} END {print s + 0}')
    load=$(cat /tmp/load /tmp/out | grep '^packets' | head -1)
    if [ -z "$load" ]; then
        echo "# $1 did not run:"
        head -5 /tmp/complaints
        return
    fi
    row "$1" "$load" "$(grep -c '^[0-9]* [0-9]' /tmp/out)" "$lost"
    rm -f /tmp/out
}

function_graph() {
    echo 0 >$tracing/tracing_on
    echo 16384 >$tracing/buffer_size_kb
    echo $functions >$tracing/set_ftrace_filter
    echo function_graph >$tracing/current_tracer
    cat $tracing/trace_pipe >/tmp/out &
    reader=$!
    echo 1 >$tracing/tracing_on
    load=$(/root/probe_bench traffic "$packets" "$1")
    echo 0 >$tracing/tracing_on
    sleep 1
    kill $reader 2>/dev/null
    wait $reader 2>/dev/null
    overrun=$(awk '/^overrun/ {s += $2} END {print s + 0}' $tracing/per_cpu/cpu*/stats)
    # a call that has no others in it is one line for two events
    events=$(awk '/\(\);$/ {s += 2} /[{}]$/ {s++} END {print s + 0}' /tmp/out)
    row function_graph "$load" "$events" "$overrun"
    echo nop >$tracing/current_tracer
    echo >$tracing/set_ftrace_filter
    rm -f /tmp/out
}

for rate in ${2:-0}; do
    echo "rate $rate"
    alone "$rate"
    ours "$rate"
    function_graph "$rate"
    if command -v bpftrace >/dev/null; then
        bpftrace_with bpftrace-kfunc "$(kfunc_program)" "$rate"
        bpftrace_with bpftrace-kprobe "$(kprobe_program)" "$rate"
    fi
done
