// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/asked_modules.h"

#include <gmock/gmock.h>

namespace {

using namespace skbscope;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

bpf::op_list with(skbscope_op_kind kind, std::string_view words) {
    bpf::op_list list;
    list.add(bpf::op_list::make(kind), words);
    return list;
}

TEST(AskedModules, ThoseThatAScenarioUses) {
    EXPECT_THAT(app::modulesFor({}), IsEmpty());
    const auto bucket = app::modulesFor(with(SKBSCOPE_OP_QDISC, "tbf rate 1mbit burst 1600 limit 10000"));
    EXPECT_THAT(bucket, Contains("net/sched/sch_tbf"));
    EXPECT_THAT(bucket, Not(Contains("net/netfilter/nf_tables")));
    EXPECT_THAT(app::modulesFor(with(SKBSCOPE_OP_NFT_DROP, "input udp dport 7 drop")),
                Contains("net/netfilter/nf_tables"));
    EXPECT_THAT(bucket, Not(Contains("net/8021q/8021q")));
    EXPECT_THAT(app::modulesFor(with(SKBSCOPE_OP_VLAN, "")), Contains("net/8021q/8021q"));
}

TEST(AskedModules, NoneForWhatTheKernelHasItself) {
    for (const char *words : {"pfifo limit 100", "pfifo_fast", "fq_codel", "noqueue", ""})
        EXPECT_THAT(app::modulesFor(with(SKBSCOPE_OP_QDISC, words)), IsEmpty()) << words;
}

TEST(AskedModules, AllCanBeAsked) {
    for (const auto &list : {with(SKBSCOPE_OP_QDISC, "prio"), with(SKBSCOPE_OP_VLAN, "")})
        for (const std::string &module : app::modulesFor(list))
            EXPECT_THAT(app::askedModules(), Contains(module));
}

} // namespace
