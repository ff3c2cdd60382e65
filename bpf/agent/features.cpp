// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/features.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdexcept>
#include <string_view>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace skbscope::bpf {

namespace {

// ethtool's short words, and the old request that sets all features behind each at once
struct short_word {
    std::string_view word;
    std::uint32_t set;
};
constexpr short_word short_words[] = {
    {"rx", ETHTOOL_SRXCSUM}, {"tx", ETHTOOL_STXCSUM}, {"sg", ETHTOOL_SSG},
    {"tso", ETHTOOL_STSO},   {"gso", ETHTOOL_SGSO},   {"gro", ETHTOOL_SGRO},
};

// The short words for one feature, which have no request of their own.
struct other_name {
    std::string_view word, name;
};
constexpr other_name other_names[] = {
    {"lro", "rx-lro"},
    {"rxvlan", "rx-vlan-hw-parse"},
    {"txvlan", "tx-vlan-hw-insert"},
    {"ntuple", "rx-ntuple-filter"},
    {"rxhash", "rx-hashing"},
};

std::string_view long_name(std::string_view feature) {
    for (const other_name &n : other_names)
        if (n.word == feature) return n.name;
    return feature;
}

int request(int fd, const std::string &device, void *data) {
    ifreq r{};
    std::strncpy(r.ifr_name, device.c_str(), IFNAMSIZ - 1);
    r.ifr_data = static_cast<char *>(data);
    return ioctl(fd, SIOCETHTOOL, &r) < 0 ? errno : 0;
}

int feature_count(int fd, const std::string &device) {
    alignas(ethtool_sset_info) char bytes[sizeof(ethtool_sset_info) + sizeof(std::uint32_t)] = {};
    auto *set = reinterpret_cast<ethtool_sset_info *>(bytes);
    set->cmd = ETHTOOL_GSSET_INFO;
    set->sset_mask = 1ULL << ETH_SS_FEATURES;
    if (request(fd, device, set) != 0 || set->sset_mask == 0) return 0;
    std::uint32_t count = 0;
    std::memcpy(&count, set->data, sizeof count);
    return static_cast<int>(count);
}

// The bit of a feature by its long name ("tx-udp-segmentation"), -1 if there is none.
int feature_bit(int fd, const std::string &device, std::string_view feature, int count) {
    std::vector<char> bytes(sizeof(ethtool_gstrings) + static_cast<std::size_t>(count) * ETH_GSTRING_LEN);
    auto *strings = reinterpret_cast<ethtool_gstrings *>(bytes.data());
    strings->cmd = ETHTOOL_GSTRINGS;
    strings->string_set = ETH_SS_FEATURES;
    strings->len = static_cast<std::uint32_t>(count);
    if (request(fd, device, strings) != 0) return -1;
    for (int i = 0; i < count; ++i) {
        const char *name = bytes.data() + sizeof(ethtool_gstrings) + i * ETH_GSTRING_LEN;
        if (feature == std::string_view(name, strnlen(name, ETH_GSTRING_LEN))) return i;
    }
    return -1;
}

int set_bit(int fd, const std::string &device, int bit, int count, bool on) {
    const std::size_t blocks = (static_cast<std::size_t>(count) + 31) / 32;
    std::vector<char> bytes(sizeof(ethtool_sfeatures) + blocks * sizeof(ethtool_set_features_block));
    auto *features = reinterpret_cast<ethtool_sfeatures *>(bytes.data());
    features->cmd = ETHTOOL_SFEATURES;
    features->size = static_cast<std::uint32_t>(blocks);
    auto *block = reinterpret_cast<ethtool_set_features_block *>(bytes.data() + sizeof *features) + bit / 32;
    block->valid = 1U << (bit % 32);
    block->requested = on ? block->valid : 0;
    return request(fd, device, features);
}

int set_on(int fd, const std::string &device, const std::string &feature, bool on) {
    for (const short_word &s : short_words) {
        if (feature != s.word) continue;
        ethtool_value value{s.set, on ? 1U : 0U};
        return request(fd, device, &value);
    }
    const int count = feature_count(fd, device);
    const int bit = count == 0 ? -1 : feature_bit(fd, device, long_name(feature), count);
    if (bit < 0) throw std::invalid_argument("no feature is called \"" + feature + "\"; ethtool -k lists them");
    return set_bit(fd, device, bit, count, on);
}

struct closing_fd {
    int fd;
    ~closing_fd() {
        if (fd >= 0) close(fd);
    }
};

} // namespace

int set_feature(const std::string &device, const std::string &feature, bool on) {
    const closing_fd s{socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    return s.fd < 0 ? errno : set_on(s.fd, device, feature, on);
}

} // namespace skbscope::bpf
