// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/oplist.h"

#include <algorithm>
#include <cstring>

namespace skbscope::app {

skbscope_op &OpList::add(skbscope_op_kind kind, std::uint32_t line, std::uint32_t step) {
    skbscope_op &op = list_.add(bpf::op_list::make(kind));
    op.line = line;
    op.step = step;
    return op;
}

void OpList::setData(skbscope_op &op, std::string_view bytes) {
    op.data = static_cast<std::uint32_t>(list_.blob.size());
    op.data_len = static_cast<std::uint32_t>(bytes.size());
    list_.blob.append(bytes);
}

bool OpList::sameAs(const OpList &other) const {
    const auto same = [&](skbscope_op a, skbscope_op b) {
        if (data(a) != other.data(b)) return false;
        a.line = b.line = a.data = b.data = 0; // places in the text and in the blob
        return std::memcmp(&a, &b, sizeof a) == 0;
    };
    return hosts == other.hosts && ops().size() == other.ops().size() &&
           std::equal(ops().begin(), ops().end(), other.ops().begin(), same);
}

std::string OpList::hostName(unsigned host) const {
    return host < hosts.size() ? hosts[host] : "?";
}

std::string OpList::socketName(unsigned socket) const {
    return socket < sockets.size() ? sockets[socket] : "?";
}

} // namespace skbscope::app
