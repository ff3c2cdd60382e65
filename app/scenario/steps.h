// SPDX-License-Identifier: GPL-2.0-or-later
// The steps of a scenario, read and compiled one after another: what a step may name depends on those before it.
#pragma once

#include "app/scenario/topology.h"

namespace skbscope::app {

class Steps {
public:
    Steps(Names &names, const Topology &topology, OpList &ops) : names_(names), topology_(topology), ops_(ops) {}

    void read(const Value &step); // appends the step's operations
    [[nodiscard]] std::uint32_t count() const { return index_; }

    struct Operation; // steps.cpp: the table of the language's operations

private:
    // Reading and compiling of one kind each; `f` holds the step's keys, checked against the operation's.
    void socket(const Fields &f);
    void packetSocket(const Fields &f);
    void bind(const Fields &f);
    void connect(const Fields &f);
    void listen(const Fields &f);
    void accept(const Fields &f);
    void sendto(const Fields &f);
    void send(const Fields &f);
    void ping(const Fields &f);
    void recv(const Fields &f);
    void close(const Fields &f);
    void shutdown(const Fields &f);
    void setsockopt(const Fields &f);
    void join(const Fields &f);
    void leave(const Fields &f);
    void poll(const Fields &f);
    void nonblock(const Fields &f);
    void tapOpen(const Fields &f);
    void tapWrite(const Fields &f);
    void tapRead(const Fields &f);
    void sleep(const Fields &f);
    void trace(const Fields &f);
    void link(const Fields &f);
    void address(const Fields &f);
    void route(const Fields &f);
    void neighbour(const Fields &f);
    void qdisc(const Fields &f);
    void sysctl(const Fields &f);
    void feature(const Fields &f);
    void rps(const Fields &f);
    void netfilter(const Fields &f);

    static const std::vector<Operation> &operations();
    static const Operation &operationOf(Fields &f);
    static const Operation &operationNamed(const Value &word);
    void enterHost(const Fields &f);
    void switchTo(unsigned host);
    void groupMembership(const Fields &f, bool leave);
    skbscope_op &add(skbscope_op_kind kind);
    skbscope_op &addFor(skbscope_op_kind kind, const Fields &f, const std::vector<SocketKind> &kinds);
    void setEndpoint(skbscope_op &op, const Fields &f, const char *key, bool portNeeded);
    void setPayload(skbscope_op &op, const Fields &f);
    [[nodiscard]] static Value socketValue(const Fields &f);
    [[nodiscard]] unsigned configuredHost(const Fields &f) const;
    [[nodiscard]] DeviceRef configuredDevice(const Fields &f) const;
    [[nodiscard]] Origin origin() const { return {line_, index_}; }

    Names &names_;
    const Topology &topology_;
    OpList &ops_;
    unsigned current_ = 0; // host of the network namespace the process is in; 0 = none yet
    std::uint32_t index_ = 0;
    std::uint32_t line_ = 0;
};

} // namespace skbscope::app
