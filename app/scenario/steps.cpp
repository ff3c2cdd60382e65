// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/steps.h"

#include "app/scenario/nearest.h"

#include <algorithm>

namespace skbscope::app {

// One operation of the language. A step names it with `do`, or with its word as the first key: { close: s }, { trace:
// on }.
struct Steps::Operation {
    std::vector<std::string> words; // the documented one first
    const char *shorthand;          // what the value of that first key means: "socket"
    void (Steps::*read)(const Fields &);
    std::vector<std::string> keys; // beside do, host and note
    bool configures = false;       // `host` then says whose configuration, and no namespace is entered
};

const std::vector<Steps::Operation> &Steps::operations() {
    using S = Steps;
    static const std::vector<Operation> table = {
        {{"socket"}, "type", &S::socket, {"as", "type", "protocol", "timeout", "device", "dev"}},
        {{"packet"}, "device", &S::packetSocket, {"as", "device", "dev"}},
        {{"bind"}, "socket", &S::bind, {"socket", "address", "to", "port"}},
        {{"connect"}, "socket", &S::connect, {"socket", "to", "address", "port"}},
        {{"listen"}, "socket", &S::listen, {"socket", "backlog"}},
        {{"accept"}, "socket", &S::accept, {"socket", "as"}},
        {{"sendto"}, "socket", &S::sendto, {"socket", "to", "address", "port", "length", "data", "hex", "flags"}},
        {{"send"}, "socket", &S::send, {"socket", "to", "address", "port", "length", "data", "hex", "flags"}},
        {{"ping", "sendping", "send-ping"}, "socket", &S::ping, {"socket", "to", "address"}},
        {{"recv", "recvfrom", "receive"}, "socket", &S::recv, {"socket", "length", "flags"}},
        {{"close"}, "socket", &S::close, {"socket", "tap"}},
        {{"shutdown", "shut"}, "socket", &S::shutdown, {"socket", "how"}},
        {{"setsockopt"}, "socket", &S::setsockopt, {"socket", "level", "option", "value"}},
        {{"join"}, "socket", &S::join, {"socket", "group", "interface"}},
        {{"leave"}, "socket", &S::leave, {"socket", "group", "interface"}},
        {{"poll"}, "socket", &S::poll, {"socket", "events", "timeout"}},
        {{"nonblock"}, "socket", &S::nonblock, {"socket", "tap"}},
        {{"tap", "tap-open", "open-tap"}, "device", &S::tapOpen, {"as", "device", "dev", "napi"}},
        {{"tap-write", "twrite", "write"}, "socket", &S::tapWrite, {"socket", "tap", "hex", "data"}},
        {{"tap-read", "tread", "read"}, "socket", &S::tapRead, {"socket", "tap", "length"}},
        {{"sleep"}, "ms", &S::sleep, {"ms", "time"}},
        {{"trace"}, "on", &S::trace, {"on"}},
        {{"link"}, "device", &S::link, {"device", "dev", "up", "state", "mac", "mtu"}, true},
        {{"address", "addr"}, "address", &S::address, {"device", "dev", "address", "delete", "remove"}, true},
        {{"route"},
         "to",
         &S::route,
         {"to", "address", "prefix", "via", "gateway", "dev", "device", "type", "metric", "priority", "src", "prefsrc",
          "delete", "remove"},
         true},
        {{"neighbour", "neighbor", "neigh"},
         "ip",
         &S::neighbour,
         {"device", "dev", "ip", "address", "to", "mac", "lladdr", "state", "nud", "delete", "remove"},
         true},
        {{"qdisc"}, "qdisc", &S::qdisc, {"device", "dev", "qdisc", "delete", "remove"}, true},
        {{"sysctl"}, "setting", &S::sysctl, {"name", "value", "setting"}, true},
        {{"feature", "features", "ethtool"},
         "features",
         &S::feature,
         {"device", "dev", "features", "feature", "on"},
         true},
        {{"rps"}, "device", &S::rps, {"device", "dev", "queue", "mask", "flows", "sock-flow-entries"}, true},
        {{"netfilter"},
         "hook",
         &S::netfilter,
         {"hook", "protocol", "port", "source", "destination", "verdict", "delete", "remove"},
         true},
    };
    return table;
}

namespace {
const std::vector<std::string> commonKeys = {"do", "host", "note"};

bool has(const std::vector<std::string> &words, const std::string &word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}
} // namespace

const Steps::Operation &Steps::operationNamed(const Value &word) {
    std::vector<std::string> all;
    for (const Operation &op : operations()) {
        if (has(op.words, lowered(word.text()))) return op;
        all.insert(all.end(), op.words.begin(), op.words.end());
    }
    word.fail("unknown operation " + quoted(word.text()), suggestion(lowered(word.text()), all));
}

const Steps::Operation &Steps::operationOf(Fields &f) {
    if (const std::optional<Value> named = f.find({"do"})) return operationNamed(*named);
    for (const Value &v : f.all()) {
        if (has(commonKeys, v.key())) continue;
        const Operation &op = operationNamed(Value(YAML::Node(v.key()), v.key(), v.place()));
        f.interpret(v.key(), op.shorthand);
        return op;
    }
    f.fail("do", "is missing for this step", "add the operation, such as do: sendto");
}

void Steps::read(const Value &step) {
    Fields f = step.fields();
    line_ = step.place().line;
    const Operation &op = operationOf(f);
    f.rename(op.words.front());
    std::vector<std::string> keys = op.keys;
    keys.insert(keys.end(), commonKeys.begin(), commonKeys.end());
    f.only(keys);
    if (!op.configures) enterHost(f);
    (this->*op.read)(f);
    ++index_;
    if (ops_.ops().size() > SKBSCOPE_OP_MAX)
        step.fail("the scenario is too long", "use at most " + std::to_string(SKBSCOPE_OP_MAX) + " operations");
}

// host: on a step moves the process into that host's network namespace, if it is not there already.
void Steps::enterHost(const Fields &f) {
    if (const std::optional<Value> host = f.find({"host"})) return switchTo(names_.host(*host));
    if (current_ != 0) return;
    if (names_.hostCount() != 1)
        f.fail("host", "is missing for the first step", "say where the process starts: host: a");
    switchTo(1);
}

void Steps::switchTo(unsigned host) {
    if (host == current_) return;
    add(SKBSCOPE_OP_SETNS).host = static_cast<std::uint16_t>(host);
    current_ = host;
}

skbscope_op &Steps::add(skbscope_op_kind kind) {
    return ops_.add(kind, line_, index_);
}

Value Steps::socketValue(const Fields &f) {
    const std::optional<Value> v = f.find({"socket", "tap"});
    return v ? *v : f.need({"socket"}, "socket: s");
}

skbscope_op &Steps::addFor(skbscope_op_kind kind, const Fields &f, const std::vector<SocketKind> &kinds) {
    const std::uint16_t slot = names_.socket(socketValue(f), kinds);
    skbscope_op &op = add(kind);
    op.sock = slot;
    return op;
}

} // namespace skbscope::app
