// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/change_edit.h"

#include <algorithm>

namespace skbscope::app {

OpEdit &OpEdit::alter(std::size_t at, Alter how) {
    alters_.emplace_back(at, std::move(how));
    return *this;
}

OpEdit &OpEdit::alterAll(skbscope_op_kind kind, Alter how) {
    for (std::size_t i = 0; i < from_->ops().size(); ++i)
        if (from_->ops()[i].kind == kind) alter(i, how);
    return *this;
}

OpEdit &OpEdit::remove(std::size_t at) {
    removed_.push_back(at);
    return *this;
}

OpEdit &OpEdit::insertBefore(std::size_t at, skbscope_op op, std::string data) {
    extras_.push_back({at, true, op, std::move(data)});
    return *this;
}

OpEdit &OpEdit::insertAfter(std::size_t at, skbscope_op op, std::string data) {
    extras_.push_back({at, false, op, std::move(data)});
    return *this;
}

OpEdit &OpEdit::atEndOfSetUp(skbscope_op op, std::string data) {
    const std::vector<skbscope_op> &ops = from_->ops();
    const auto step = std::find_if(ops.begin(), ops.end(), [](const skbscope_op &o) { return o.step != noStep; });
    return insertAfter(std::size_t(step - ops.begin()) - 1, op, std::move(data)); // a scenario begins with its hosts
}

void OpEdit::add(OpList &out, const skbscope_op &op, std::string_view data, const skbscope_op &near) const {
    skbscope_op &copy = out.add(static_cast<skbscope_op_kind>(op.kind), near.line, near.step);
    const std::uint32_t line = copy.line, step = copy.step;
    copy = op;
    copy.line = line, copy.step = step;
    copy.data = copy.data_len = 0;
    if (!data.empty()) out.setData(copy, data);
}

// A packet socket has no time-out: where a change keeps its packet away, it would wait for ever.
static skbscope_op nonblock(const skbscope_op &socket) {
    skbscope_op op = bpf::op_list::make(SKBSCOPE_OP_NONBLOCK);
    op.sock = socket.sock;
    return op;
}

OpList OpEdit::result() const {
    OpList out;
    out.hosts = from_->hosts;
    out.sockets = from_->sockets;
    for (std::size_t i = 0; i < from_->ops().size(); ++i) {
        const skbscope_op &near = from_->ops()[i];
        for (const Extra &e : extras_)
            if (e.at == i && e.before) add(out, e.op, e.data, near);
        if (std::find(removed_.begin(), removed_.end(), i) == removed_.end()) {
            skbscope_op op = near;
            std::string data(from_->data(near));
            for (const auto &[at, how] : alters_)
                if (at == i) how(op, data);
            add(out, op, data, near);
            if (op.kind == SKBSCOPE_OP_PACKET) add(out, nonblock(op), {}, near);
        }
        for (const Extra &e : extras_)
            if (e.at == i && !e.before) add(out, e.op, e.data, near);
    }
    return out;
}

skbscope_op hostOp(skbscope_op_kind kind, unsigned host) {
    skbscope_op op = bpf::op_list::make(kind);
    op.host = static_cast<std::uint16_t>(host);
    return op;
}

skbscope_op deviceOp(skbscope_op_kind kind, const ChangeDevice &device) {
    skbscope_op op = hostOp(kind, device.host);
    bpf::set_name(op.name, device.name);
    return op;
}

void add(Changes &changes, ScenarioChange change, const OpEdit &edit) {
    change.apply = [edit] { return edit.result(); };
    changes.push_back(std::move(change));
}

std::vector<ScenarioChange> changesFor(const OpList &ops) {
    const ChangeReader reader(ops);
    Changes out;
    if (reader.sends().empty() || reader.isTcp()) return out; // the model has no TCP
    socketChanges(reader, out);
    neighbourChanges(reader, out);
    queueChanges(reader, out);
    deviceChanges(reader, out);
    networkChanges(reader, out);
    return out;
}

} // namespace skbscope::app
