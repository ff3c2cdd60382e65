// SPDX-License-Identifier: GPL-2.0-or-later
// From what the probes wrote to events: packet ids and lineage, hosts and devices, bytes and sockets where they
// changed, queue operations, losses. Pure: no kernel, no libbpf, so that it is tested without either.
#pragma once

#include "trace/event.h"

#include "bpf/record_merge.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace skbscope::bpf {

// What the agent knows of a probed function beside its name.
enum class probe_role : std::uint8_t {
    none,
    // life
    made_arg,       // argument 0 is an sk_buff that begins its life here: __build_skb_around
    clones,         // returns a clone of argument 0: skb_clone
    clones_into,    // argument 0 becomes a clone of argument 1: __skb_clone
    copies,         // returns a copy of argument 0: skb_copy, __pskb_copy_fclone, skb_copy_expand
    frees,          // argument 0 is given back: kfree_skbmem
    frees_leaving,  // ... when it returns: __kfree_skb_defer, napi_skb_free_stolen_head
    frees_partial,  // ... if argument 1 is true, the head being another's already: kfree_skb_partial
    frees_to_cache, // ... if nobody else holds it and argument 1 is not 0: napi_consume_skb
    frees_head,     // the buffer of argument 0 is given back: skb_free_head
    drops,          // argument 1 is the reason: kfree_skb_reason
    gives_back,     // lets go of argument 0 for good, whoever frees it in the end: consume_skb, sock_rfree
    // lineage
    segments,       // returns a list of segments of argument 0: skb_segment
    merges_second,  // returns 0: argument 1 is now part of argument 0: skb_gro_receive
    coalesces,      // returns true: the same: skb_try_coalesce
    fragments,      // cuts its packet in pieces, and sends them: ip_do_fragment
    makes_fragment, // returns a copy of a part: ip_frag_next
    sends_piece,    // what ip_do_fragment sends each piece with: ip_finish_output2
    gathers,        // returns 0: argument 1 waits in argument 0 for its other fragments: inet_frag_queue_insert
    reassembles,    // argument 1 takes in all that argument 0 gathered: inet_frag_reasm_finish
    crosses,        // hands the packet to another device: veth_xmit
    // queues
    backlog_in,    // enqueue_to_backlog
    backlog_out,   // process_backlog: every __netif_receive_skb below it took one packet out
    socket_in,     // __udp_enqueue_schedule_skb: argument 0 is the socket; returns 0 when it is in
    socket_out,    // __skb_try_recv_from_queue: argument 0 is the socket, returns the packet
    qdisc_in,      // pfifo_enqueue: argument 1 is the queue; returns 0 when it is in
    qdisc_out,     // pfifo's dequeue: argument 0 is the queue, returns the packet
    neighbour_in,  // __neigh_event_send: argument 0 is the neighbour
    solicits,      // asks for the address that a packet waits for: arp_solicit
    neighbour_out, // sends, or gives up, what waited for an address: neigh_resolve_output
    gro_in,        // dev_gro_receive: argument 0 is the NAPI
    gro_out,       // receives what GRO held: inet_gro_complete
};

// How to read a value that the ABI left in a 64-bit register.
struct value_shape {
    std::uint8_t size = 0; // bytes; 0: there is no value (void)
    bool is_signed = false;
};
[[nodiscard]] std::int64_t shaped(std::uint64_t raw, value_shape shape);

struct probe_info {
    std::string name; // without compiler suffix
    probe_role role = probe_role::none;
    std::uint8_t args = 0; // how many of arg[] mean something; 0 where no BTF tells
    std::array<value_shape, 4> arg{};
    value_shape ret{};
    bool ret_known = false;
    std::int8_t dev_arg = -1; // index in arg[] of a struct net_device, -1 = none
    bool trust_skb = true;    // false: a register that may hold anything; believed where it names a packet seen before
};

// Names of the run: ids are indices, 0 = none. Namespaces and devices by their numbers in the kernel.
struct run_names {
    std::vector<std::string> hosts{""}, devices{""}, queues{""};
    std::map<std::uint32_t, std::uint8_t> host_of_net; // inode number -> host
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint16_t>
        device_of_ifindex; // (namespace, ifindex) -> device
    std::uint8_t add_host(std::string name, std::uint32_t net);
    std::uint16_t add_device(std::string name, std::uint32_t net, std::uint32_t ifindex);
    std::uint32_t queue(const std::string &name); // found or added
};

struct assembled {
    std::vector<trace::Event> events; // ordered by time; extension records directly after what they extend
    std::uint64_t lost = 0;           // records that seq says existed and nobody has
    std::uint64_t unpaired = 0;       // calls whose return never came, though what called them returned
};

struct event_builder;

// A raw record's bytes as the ring held them: struct skbscope_raw or, by its `what`, struct skbscope_raw_skb.
// All at once: add() all, then finish(). While it runs: begin_cpu() where the numbers begin, add(), and take() now and
// then; the end is end_cpu() for each CPU, then finish(). Both views given to the constructor may grow meanwhile: they
// are read when records are taken.
class assembler {
public:
    assembler(const std::vector<probe_info> &probes, run_names &names);
    ~assembler();
    assembler(const assembler &) = delete;
    assembler &operator=(const assembler &) = delete;

    // False: not a record (too short, or a kind this program does not know); it is counted as lost.
    bool add(std::span<const std::byte> bytes);
    // What came of the records up to this time (ns, the records' clock). A record older than that must not come later.
    [[nodiscard]] assembled take(std::uint64_t until);
    void begin_cpu(std::uint8_t cpu, std::uint32_t seq) { merge_.begin(cpu, seq); }
    // The kernel's counters at the end: what they gave out and the ring never held is lost at the end of the trace.
    void end_cpu(std::uint8_t cpu, std::uint32_t seq) { ends_[cpu] = seq; }
    // Events that are missing for another reason, where the trace is now.
    void lose(std::uint64_t count, skbscope_loss_reason reason);
    [[nodiscard]] assembled finish();
    // Records that came after take() had passed them: then the loss told at that place was none.
    [[nodiscard]] std::uint64_t late() const { return merge_.late(); }

private:
    record_merge merge_;
    std::map<std::uint8_t, std::uint32_t> ends_;
    std::unique_ptr<event_builder> builder_;
    std::uint64_t refused_ = 0;
};

} // namespace skbscope::bpf
