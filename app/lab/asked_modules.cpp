// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/asked_modules.h"

#include <algorithm>
#include <string_view>

namespace skbscope::app {

namespace {

const std::vector<std::string> qdiscs = {"net/sched/sch_netem", "net/sched/sch_tbf", "net/sched/sch_prio",
                                         "net/sched/sch_fq"};
const std::vector<std::string> netfilter = {"net/netfilter/nfnetlink", "lib/libcrc32c", "net/netfilter/nf_tables"};
const std::vector<std::string> vlan = {"net/llc/llc", "net/802/stp", "net/802/garp", "net/802/mrp", "net/8021q/8021q"};

// "tbf rate 1mbit" is in net/sched/sch_tbf; pfifo and the others of the kernel itself are in none.
bool isInModule(std::string_view qdisc) {
    const std::string module = "net/sched/sch_" + std::string(qdisc.substr(0, qdisc.find(' ')));
    return std::ranges::find(qdiscs, module) != qdiscs.end();
}

} // namespace

const std::vector<std::string> &askedModules() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> both = qdiscs;
        both.insert(both.end(), netfilter.begin(), netfilter.end());
        both.insert(both.end(), vlan.begin(), vlan.end());
        return both;
    }();
    return all;
}

std::vector<std::string> modulesFor(const bpf::op_list &list) {
    std::vector<std::string> wanted;
    const auto add = [&wanted](const std::vector<std::string> &more) {
        wanted.insert(wanted.end(), more.begin(), more.end());
    };
    if (std::ranges::any_of(
            list.ops, [&list](const bpf::op &o) { return o.kind == SKBSCOPE_OP_QDISC && isInModule(list.data_of(o)); }))
        add(qdiscs);
    if (std::ranges::any_of(list.ops, [](const bpf::op &o) { return o.kind == SKBSCOPE_OP_NFT_DROP; })) add(netfilter);
    if (std::ranges::any_of(list.ops, [](const bpf::op &o) { return o.kind == SKBSCOPE_OP_VLAN; })) add(vlan);
    return wanted;
}

} // namespace skbscope::app
