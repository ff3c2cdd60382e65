// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/roles.h"

namespace skbscope::bpf {

namespace {

struct named_facts {
    std::string_view name;
    function_facts facts;
};

constexpr named_facts table[] = {
    {"__build_skb_around", {probe_role::made_arg, 0, false}},
    {"__skb_clone", {probe_role::made_arg, 0, false}},
    {"__alloc_skb", {probe_role::none, SKBSCOPE_EV_ALLOC, true}},
    {"skb_clone", {probe_role::clones, SKBSCOPE_EV_CLONE, true}},
    {"skb_copy", {probe_role::copies, SKBSCOPE_EV_COPY, true}},
    {"__pskb_copy_fclone", {probe_role::copies, SKBSCOPE_EV_COPY, true}},
    {"skb_copy_expand", {probe_role::copies, SKBSCOPE_EV_COPY, true}},
    {"skb_segment", {probe_role::segments, 0, false}},
    {"skb_put", {probe_role::none, SKBSCOPE_EV_PUT, false}},
    {"skb_push", {probe_role::none, SKBSCOPE_EV_PUSH, false}},
    {"skb_pull", {probe_role::none, SKBSCOPE_EV_PULL, false}},
    {"skb_pull_rcsum", {probe_role::none, SKBSCOPE_EV_PULL, false}},
    {"skb_trim", {probe_role::none, SKBSCOPE_EV_TRIM, false}},
    {"___pskb_trim", {probe_role::none, SKBSCOPE_EV_TRIM, false}},
    {"pskb_expand_head", {probe_role::none, SKBSCOPE_EV_EXPAND, false}},
    {"kfree_skbmem", {probe_role::frees, 0, false}},
    {"skb_free_head", {probe_role::frees_head, 0, false}},
    {"kfree_skb_reason", {probe_role::drops, 0, false}},
    {"enqueue_to_backlog", {probe_role::backlog_in, 0, false}},
    {"process_backlog", {probe_role::backlog_out, 0, false}},
    {"__udp_enqueue_schedule_skb", {probe_role::socket_in, 0, false}},
    {"__skb_try_recv_from_queue", {probe_role::socket_out, 0, false}},
};

} // namespace

function_facts facts_of(std::string_view name) {
    for (const named_facts &f : table)
        if (f.name == name) return f.facts;
    return {};
}

} // namespace skbscope::bpf
