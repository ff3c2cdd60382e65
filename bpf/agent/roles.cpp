// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/roles.h"

namespace skbscope::bpf {

namespace {

struct named_facts {
    std::string_view name;
    function_facts facts;
};

using enum leave_kind;

constexpr named_facts table[] = {
    // life
    {"__build_skb_around", {probe_role::made_arg, 0, plain}},
    {"__skb_clone", {probe_role::clones_into, 0, plain}},
    {"__alloc_skb", {probe_role::none, SKBSCOPE_EV_ALLOC, op_on_return}},
    {"skb_clone", {probe_role::clones, SKBSCOPE_EV_CLONE, op_on_return}},
    {"skb_copy", {probe_role::copies, SKBSCOPE_EV_COPY, op_on_return}},
    {"__pskb_copy_fclone", {probe_role::copies, SKBSCOPE_EV_COPY, op_on_return}},
    {"skb_copy_expand", {probe_role::copies, SKBSCOPE_EV_COPY, op_on_return}},
    {"kfree_skbmem", {probe_role::frees, 0, plain}},
    {"__kfree_skb_defer", {probe_role::frees_leaving, 0, plain}},
    {"napi_skb_free_stolen_head", {probe_role::frees_leaving, 0, plain}},
    {"kfree_skb_partial", {probe_role::frees_partial, 0, plain}},
    {"napi_consume_skb", {probe_role::frees_to_cache, 0, plain}},
    {"skb_free_head", {probe_role::frees_head, 0, plain}},
    {"kfree_skb_reason", {probe_role::drops, 0, plain}},
    {"consume_skb", {probe_role::gives_back, 0, plain}},
    {"sock_rfree", {probe_role::gives_back, 0, plain}},
    {"__kfree_skb", {probe_role::gives_back, 0, plain}},
    // data
    {"skb_put", {probe_role::none, SKBSCOPE_EV_PUT, op_on_arg}},
    {"skb_push", {probe_role::none, SKBSCOPE_EV_PUSH, op_on_arg}},
    {"skb_pull", {probe_role::none, SKBSCOPE_EV_PULL, op_on_arg}},
    {"skb_pull_rcsum", {probe_role::none, SKBSCOPE_EV_PULL, op_on_arg}},
    {"skb_trim", {probe_role::none, SKBSCOPE_EV_TRIM, op_on_arg}},
    {"___pskb_trim", {probe_role::none, SKBSCOPE_EV_TRIM, op_on_arg}},
    {"pskb_expand_head", {probe_role::none, SKBSCOPE_EV_EXPAND, op_on_arg}},
    // lineage
    {"skb_segment", {probe_role::segments, SKBSCOPE_EV_SEGMENT_OF, list}},
    {"skb_segment_list", {probe_role::segments, SKBSCOPE_EV_SEGMENT_OF, list}},
    {"skb_gro_receive", {probe_role::merges_second, 0, plain}},
    {"skb_gro_receive_list", {probe_role::merges_second, 0, plain}},
    {"skb_try_coalesce", {probe_role::coalesces, 0, plain}},
    {"ip_do_fragment", {probe_role::fragments, 0, plain}},
    {"ip_frag_next", {probe_role::makes_fragment, 0, plain}},
    {"ip_finish_output2", {probe_role::sends_piece, 0, plain}},
    {"veth_xmit", {probe_role::crosses, 0, plain}},
    {"inet_frag_queue_insert", {probe_role::gathers, 0, plain}},
    {"inet_frag_reasm_finish", {probe_role::reassembles, 0, plain}},
    // queues
    {"enqueue_to_backlog", {probe_role::backlog_in, 0, plain}},
    {"process_backlog", {probe_role::backlog_out, 0, plain}},
    {"__udp_enqueue_schedule_skb", {probe_role::socket_in, 0, socket_queue}},
    {"__sock_queue_rcv_skb", {probe_role::socket_in, 0, socket_queue}},
    {"tcp_queue_rcv", {probe_role::socket_in, 0, socket_queue}},
    {"__skb_try_recv_from_queue", {probe_role::socket_out, 0, socket_queue}},
    {"__neigh_event_send", {probe_role::neighbour_in, 0, neighbour}},
    {"arp_solicit", {probe_role::solicits, 0, plain}},
    {"neigh_resolve_output", {probe_role::neighbour_out, 0, plain}},
    {"neigh_connected_output", {probe_role::neighbour_out, 0, plain}},
    {"arp_error_report", {probe_role::neighbour_out, 0, plain}},
    {"dev_gro_receive", {probe_role::gro_in, 0, napi}},
    {"inet_gro_complete", {probe_role::gro_out, 0, plain}},
    {"skb_defer_rx_timestamp", {probe_role::gro_out, 0, plain}},
};

// Every queueing discipline has its pair of functions.
function_facts qdisc_facts(const kernel_function &f) {
    if (f.name == "dev_qdisc_enqueue") return {}; // calls the discipline's own
    if (f.name.ends_with("_enqueue") && f.skb_arg == 0 && f.qdisc_arg == 1) return {probe_role::qdisc_in, 0, qdisc_1};
    if (f.name.ends_with("_dequeue") && f.qdisc_arg == 0 && f.args == 1 && f.returns_skb)
        return {probe_role::qdisc_out, 0, qdisc_0};
    return {};
}

bool fits(leave_kind kind, const kernel_function &f) {
    switch (kind) {
    case op_on_arg:
        return f.skb_arg == 0;
    case op_on_return:
    case list:
        return f.returns_skb;
    case socket_queue:
        return f.sk_arg == 0;
    case neighbour:
        return f.neighbour_arg == 0;
    case napi:
        return f.napi_arg == 0;
    default:
        return true;
    }
}

} // namespace

function_facts facts_of(const kernel_function &f) {
    for (const named_facts &known : table)
        if (known.name == f.name) {
            function_facts facts = known.facts;
            if (!fits(facts.leave, f)) facts.leave = plain, facts.operation = 0;
            return facts;
        }
    return qdisc_facts(f);
}

} // namespace skbscope::bpf
