// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/live/pcap_filter.h"

#include <cstring>
#include <memory>
#include <pcap/pcap.h>

namespace skbscope::app {

namespace {

constexpr int snapshotLength = 262144; // what a filter returns for "wanted": any number but 0 does

tl::expected<std::vector<bpf::classic_insn>, std::string> compileFor(int linkType, const std::string &expression) {
    const std::unique_ptr<pcap_t, decltype(&pcap_close)> handle(pcap_open_dead(linkType, snapshotLength), pcap_close);
    if (!handle) return tl::unexpected(std::string("libpcap cannot be used"));
    bpf_program program{};
    if (pcap_compile(handle.get(), &program, expression.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0)
        return tl::unexpected(std::string(pcap_geterr(handle.get())));
    static_assert(sizeof(bpf_insn) == sizeof(bpf::classic_insn));
    std::vector<bpf::classic_insn> out(program.bf_len);
    std::memcpy(out.data(), program.bf_insns, program.bf_len * sizeof(bpf_insn));
    pcap_freecode(&program);
    return out;
}

} // namespace

tl::expected<PcapFilter, std::string> compilePcapFilter(const std::string &expression) {
    if (expression.find_first_not_of(' ') == expression.npos) return PcapFilter{};
    auto ethernet = compileFor(DLT_EN10MB, expression);
    if (!ethernet) return tl::unexpected(ethernet.error());
    auto raw = compileFor(DLT_RAW, expression);
    const bpf::classic_insn nothing{BPF_RET | BPF_K, 0, 0, 0};
    return PcapFilter{std::move(*ethernet), raw ? std::move(*raw) : std::vector{nothing}};
}

} // namespace skbscope::app
