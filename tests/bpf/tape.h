// SPDX-License-Identifier: GPL-2.0-or-later
// Records as the probes write them, by hand.
#pragma once

#include "bpf/assemble.h"

#include <algorithm>
#include <cstring>
#include <gtest/gtest.h>

namespace skbscope::bpf {

inline constexpr std::uint32_t tape_task = 74, net_a = 4026532000, net_b = 4026532100;

struct Tape {
    std::vector<probe_info> probes;
    run_names names;
    std::vector<skbscope_raw_skb> records;
    std::uint64_t now = 1000;
    std::uint32_t seq = 0;
    unsigned context = SKBSCOPE_CTX_PROCESS;

    Tape() {
        names.add_host("a", net_a);
        names.add_host("b", net_b);
        names.add_device("va", net_a, 2);
        names.add_device("vb", net_b, 2);
    }
    std::uint16_t probe(std::string name, probe_role role = probe_role::none) {
        probe_info p;
        p.name = std::move(name);
        p.role = role;
        p.ret_known = true;
        p.ret = {4, true};
        probes.push_back(p);
        return static_cast<std::uint16_t>(probes.size() - 1);
    }
    skbscope_raw_skb &call(unsigned kind, std::uint16_t fn) {
        skbscope_raw_skb r{};
        r.raw.what = SKBSCOPE_RAW_CALL;
        r.raw.event.kind = static_cast<std::uint8_t>(kind);
        r.raw.event.fn = fn;
        r.raw.event.time = now += 10;
        r.raw.event.seq = seq++;
        r.raw.event.task = tape_task;
        r.raw.event.state = static_cast<std::uint8_t>(context | SKBSCOPE_PROV_KERNEL << SKBSCOPE_STATE_PROV_SHIFT);
        r.raw.task_net = net_a;
        return records.emplace_back(r);
    }
    skbscope_raw_skb &enter(std::uint16_t fn, std::uint64_t skb, std::string_view bytes = {}) {
        skbscope_raw_skb &r = call(SKBSCOPE_EV_ENTER, fn);
        fill(r, skb, bytes);
        return r;
    }
    // A call without an sk_buff.
    skbscope_raw_skb &plain(std::uint16_t fn, std::uint64_t arg0 = 0, std::uint64_t arg1 = 0) {
        skbscope_raw_skb &r = call(SKBSCOPE_EV_ENTER, fn);
        r.raw.arg[0] = arg0;
        r.raw.arg[1] = arg1;
        return r;
    }
    static void fill(skbscope_raw_skb &r, std::uint64_t skb, std::string_view bytes) {
        r.raw.what = SKBSCOPE_RAW_SKB;
        r.raw.event.state |= SKBSCOPE_STATE_HAS_SKB;
        r.raw.event.skb.users = 1;
        r.raw.event.skb.headroom = 16;
        r.raw.event.skb.len = static_cast<__u32>(bytes.size());
        r.raw.arg[0] = skb;
        r.skb = skb;
        r.head = skb + 0x1000;
        r.bytes_from = 16;
        r.bytes_count = static_cast<__u16>(bytes.size());
        std::ranges::copy(bytes, r.bytes);
    }
    skbscope_raw_skb &leave(std::uint16_t fn, std::int64_t ret = 0) {
        skbscope_raw_skb &r = call(SKBSCOPE_EV_LEAVE, fn);
        r.raw.event.leave.ret = ret;
        return r;
    }
    // A whole call.
    void pass(std::uint16_t fn, std::uint64_t skb, std::int64_t ret = 0) {
        enter(fn, skb);
        leave(fn, ret);
    }

    assembled finish() {
        assembler a(probes, names);
        for (const skbscope_raw_skb &r : records) {
            const std::size_t size = r.raw.what == SKBSCOPE_RAW_CALL ? sizeof r.raw : sizeof r;
            EXPECT_TRUE(a.add(std::as_bytes(std::span(&r, 1)).first(size)));
        }
        return a.finish();
    }
};

inline std::vector<trace::Event> of_kind(const assembled &a, unsigned kind) {
    std::vector<trace::Event> out;
    std::ranges::copy_if(a.events, std::back_inserter(out), [kind](const trace::Event &e) { return e.kind == kind; });
    return out;
}

} // namespace skbscope::bpf
