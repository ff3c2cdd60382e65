// SPDX-License-Identifier: GPL-2.0-or-later
// Steps that are system calls of the scenario's process.
#include "app/scenario/constants.h"
#include "app/scenario/nearest.h"
#include "app/scenario/steps.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace skbscope::app {

namespace {

constexpr std::uint32_t defaultTimeout = 1000;    // ms; recv must not hang a run for ever
constexpr std::uint32_t longestTimeout = 60'000;  // ms
constexpr std::uint32_t longestPayload = 1 << 20; // the agent's buffer
constexpr std::uint32_t longestFrame = 65'535;    // the agent's limit
constexpr std::uint32_t defaultBacklog = 8;
constexpr std::uint32_t pingLength = 64;

const std::vector<SocketKind> inetOnly = {SocketKind::inet};
const std::vector<SocketKind> inetOrPacket = {SocketKind::inet, SocketKind::packet};
const std::vector<SocketKind> tapOnly = {SocketKind::tap};
const std::vector<SocketKind> anyKind = {SocketKind::inet, SocketKind::packet, SocketKind::tap};

struct SocketType {
    const char *word;
    std::uint32_t type, protocol;
};
constexpr SocketType socketTypes[] = {{"udp", SOCK_DGRAM, 0},
                                      {"tcp", SOCK_STREAM, 0},
                                      {"raw", SOCK_RAW, IPPROTO_ICMP},
                                      {"ping", SOCK_DGRAM, IPPROTO_ICMP}};

const SocketType &readSocketType(const Value &value) {
    std::vector<std::string> words;
    for (const SocketType &t : socketTypes) {
        if (lowered(value.text()) == t.word) return t;
        words.emplace_back(t.word);
    }
    words.emplace_back("packet");
    value.fail(quoted(value.text()) + " is not a socket type", suggestion(lowered(value.text()), words));
}

std::uint32_t readTimeout(const Fields &f) {
    const std::optional<Value> v = f.find({"timeout"});
    if (!v) return defaultTimeout;
    if (v->text() == "none") return 0;
    const std::uint32_t ms = readMilliseconds(*v, longestTimeout);
    if (ms == 0) v->fail("0 would be no time-out", "write timeout: none");
    return ms;
}

} // namespace

void Steps::socket(const Fields &f) {
    const Value type = f.need({"type"}, "type: udp");
    if (lowered(type.text()) == "packet") return packetSocket(f);
    const SocketType &t = readSocketType(type);
    if (const auto dev = f.find({"device", "dev"})) dev->fail("only packet sockets take a device", "remove it");
    const std::optional<Value> protocol = f.find({"protocol"});
    if (protocol && t.type != SOCK_RAW) protocol->fail("only raw sockets take a protocol", "remove it");
    const std::uint32_t timeout = readTimeout(f);
    const std::uint16_t slot = names_.makeSocket(f.need({"as"}, "as: s"), SocketKind::inet);
    skbscope_op &op = add(SKBSCOPE_OP_SOCKET);
    op.sock = slot;
    op.arg[0] = AF_INET;
    op.arg[1] = t.type;
    op.arg[2] = protocol ? readProtocol(*protocol) : t.protocol;
    op.arg[3] = timeout;
}

void Steps::packetSocket(const Fields &f) {
    const Value name = f.need({"device", "dev"}, "device: b.vb");
    const DeviceRef device = names_.device(name, current_);
    if (device.host != current_) name.fail("is on another host than the process", "add host: to the step");
    const std::uint16_t slot = names_.makeSocket(f.need({"as"}, "as: p"), SocketKind::packet);
    skbscope_op &op = add(SKBSCOPE_OP_PACKET);
    op.sock = slot;
    bpf::set_name(op.name, device.name);
}

// "10.9.0.2:7000", or an address and `port` beside it. ":7000" and "*:7000" mean any address.
void Steps::setEndpoint(skbscope_op &op, const Fields &f, const char *key, bool portNeeded) {
    const Value value =
        f.need({key, std::string_view(key) == "to" ? "address" : "to"}, std::string(key) + ": \"10.9.0.2:7000\"");
    const std::string text = value.text();
    const std::size_t colon = text.rfind(':');
    const std::optional<Value> port = f.find({"port"});
    const std::string address = text.substr(0, colon);
    const std::optional<std::uint32_t> ip = address.empty() && colon != std::string::npos ? 0U : parseAddress(address);
    if (!ip) value.fail(quoted(text) + " is not an IPv4 address and port", "write it as \"10.9.0.2:7000\"");
    op.ip = *ip;
    if (port && colon != std::string::npos)
        port->fail("the port is in '" + value.key() + "' already", "give one of the two");
    if (port) {
        op.port = static_cast<std::uint16_t>(port->number(0, 65535));
    } else if (colon != std::string::npos) {
        const std::optional<std::uint32_t> n = parseNumber(text.substr(colon + 1));
        if (!n || *n > 65535) value.fail(quoted(text.substr(colon + 1)) + " is not a port", "use 0 to 65535");
        op.port = static_cast<std::uint16_t>(*n);
    } else if (portNeeded) {
        value.fail("has no port", "write it as \"" + address + ":7000\"");
    }
}

