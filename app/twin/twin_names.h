// SPDX-License-Identifier: GPL-2.0-or-later
// What is called how in a twin's scenario, and what could not be put into it. Internal to app/twin.
#pragma once

#include "app/scenario/oplist.h"
#include "bpf/snapshot.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace skbscope::app {

// What the scenario leaves out or has otherwise, each said once, in the order in which it was met.
class Remarks {
public:
    void add(const std::string &text) {
        if (seen_.insert(text).second) all_.push_back(text);
    }
    [[nodiscard]] bool has(const std::string &beginning) const {
        return std::any_of(all_.begin(), all_.end(), [&](const auto &r) { return r.starts_with(beginning); });
    }
    [[nodiscard]] const std::vector<std::string> &all() const { return all_; }

private:
    std::set<std::string> seen_;
    std::vector<std::string> all_;
};

// Namespaces as hosts, from 1 as in the operation list.
class TwinHosts {
public:
    // `text` becomes a host name: cut, cleaned and made unlike the others where it has to be; a remark says so.
    unsigned add(const bpf::snapshot_namespace &ns, Remarks &remarks);
    [[nodiscard]] unsigned byInode(std::uint64_t inode) const; // 0: none
    [[nodiscard]] unsigned byName(const std::string &nsName) const;
    [[nodiscard]] const std::string &name(unsigned host) const { return names_.at(host); }
    [[nodiscard]] const std::vector<std::string> &names() const { return names_; } // [0] is empty

private:
    std::vector<std::string> names_{""};
    std::map<std::uint64_t, unsigned> inodes_;
    std::map<std::string, unsigned> byNamespace_;
};

} // namespace skbscope::app
