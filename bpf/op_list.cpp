// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/op_list.h"

#include <algorithm>
#include <cstring>

namespace skbscope::bpf {

namespace {

constexpr std::uint32_t blob_max = 1U << 20;
constexpr std::uint32_t payload_max = 1U << 20; // the runner's buffer

// What an operation needs, so that check() is a table and not a page of branches.
struct shape {
    bool host = false, name = false, host2 = false, sock2 = false, name2 = false;
    std::uint32_t data_min = 0, data_max = 0;
};

constexpr shape device{.host = true, .name = true};

bool shape_of(unsigned kind, shape &out) {
    switch (kind) {
    case SKBSCOPE_OP_HOST:
    case SKBSCOPE_OP_UP:
    case SKBSCOPE_OP_MTU:
    case SKBSCOPE_OP_ADDRESS:
    case SKBSCOPE_OP_RPS:
    case SKBSCOPE_OP_RPS_FLOWS:
        out = device;
        return true;
    case SKBSCOPE_OP_CARD:
        out = {.host = true, .name = true, .data_min = 0, .data_max = 128};
        return true;
    case SKBSCOPE_OP_VETH:
    case SKBSCOPE_OP_CABLE:
        out = {.host = true, .name = true, .host2 = true};
        return true;
    case SKBSCOPE_OP_VLAN:
        out = {.host = true, .name = true, .name2 = true};
        return true;
    case SKBSCOPE_OP_MAC:
        out = {.host = true, .name = true, .data_min = 6, .data_max = 6};
        return true;
    case SKBSCOPE_OP_NEIGHBOUR:
        out = {.host = true, .name = true, .data_min = 0, .data_max = 6};
        return true;
    case SKBSCOPE_OP_ROUTE:
        out = {.host = true};
        return true;
    case SKBSCOPE_OP_FEATURE:
    case SKBSCOPE_OP_QDISC:
        out = {.host = true, .name = true, .data_min = 0, .data_max = 256};
        return true;
    case SKBSCOPE_OP_SYSCTL:
    case SKBSCOPE_OP_NFT_DROP:
        out = {.host = true, .data_min = 1, .data_max = 256};
        return true;
    case SKBSCOPE_OP_SETNS:
        out = {.host = true};
        return true;
    case SKBSCOPE_OP_ACCEPT:
        out = {.sock2 = true};
        return true;
    case SKBSCOPE_OP_PACKET:
    case SKBSCOPE_OP_TAP_OPEN:
        out = {.name = true};
        return true;
    case SKBSCOPE_OP_SENDTO:
    case SKBSCOPE_OP_SEND:
        out = {.data_min = 0, .data_max = payload_max};
        return true;
    case SKBSCOPE_OP_TAP_WRITE:
        out = {.data_min = 1, .data_max = 65535};
        return true;
    case SKBSCOPE_OP_SOCKET:
    case SKBSCOPE_OP_BIND:
    case SKBSCOPE_OP_CONNECT:
    case SKBSCOPE_OP_LISTEN:
    case SKBSCOPE_OP_SEND_PING:
    case SKBSCOPE_OP_RECV:
    case SKBSCOPE_OP_CLOSE:
    case SKBSCOPE_OP_SHUTDOWN:
    case SKBSCOPE_OP_SETSOCKOPT:
    case SKBSCOPE_OP_JOIN:
    case SKBSCOPE_OP_POLL:
    case SKBSCOPE_OP_NONBLOCK:
    case SKBSCOPE_OP_TAP_READ:
    case SKBSCOPE_OP_SLEEP:
    case SKBSCOPE_OP_TRACE:
    case SKBSCOPE_OP_SOCK_FLOWS:
        out = {};
        return true;
    default:
        return false;
    }
}

bool terminated(const char (&name)[SKBSCOPE_NAME_MAX]) {
    return std::memchr(name, 0, sizeof name) != nullptr;
}

// Names become paths (/run/netns/NAME) and interface names: no separators, no dot names.
bool plain(std::string_view name) {
    return !name.empty() && name != "." && name != ".." &&
           std::ranges::none_of(name, [](unsigned char c) { return c == '/' || c <= ' ' || c == 0x7f; });
}

// The reason why `o` cannot be acted on, or empty.
std::string fault(const op &o, unsigned hosts, std::size_t blob_size) {
    shape s;
    if (!shape_of(o.kind, s)) return "unknown kind of operation " + std::to_string(o.kind);
    if (!terminated(o.name) || !terminated(o.name2)) return "a name is longer than 15 bytes";
    const bool declares = o.kind == SKBSCOPE_OP_HOST;
    if (s.host && (o.host == 0 || o.host > hosts + (declares ? 1U : 0U)))
        return "no such host " + std::to_string(o.host);
    if (declares && o.host != hosts + 1) return "hosts are not numbered in order";
    if (o.host > hosts + (declares ? 1U : 0U)) return "no such host " + std::to_string(o.host);
    if (s.host2 && (o.host2 == 0 || o.host2 > hosts)) return "no such host " + std::to_string(o.host2);
    if (s.name && !plain(name_of(o.name))) return "a name is missing or has a character that names cannot have";
    if ((s.host2 || s.name2) && !plain(name_of(o.name2)))
        return "a name is missing or has a character that names cannot have";
    if (o.name[0] != 0 && !plain(name_of(o.name))) return "a name has a character that names cannot have";
    if (o.sock >= SKBSCOPE_SOCKETS_MAX || o.sock2 >= SKBSCOPE_SOCKETS_MAX) {
        return "socket index over " + std::to_string(SKBSCOPE_SOCKETS_MAX - 1);
    }
    if (o.data_len < s.data_min || o.data_len > s.data_max) {
        return "needs " + std::to_string(s.data_min) + " to " + std::to_string(s.data_max) + " bytes of data, has " +
               std::to_string(o.data_len);
    }
    if (o.kind == SKBSCOPE_OP_NEIGHBOUR && o.data_len != 0 && o.data_len != 6) return "a MAC has 6 bytes";
    if (std::size_t{o.data} + o.data_len > blob_size) return "data lies outside the list";
    const bool sized = o.kind == SKBSCOPE_OP_SENDTO || o.kind == SKBSCOPE_OP_SEND || o.kind == SKBSCOPE_OP_RECV ||
                       o.kind == SKBSCOPE_OP_TAP_READ;
    if (sized && o.arg[0] > payload_max) return "length over " + std::to_string(payload_max);
    const bool prefixed = o.kind == SKBSCOPE_OP_ADDRESS || o.kind == SKBSCOPE_OP_ROUTE;
    if (prefixed && o.arg[0] > 32) return "prefix length over 32";
    if (o.kind == SKBSCOPE_OP_SLEEP && o.arg[0] > 60'000) return "sleep of more than a minute";
    return {};
}

template <class T> void put(std::string &to, const T &value) {
    to.append(reinterpret_cast<const char *>(&value), sizeof value);
}

} // namespace

std::string oplist_error::message() const {
    return "operation " + std::to_string(index) + (line != 0 ? " (line " + std::to_string(line) + ")" : std::string()) +
           ": " + what;
}

op op_list::make(skbscope_op_kind kind) {
    op o{};
    o.kind = static_cast<__u16>(kind);
    o.step = no_step;
    return o;
}

op &op_list::add(op o, std::string_view data) {
    if (!data.empty()) {
        o.data = static_cast<__u32>(blob.size());
        o.data_len = static_cast<__u32>(data.size());
        blob.append(data);
    }
    return ops.emplace_back(o);
}

std::string_view op_list::data_of(const op &o) const {
    return std::string_view(blob).substr(o.data, o.data_len);
}

void set_name(char (&to)[SKBSCOPE_NAME_MAX], std::string_view name) {
    std::memset(to, 0, sizeof to);
    if (!name.empty()) std::memcpy(to, name.data(), std::min(name.size(), sizeof to - 1));
}

std::string_view name_of(const char (&name)[SKBSCOPE_NAME_MAX]) {
    return {name, strnlen(name, sizeof name)};
}

tl::expected<void, oplist_error> check(const op_list &list) {
    if (list.ops.size() > SKBSCOPE_OP_MAX) {
        return tl::unexpected(oplist_error{list.ops.size(), 0, "more than " + std::to_string(SKBSCOPE_OP_MAX)});
    }
    if (list.blob.size() > blob_max) return tl::unexpected(oplist_error{list.ops.size(), 0, "more than 1 MiB of data"});
    unsigned hosts = 0;
    for (std::size_t i = 0; i < list.ops.size(); ++i) {
        const op &o = list.ops[i];
        if (std::string why = fault(o, hosts, list.blob.size()); !why.empty()) {
            return tl::unexpected(oplist_error{i, o.line, std::move(why)});
        }
        if (o.kind == SKBSCOPE_OP_HOST) ++hosts;
    }
    return {};
}

std::string encode(const op_list &list) {
    std::string out;
    const skbscope_oplist header{SKBSCOPE_OPLIST_MAGIC, SKBSCOPE_OPLIST_VERSION, static_cast<__u32>(list.ops.size()),
                                 static_cast<__u32>(list.blob.size())};
    put(out, header);
    for (const op &o : list.ops)
        put(out, o);
    return out + list.blob;
}

tl::expected<op_list, oplist_error> decode(std::span<const std::byte> bytes) {
    const auto wrong = [](std::string what) { return tl::unexpected(oplist_error{0, 0, std::move(what)}); };
    skbscope_oplist header;
    if (bytes.size() < sizeof header) return wrong("too short for an operation list");
    std::memcpy(&header, bytes.data(), sizeof header);
    if (header.magic != SKBSCOPE_OPLIST_MAGIC) return wrong("not an operation list");
    if (header.version != SKBSCOPE_OPLIST_VERSION) {
        return wrong("operation list of version " + std::to_string(header.version) + ", this program reads version " +
                     std::to_string(SKBSCOPE_OPLIST_VERSION));
    }
    if (header.count > SKBSCOPE_OP_MAX || header.blob_size > blob_max) return wrong("too many operations or data");
    const std::size_t ops_size = std::size_t{header.count} * sizeof(op);
    if (bytes.size() != sizeof header + ops_size + header.blob_size) return wrong("its size does not match its header");
    op_list list;
    list.ops.resize(header.count);
    if (ops_size != 0) std::memcpy(list.ops.data(), bytes.data() + sizeof header, ops_size);
    list.blob.assign(reinterpret_cast<const char *>(bytes.data()) + sizeof header + ops_size, header.blob_size);
    if (auto ok = check(list); !ok) return tl::unexpected(ok.error());
    return list;
}

} // namespace skbscope::bpf