void Steps::bind(const Fields &f) {
    setEndpoint(addFor(SKBSCOPE_OP_BIND, f, inetOnly), f, "address", true);
}

void Steps::connect(const Fields &f) {
    setEndpoint(addFor(SKBSCOPE_OP_CONNECT, f, inetOnly), f, "to", true);
}

void Steps::listen(const Fields &f) {
    const std::optional<Value> backlog = f.find({"backlog"});
    addFor(SKBSCOPE_OP_LISTEN, f, inetOnly).arg[0] = backlog ? backlog->number(0, 65535) : defaultBacklog;
}

void Steps::accept(const Fields &f) {
    const std::uint16_t listener = names_.socket(socketValue(f), inetOnly);
    const std::uint16_t slot = names_.makeSocket(f.need({"as"}, "as: c"), SocketKind::inet);
    skbscope_op &op = add(SKBSCOPE_OP_ACCEPT);
    op.sock = listener;
    op.sock2 = slot;
}

// length: N (a to z repeated), data: text, or hex: bytes.
void Steps::setPayload(skbscope_op &op, const Fields &f) {
    const std::optional<Value> length = f.find({"length"}), data = f.find({"data"}), hex = f.find({"hex"});
    if ((length ? 1 : 0) + (data ? 1 : 0) + (hex ? 1 : 0) != 1)
        f.fail("length", length || data || hex ? "excludes data and hex" : "is missing for " + f.what(),
               "give one of length: 12, data: \"text\", hex: \"0a0b\"");
    if (length) {
        op.arg[0] = length->number(0, longestPayload);
        return;
    }
    std::string bytes = data ? data->text() : parseHex(hex->text()).value_or("");
    if (bytes.empty()) hex->fail(quoted(hex->text()) + " is not hex", "write pairs of hex digits: \"0a 0b 0c\"");
    if (bytes.size() > longestPayload) f.fail("data", "is too long", "use at most 1048576 bytes");
    op.arg[0] = static_cast<std::uint32_t>(bytes.size());
    ops_.setData(op, bytes);
}

void Steps::sendto(const Fields &f) {
    skbscope_op &op = addFor(SKBSCOPE_OP_SENDTO, f, inetOnly);
    setEndpoint(op, f, "to", false);
    if (const auto flags = f.find({"flags"})) op.arg[1] = readMessageFlags(*flags);
    setPayload(op, f);
}

void Steps::send(const Fields &f) {
    if (f.find({"to", "address"})) return sendto(f);
    if (const auto port = f.find({"port"})) port->fail("is of no use without an address", "add to: 10.9.0.2");
    skbscope_op &op = addFor(SKBSCOPE_OP_SEND, f, inetOrPacket);
    if (const auto flags = f.find({"flags"})) op.arg[1] = readMessageFlags(*flags);
    setPayload(op, f);
}

void Steps::ping(const Fields &f) {
    skbscope_op &op = addFor(SKBSCOPE_OP_SEND_PING, f, inetOnly);
    op.ip = readAddress(f.need({"to", "address"}, "to: 10.9.0.2"));
    op.arg[0] = pingLength;
}

void Steps::recv(const Fields &f) {
    skbscope_op &op = addFor(SKBSCOPE_OP_RECV, f, inetOrPacket);
    const std::optional<Value> length = f.find({"length"}), flags = f.find({"flags"});
    op.arg[0] = length ? length->number(0, longestPayload) : 65'536;
    if (flags) op.arg[1] = readMessageFlags(*flags);
}

void Steps::close(const Fields &f) {
    const Value name = socketValue(f);
    const std::uint16_t slot = names_.closeSocket(name);
    add(SKBSCOPE_OP_CLOSE).sock = slot;
}

void Steps::shutdown(const Fields &f) {
    const std::optional<Value> how = f.find({"how"});
    addFor(SKBSCOPE_OP_SHUTDOWN, f, inetOnly).arg[0] = how ? readShutdown(*how) : std::uint32_t{SHUT_WR};
}

