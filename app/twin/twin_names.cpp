// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/twin/twin_names.h"

#include "app/scenario/parse.h"

#include <algorithm>
#include <cctype>

namespace skbscope::app {

namespace {

constexpr std::size_t longestName = 15;

std::string cleaned(const std::string &text) {
    std::string out;
    for (const char c : text)
        if (out.size() < longestName)
            out += std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c == '-' && !out.empty()) ? c : '_';
    return out.empty() ? "ns" : out;
}

} // namespace

unsigned TwinHosts::add(const bpf::snapshot_namespace &ns, Remarks &remarks) {
    std::string name = cleaned(ns.name);
    for (unsigned n = 2; std::find(names_.begin(), names_.end(), name) != names_.end(); ++n) {
        const std::string suffix = std::to_string(n);
        name = name.substr(0, longestName - suffix.size()) + suffix;
    }
    if (name != ns.name) remarks.add("namespace " + ns.name + ": is host " + name + " here");
    names_.push_back(name);
    const auto host = static_cast<unsigned>(names_.size() - 1);
    inodes_[ns.inode] = host;
    byNamespace_[ns.name] = host;
    return host;
}

unsigned TwinHosts::byInode(std::uint64_t inode) const {
    const auto found = inodes_.find(inode);
    return found == inodes_.end() ? 0 : found->second;
}

unsigned TwinHosts::byName(const std::string &nsName) const {
    const auto found = byNamespace_.find(nsName);
    return found == byNamespace_.end() ? 0 : found->second;
}

} // namespace skbscope::app
