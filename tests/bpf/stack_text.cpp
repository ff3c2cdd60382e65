// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/bpf/stack_text.h"

#include <istream>
#include <map>
#include <ostream>
#include <sstream>
#include <stdexcept>

namespace skbscope::bpf::test {

namespace {

constexpr std::uint64_t first_function = 0xffffffff81000000, function_room = 1U << 20;
constexpr std::string_view contexts = "pshi";

std::uint32_t tracepoint_of(const std::string &name) {
    if (!name.empty() && name[0] >= '0' && name[0] <= '9') return SKBSCOPE_TP_MARK;
    for (std::uint32_t i = 0; i < tracepoint_count; ++i)
        if (facts_of_tracepoint(i).name == name) return i;
    throw std::runtime_error("no tracepoint " + name);
}

class reader {
public:
    stack_tape read(std::istream &in) {
        std::string head, frames;
        for (int line = 1; std::getline(in, head); line += 2) {
            if (!std::getline(in, frames)) throw std::runtime_error("line " + std::to_string(line) + " has no stack");
            tape_.records.push_back(record(head, frames));
        }
        for (const auto &[name, address] : addresses_)
            tape_.symbols.add(address, name);
        tape_.symbols.sort();
        return std::move(tape_);
    }

private:
    skbscope_stack_skb record(const std::string &head, const std::string &frames) {
        skbscope_stack_skb r{};
        std::istringstream in(head);
        std::string tracepoint, skb;
        std::uint64_t time = 0, arg0 = 0, arg1 = 0;
        std::uint32_t task = 0, cpu = 0;
        char context = 0;
        in >> time >> task >> cpu >> tracepoint >> r.stack.syscall >> r.stack.softirq >> r.stack.hardirq >> context >>
            std::hex >> skb >> arg0 >> arg1;
        if (!in || contexts.find(context) == contexts.npos) throw std::runtime_error("no record: " + head);
        skbscope_event &e = r.skb.raw.event;
        e.time = time;
        e.task = task;
        e.cpu = static_cast<std::uint8_t>(cpu);
        e.seq = seq_[cpu]++;
        e.fn = SKBSCOPE_NO_FUNCTION;
        e.state = static_cast<std::uint8_t>(contexts.find(context) | SKBSCOPE_PROV_KERNEL << SKBSCOPE_STATE_PROV_SHIFT);
        r.stack.tracepoint = tracepoint_of(tracepoint);
        if (r.stack.tracepoint == SKBSCOPE_TP_MARK) e.kind = static_cast<std::uint8_t>(std::stoul(tracepoint));
        r.skb.skb = std::stoull(skb, nullptr, 16);
        r.skb.raw.what = r.skb.skb != 0 ? SKBSCOPE_RAW_SKB : SKBSCOPE_RAW_CALL;
        r.skb.raw.arg[0] = arg0;
        r.skb.raw.arg[1] = arg1;
        if (r.skb.skb != 0) {
            e.state |= SKBSCOPE_STATE_HAS_SKB;
            r.skb.head = r.skb.skb + 0x1000;
            e.skb.users = 1;
        }
        read_frames(r.stack, frames);
        return r;
    }

    void read_frames(skbscope_stack &s, const std::string &text) {
        std::istringstream in(text);
        for (std::string word; in >> word && s.frames < SKBSCOPE_STACK_FRAMES; ++s.frames) {
            const std::size_t plus = word.find('+');
            if (plus == word.npos) throw std::runtime_error("no frame: " + word);
            const auto [at, is_new] = addresses_.try_emplace(word.substr(0, plus), 0);
            if (is_new) at->second = first_function + addresses_.size() * function_room;
            s.frame[s.frames] = at->second + std::stoull(word.substr(plus + 1), nullptr, 16) % function_room;
        }
    }

    stack_tape tape_;
    std::map<std::string, std::uint64_t> addresses_;
    std::map<std::uint32_t, std::uint32_t> seq_;
};

} // namespace

stack_tape read_stacks(std::istream &in) {
    return reader().read(in);
}

void write_stacks(std::ostream &out, const std::vector<skbscope_stack_skb> &records, const symbol_table &symbols) {
    for (const skbscope_stack_skb &r : records) {
        const skbscope_event &e = r.skb.raw.event;
        const bool mark = r.stack.tracepoint == SKBSCOPE_TP_MARK;
        out << e.time << ' ' << e.task << ' ' << unsigned{e.cpu} << ' '
            << (mark ? std::to_string(e.kind) : std::string(facts_of_tracepoint(r.stack.tracepoint).name)) << ' '
            << r.stack.syscall << ' ' << r.stack.softirq << ' ' << r.stack.hardirq << ' '
            << contexts[e.state & SKBSCOPE_STATE_CTX_MASK] << std::hex << ' '
            << (r.skb.raw.what == SKBSCOPE_RAW_SKB ? r.skb.skb : 0) << ' ' << r.skb.raw.arg[0] << ' '
            << r.skb.raw.arg[1] << "\n\t";
        for (std::uint32_t i = 0; i < r.stack.frames; ++i) {
            const std::uint64_t address = r.stack.frame[i];
            const std::uint64_t start = symbols.start_of(address - 1);
            out << (i == 0 ? "" : " ") << symbols.at(address - 1) << "+0x" << address - start;
        }
        out << std::dec << '\n';
    }
}

} // namespace skbscope::bpf::test
