// SPDX-License-Identifier: GPL-2.0-or-later
// Device features, by the names of `ethtool -k`: what was asked for, and which of it is not as by default.
#include "bpf/agent/snapshot_parts.h"

#include <cstring>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace skbscope::bpf {

namespace {

class ethtool_device {
public:
    explicit ethtool_device(const std::string &name)
        : fd_(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)), name_(name) {}
    ~ethtool_device() {
        if (fd_ >= 0) close(fd_);
    }
    ethtool_device(const ethtool_device &) = delete;
    ethtool_device &operator=(const ethtool_device &) = delete;

    bool ask(void *data) const {
        ifreq r{};
        std::strncpy(r.ifr_name, name_.c_str(), IFNAMSIZ - 1);
        r.ifr_data = static_cast<char *>(data);
        return fd_ >= 0 && ioctl(fd_, SIOCETHTOOL, &r) == 0;
    }

    [[nodiscard]] std::uint32_t count() const {
        alignas(ethtool_sset_info) char bytes[sizeof(ethtool_sset_info) + sizeof(std::uint32_t)] = {};
        auto *set = reinterpret_cast<ethtool_sset_info *>(bytes);
        set->cmd = ETHTOOL_GSSET_INFO;
        set->sset_mask = 1ULL << ETH_SS_FEATURES;
        std::uint32_t n = 0;
        if (ask(set) && set->sset_mask != 0) std::memcpy(&n, set->data, sizeof n);
        return n > 1024 ? 0 : n;
    }

    [[nodiscard]] std::vector<std::string> names(std::uint32_t n) const {
        std::vector<char> bytes(sizeof(ethtool_gstrings) + std::size_t{n} * ETH_GSTRING_LEN);
        auto *strings = reinterpret_cast<ethtool_gstrings *>(bytes.data());
        strings->cmd = ETHTOOL_GSTRINGS;
        strings->string_set = ETH_SS_FEATURES;
        strings->len = n;
        std::vector<std::string> out;
        if (!ask(strings)) return out;
        for (std::uint32_t i = 0; i < n; ++i) {
            const char *at = bytes.data() + sizeof(ethtool_gstrings) + std::size_t{i} * ETH_GSTRING_LEN;
            out.emplace_back(at, strnlen(at, ETH_GSTRING_LEN));
        }
        return out;
    }

    [[nodiscard]] std::vector<ethtool_get_features_block> blocks(std::uint32_t n) const {
        const std::size_t count = (std::size_t{n} + 31) / 32;
        std::vector<char> bytes(sizeof(ethtool_gfeatures) + count * sizeof(ethtool_get_features_block));
        auto *features = reinterpret_cast<ethtool_gfeatures *>(bytes.data());
        features->cmd = ETHTOOL_GFEATURES;
        features->size = static_cast<std::uint32_t>(count);
        if (!ask(features)) return {};
        std::vector<ethtool_get_features_block> out(count);
        std::memcpy(out.data(), bytes.data() + sizeof(ethtool_gfeatures), count * sizeof out[0]);
        return out;
    }

private:
    int fd_;
    std::string name_;
};

} // namespace

feature_set features_of(const std::string &device) {
    const ethtool_device d(device);
    const std::uint32_t count = d.count();
    const std::vector<std::string> names = d.names(count);
    const auto blocks = d.blocks(count);
    feature_set out;
    if (blocks.empty()) return out;
    for (std::uint32_t i = 0; i < names.size(); ++i) {
        const ethtool_get_features_block &b = blocks[i / 32];
        const std::uint32_t bit = 1U << (i % 32);
        if (!names[i].empty() && (b.available & bit) != 0) out[names[i]] = (b.requested & bit) != 0;
    }
    return out;
}

void read_features(snapshot_namespace &ns, const snapshot_defaults &defaults) {
    for (snapshot_link &l : ns.links) {
        const auto known = defaults.features.find(l.kind);
        if (known == defaults.features.end() || known->second.empty()) continue;
        const feature_set now = features_of(l.name);
        l.features_known = !now.empty();
        for (const auto &[name, on] : now) {
            const auto usual = known->second.find(name);
            if (usual != known->second.end() && usual->second != on) l.features.push_back({name, on, usual->second});
        }
    }
}

} // namespace skbscope::bpf