void Steps::setsockopt(const Fields &f) {
    const SocketOption option = readSocketOption(f.need({"option"}, "option: SO_BROADCAST"), f.find({"level"}));
    const std::int32_t value = f.need({"value"}, "value: 1").integer();
    skbscope_op &op = addFor(SKBSCOPE_OP_SETSOCKOPT, f, inetOrPacket);
    op.arg[0] = option.level;
    op.arg[1] = option.name;
    op.arg[2] = static_cast<std::uint32_t>(value);
}

void Steps::join(const Fields &f) {
    groupMembership(f, false);
}

void Steps::leave(const Fields &f) {
    groupMembership(f, true);
}

void Steps::groupMembership(const Fields &f, bool leave) {
    const Value group = f.need({"group"}, "group: 224.1.1.1");
    const std::uint32_t ip = readAddress(group);
    if (!IN_MULTICAST(ntohl(ip))) group.fail(quoted(group.text()) + " is not a multicast group", "use 224.0.0.0/4");
    const std::optional<Value> interface = f.find({"interface"});
    skbscope_op &op = addFor(SKBSCOPE_OP_JOIN, f, inetOnly);
    op.ip = ip;
    op.ip2 = interface ? readAddress(*interface) : 0;
    op.arg[0] = leave;
}

void Steps::poll(const Fields &f) {
    const std::optional<Value> events = f.find({"events"}), timeout = f.find({"timeout"});
    skbscope_op &op = addFor(SKBSCOPE_OP_POLL, f, inetOrPacket);
    op.arg[0] = events ? readPollEvents(*events) : std::uint32_t{POLLIN};
    op.arg[1] = timeout ? readMilliseconds(*timeout, longestTimeout) : defaultTimeout;
}

void Steps::nonblock(const Fields &f) {
    addFor(SKBSCOPE_OP_NONBLOCK, f, anyKind);
}

// Opening a tap makes its device: what the file's `devices`, `routes` and `neighbours` say of it happens now.
void Steps::tapOpen(const Fields &f) {
    const Value name = f.need({"device", "dev"}, "device: a.tap0");
    const DeviceRef device = names_.device(name, current_);
    if (device.kind != DeviceKind::tap) name.fail(quoted(name.text()) + " is not a tap", "list it in taps: [a.tap0]");
    if (f.find({"host"}) && device.host != current_) name.fail("is on another host than the step", "name its host");
    const std::optional<Value> napi = f.find({"napi"});
    const bool frags = napi && napi->text() == "frags";
    const std::uint32_t polled = frags ? 2 : napi && napi->flag() ? 1 : 0;
    switchTo(device.host);
    const std::uint16_t slot = names_.makeSocket(f.need({"as"}, "as: t"), SocketKind::tap);
    skbscope_op &op = add(SKBSCOPE_OP_TAP_OPEN);
    op.sock = slot;
    bpf::set_name(op.name, device.name);
    op.arg[0] = polled;
    topology_.emitTap(ops_, device, index_);
}

void Steps::tapWrite(const Fields &f) {
    const Value hex = f.need({"hex", "data"}, "hex: \"0200...\"");
    const std::optional<std::string> bytes = parseHex(hex.text());
    if (!bytes) hex.fail(quoted(hex.text()) + " is not hex", "write the frame as pairs of hex digits: \"0a 0b 0c\"");
    if (bytes->size() > longestFrame)
        hex.fail("the frame is too long", "use at most " + std::to_string(longestFrame) + " bytes");
    ops_.setData(addFor(SKBSCOPE_OP_TAP_WRITE, f, tapOnly), *bytes);
}

void Steps::tapRead(const Fields &f) {
    const std::optional<Value> length = f.find({"length"});
    addFor(SKBSCOPE_OP_TAP_READ, f, tapOnly).arg[0] = length ? length->number(1, longestFrame) : 2048;
}

// { sleep: 100 }, { do: sleep, ms: 100 }, { do: sleep, time: 2s }
void Steps::sleep(const Fields &f) {
    add(SKBSCOPE_OP_SLEEP).arg[0] = readMilliseconds(f.need({"ms", "time"}, "ms: 100"), longestTimeout);
}

// { trace: on }, { do: trace, on: true }
void Steps::trace(const Fields &f) {
    add(SKBSCOPE_OP_TRACE).arg[0] = f.need({"on"}, "on: true").flag();
}

} // namespace skbscope::app
