// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/syscalls.h"

#include <algorithm>
#include <cstring>

namespace skbscope::bpf {

namespace {

constexpr std::size_t calls_max = 1U << 20;

std::string fault(const skbscope_call &c) {
    if (c.phase != SKBSCOPE_CALL_BEGIN && c.phase != SKBSCOPE_CALL_END) return "a system call of unknown phase";
    if (c.kept > SKBSCOPE_CALL_PAYLOAD) return "a system call with more payload than is ever kept";
    if (c.address_length > SKBSCOPE_CALL_ADDRESS) return "a system call with more address than is ever kept";
    if (c.message >= SKBSCOPE_CALL_MESSAGES) return "a system call with more messages than are ever kept";
    return {};
}

} // namespace

std::string observed_call::comm() const {
    std::string text(begin.comm, strnlen(begin.comm, sizeof begin.comm));
    for (char &c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return text;
}

void put_call(std::string &to, const skbscope_call &call, std::string_view payload) {
    to.append(reinterpret_cast<const char *>(&call), sizeof call);
    to.append(payload.substr(0, call.kept));
}

tl::expected<void, std::string> call_reader::add(std::span<const std::byte> frame) {
    while (!frame.empty()) {
        skbscope_call c;
        if (frame.size() < sizeof c) return tl::unexpected(std::string("a system call that is cut"));
        std::memcpy(&c, frame.data(), sizeof c);
        if (std::string why = fault(c); !why.empty()) return tl::unexpected(std::move(why));
        frame = frame.subspan(sizeof c);
        if (frame.size() < c.kept) return tl::unexpected(std::string("a system call whose payload is cut"));
        if (c.phase == SKBSCOPE_CALL_END) {
            finish(c);
        } else {
            if (calls_.size() >= calls_max) return tl::unexpected(std::string("more system calls than can be read"));
            observed_call &o = calls_.emplace_back();
            o.begin = c;
            o.payload.assign(reinterpret_cast<const char *>(frame.data()), c.kept);
        }
        frame = frame.subspan(c.kept);
    }
    return {};
}

void call_reader::finish(const skbscope_call &end) {
    bool found = false;
    for (auto at = calls_.rbegin(); at != calls_.rend(); ++at) {
        if (at->begin.number != end.number || at->ended) continue;
        found = true;
        at->ended = true;
        at->end_time = end.time;
        at->result = end.result;
        at->port = end.port;
        if (end.socket == at->begin.socket) continue; // a sendmmsg has a record for each message
        at->made = end.socket;
        if (at->begin.socket == 0) {
            at->begin.family = end.family;
            at->begin.type = static_cast<__u16>(at->begin.type);
            at->begin.protocol = end.protocol;
        }
    }
    if (!found) ++unpaired_;
}

std::vector<observed_call> call_reader::take() {
    std::stable_sort(calls_.begin(), calls_.end(),
                     [](const observed_call &a, const observed_call &b) { return a.begin.time < b.begin.time; });
    return std::exchange(calls_, {});
}

} // namespace skbscope::bpf
