// SPDX-License-Identifier: GPL-2.0-or-later
// How a change of one setting is written into a list of operations. Internal to changes.h.
#pragma once

#include "app/scenario/change_reader.h"
#include "app/scenario/changes.h"

#include <memory>

namespace skbscope::app {

// Says what becomes of each operation: by default it stays.
class OpEdit {
public:
    explicit OpEdit(const OpList &from) : from_(std::make_shared<const OpList>(from)) {}

    using Alter = std::function<void(skbscope_op &op, std::string &data)>;
    OpEdit &alter(std::size_t at, Alter how);
    OpEdit &alterAll(skbscope_op_kind kind, Alter how);
    OpEdit &remove(std::size_t at);
    // Operations of the same step (or of the set-up) right before or after the one at `at`.
    OpEdit &insertBefore(std::size_t at, skbscope_op op, std::string data = {});
    OpEdit &insertAfter(std::size_t at, skbscope_op op, std::string data = {});
    OpEdit &atEndOfSetUp(skbscope_op op, std::string data = {});

    [[nodiscard]] OpList result() const;

private:
    struct Extra {
        std::size_t at;
        bool before;
        skbscope_op op;
        std::string data;
    };
    void add(OpList &out, const skbscope_op &op, std::string_view data, const skbscope_op &near) const;
    std::shared_ptr<const OpList> from_;
    std::vector<std::pair<std::size_t, Alter>> alters_;
    std::vector<std::size_t> removed_;
    std::vector<Extra> extras_;
};

// An operation on a device, without line and step: it takes those of its neighbour in the list.
[[nodiscard]] skbscope_op deviceOp(skbscope_op_kind kind, const ChangeDevice &device);
[[nodiscard]] skbscope_op hostOp(skbscope_op_kind kind, unsigned host);

using Changes = std::vector<ScenarioChange>;
void add(Changes &changes, ScenarioChange change, const OpEdit &edit);

// By what they change; each adds what applies.
void deviceChanges(const ChangeReader &reader, Changes &out);    // GRO, MTU, RPS, interrupts
void queueChanges(const ChangeReader &reader, Changes &out);     // a queue, a full one, a lost or damaged frame
void neighbourChanges(const ChangeReader &reader, Changes &out); // entries, who answers ARP
void networkChanges(const ChangeReader &reader, Changes &out);   // forwarding, TTL, a firewall
void socketChanges(const ChangeReader &reader, Changes &out);    // nobody bound, buffers, checksums

} // namespace skbscope::app
