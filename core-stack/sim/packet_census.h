// SPDX-License-Identifier: GPL-2.0-or-later
// Where every packet of a machine is: those that were made are freed, or stand in a queue. Between two looks at the
// world, when no CPU works, there is no third place; what is nowhere has leaked.
//
//     made = dropped + consumed + standing in queues
#pragma once

#include "linux/types.h"

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace skbscope::stack {

struct sk_buff;
struct Qdisc;
struct fqdir;

// Since the machine's start, tracing on or off. Counted where the events are written.
struct packet_counts {
    u64 made = 0;  // allocated, cloned or copied
    u64 freed = 0; // dropped or not
    u64 dropped = 0;
    std::array<u64, 128> by_reason{}; // dropped, by skb_drop_reason
};
[[nodiscard]] packet_counts &packet_counters(); // of the machine in use

struct packet_census {
    u64 alive = 0;                       // sk_buffs that memory holds, by its caches alone
    std::map<std::string, u64> standing; // by kind of queue: "receive queue", "fragment queue", ...
    std::vector<std::string> wrong;      // one that is in no queue, in two, or freed and still in one: which, and where
    [[nodiscard]] u64 in_queues() const;
};
// Walks all queues of the machine in use; none of its CPUs may be at work.
[[nodiscard]] packet_census count_packets();

// --- for those who know queues of their own
class packet_visitor {
public:
    virtual ~packet_visitor() = default;
    virtual void stands(const char *where, const sk_buff *skb) = 0; // with what hangs on it
    void stand_in_chain(const char *where, const sk_buff *first);   // linked by next
};
// What lies ready for the next packets and is none: net/core/skbuff_napi.cpp.
[[nodiscard]] std::set<const sk_buff *> spare_packets();
void visit_qdisc(const Qdisc *sch, packet_visitor &v); // and those inside it
void visit_pfifo_fast(const Qdisc *sch, packet_visitor &v);
void visit_fq_codel(const Qdisc *sch, packet_visitor &v);
void visit_prio(const Qdisc *sch, packet_visitor &v);
void visit_tbf(const Qdisc *sch, packet_visitor &v);
void visit_netem(const Qdisc *sch, packet_visitor &v);
void visit_fragments(const fqdir *dir, packet_visitor &v);

} // namespace skbscope::stack
