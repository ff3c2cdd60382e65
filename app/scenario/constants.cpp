// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/constants.h"

#include "app/scenario/nearest.h"
#include "app/scenario/parse.h"

#include <iterator>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <poll.h>
#include <span>
#include <sys/socket.h>

namespace skbscope::app {

namespace {

struct Word {
    const char *word;
    std::uint32_t number;
};

constexpr Word messageFlags[] = {
    {"dontwait", MSG_DONTWAIT}, {"peek", MSG_PEEK},         {"waitall", MSG_WAITALL},
    {"trunc", MSG_TRUNC},       {"more", MSG_MORE},         {"dontroute", MSG_DONTROUTE},
    {"confirm", MSG_CONFIRM},   {"errqueue", MSG_ERRQUEUE}, {"nosignal", MSG_NOSIGNAL},
    {"oob", MSG_OOB},           {"eor", MSG_EOR},
};
constexpr Word pollEvents[] = {{"in", POLLIN}, {"out", POLLOUT}, {"pri", POLLPRI}, {"err", POLLERR}, {"hup", POLLHUP}};
constexpr Word shutdowns[] = {{"read", SHUT_RD}, {"rd", SHUT_RD},     {"write", SHUT_WR},
                              {"wr", SHUT_WR},   {"both", SHUT_RDWR}, {"rdwr", SHUT_RDWR}};
constexpr Word protocols[] = {
    {"ip", 0},           {"icmp", IPPROTO_ICMP}, {"igmp", IPPROTO_IGMP}, {"tcp", IPPROTO_TCP}, {"udp", IPPROTO_UDP},
    {"raw", IPPROTO_RAW}};
constexpr Word routeTypes[] = {{"unicast", RTN_UNICAST},     {"local", RTN_LOCAL},
                               {"broadcast", RTN_BROADCAST}, {"multicast", RTN_MULTICAST},
                               {"blackhole", RTN_BLACKHOLE}, {"unreachable", RTN_UNREACHABLE},
                               {"prohibit", RTN_PROHIBIT},   {"throw", RTN_THROW}};
constexpr Word neighbourStates[] = {
    {"permanent", NUD_PERMANENT}, {"reachable", NUD_REACHABLE}, {"stale", NUD_STALE},
    {"noarp", NUD_NOARP},         {"failed", NUD_FAILED},       {"incomplete", NUD_INCOMPLETE},
    {"delay", NUD_DELAY},         {"probe", NUD_PROBE},         {"none", NUD_NONE}};
constexpr Word levels[] = {
    {"socket", SOL_SOCKET}, {"ip", IPPROTO_IP}, {"udp", IPPROTO_UDP}, {"tcp", IPPROTO_TCP}, {"raw", SOL_RAW}};

struct OptionWord {
    const char *word;
    std::uint32_t level, number;
};
#define SKBSCOPE_OPTION(level, name)                                                                                   \
    { #name, level, name }
constexpr OptionWord options[] = {
    SKBSCOPE_OPTION(SOL_SOCKET, SO_BROADCAST),     SKBSCOPE_OPTION(SOL_SOCKET, SO_REUSEADDR),
    SKBSCOPE_OPTION(SOL_SOCKET, SO_REUSEPORT),     SKBSCOPE_OPTION(SOL_SOCKET, SO_RCVBUF),
    SKBSCOPE_OPTION(SOL_SOCKET, SO_SNDBUF),        SKBSCOPE_OPTION(SOL_SOCKET, SO_KEEPALIVE),
    SKBSCOPE_OPTION(SOL_SOCKET, SO_DONTROUTE),     SKBSCOPE_OPTION(SOL_SOCKET, SO_NO_CHECK),
    SKBSCOPE_OPTION(SOL_SOCKET, SO_PRIORITY),      SKBSCOPE_OPTION(SOL_SOCKET, SO_MARK),
    SKBSCOPE_OPTION(SOL_SOCKET, SO_TIMESTAMP),     SKBSCOPE_OPTION(SOL_SOCKET, SO_BUSY_POLL),
    SKBSCOPE_OPTION(SOL_SOCKET, SO_ZEROCOPY),      SKBSCOPE_OPTION(IPPROTO_IP, IP_TTL),
    SKBSCOPE_OPTION(IPPROTO_IP, IP_TOS),           SKBSCOPE_OPTION(IPPROTO_IP, IP_HDRINCL),
    SKBSCOPE_OPTION(IPPROTO_IP, IP_PKTINFO),       SKBSCOPE_OPTION(IPPROTO_IP, IP_RECVTTL),
    SKBSCOPE_OPTION(IPPROTO_IP, IP_RECVERR),       SKBSCOPE_OPTION(IPPROTO_IP, IP_MTU_DISCOVER),
    SKBSCOPE_OPTION(IPPROTO_IP, IP_MULTICAST_TTL), SKBSCOPE_OPTION(IPPROTO_IP, IP_MULTICAST_LOOP),
    SKBSCOPE_OPTION(IPPROTO_UDP, UDP_CORK),        SKBSCOPE_OPTION(IPPROTO_UDP, UDP_SEGMENT),
    SKBSCOPE_OPTION(IPPROTO_UDP, UDP_GRO),         SKBSCOPE_OPTION(IPPROTO_TCP, TCP_NODELAY),
    SKBSCOPE_OPTION(IPPROTO_TCP, TCP_CORK),        SKBSCOPE_OPTION(IPPROTO_TCP, TCP_MAXSEG),
    SKBSCOPE_OPTION(IPPROTO_TCP, TCP_QUICKACK),
};
#undef SKBSCOPE_OPTION

template <class Table> std::vector<std::string> wordsOf(const Table &table) {
    std::vector<std::string> out;
    for (const auto &w : table)
        out.emplace_back(w.word);
    return out;
}

// One word or number of a table.
std::uint32_t readOne(const Value &value, std::span<const Word> table, const char *what, std::string_view text) {
    if (const std::optional<std::uint32_t> n = parseNumber(text)) return *n;
    for (const Word &w : table)
        if (lowered(text) == w.word) return w.number;
    value.fail(quoted(std::string(text)) + " is not " + what, suggestion(lowered(text), wordsOf(table)));
}

// Several, ored: a list, or words between | or commas.
std::uint32_t readMany(const Value &value, std::span<const Word> table, const char *what) {
    std::uint32_t flags = 0;
    for (const Value &v : value.list())
        for (const std::string &word : splitWords(v.text(), "|, "))
            flags |= readOne(v, table, what, word);
    return flags;
}

} // namespace

std::uint32_t readMessageFlags(const Value &value) {
    return readMany(value, messageFlags, "a message flag");
}
std::uint32_t readPollEvents(const Value &value) {
    return readMany(value, pollEvents, "a poll event");
}
std::uint32_t readShutdown(const Value &value) {
    return readOne(value, shutdowns, "a way to shut down", value.text());
}
std::uint32_t readProtocol(const Value &value) {
    const std::uint32_t p = readOne(value, protocols, "a protocol", value.text());
    if (p > IPPROTO_RAW) value.fail(std::to_string(p) + " is out of range", "give a protocol from 0 to 255");
    return p;
}
std::uint32_t readRouteType(const Value &value) {
    return readOne(value, routeTypes, "a route type", value.text());
}
std::uint32_t readNeighbourState(const Value &value) {
    return readOne(value, neighbourStates, "a neighbour state", value.text());
}

SocketOption readSocketOption(const Value &option, const std::optional<Value> &level) {
    for (const OptionWord &w : options)
        if (lowered(option.text()) == lowered(w.word)) return {w.level, w.number};
    const std::optional<std::uint32_t> number = parseNumber(option.text());
    if (!number)
        option.fail(quoted(option.text()) + " is not a socket option", suggestion(option.text(), wordsOf(options)));
    if (!level) option.fail("a number needs its level", "add level: socket, ip, udp or tcp");
    return {readOne(*level, levels, "a level", level->text()), *number};
}

std::string socketOptionWord(std::uint32_t level, std::uint32_t name) {
    for (const OptionWord &w : options)
        if (w.level == level && w.number == name) return w.word;
    return {};
}

} // namespace skbscope::app
