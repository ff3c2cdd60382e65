// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/kernel_run.h"

#include "app/agent/ssh_way.h"
#include "app/lab/lab_run.h"

namespace skbscope::app {

namespace {
tl::expected<trace::Side, RunError> runThrough(tl::expected<AgentWay, RunError> way, const bpf::op_list &list,
                                               const ProgressSink &progress) {
    if (!way) return tl::unexpected(way.error());
    return AgentRun(std::move(*way), list, progress).run();
}
} // namespace

tl::expected<trace::Side, RunError> runOnKernel(const bpf::op_list &list, const KernelTarget &target,
                                                const ProgressSink &progress) {
    if (auto ok = bpf::check(list); !ok)
        return tl::unexpected(RunError{RunErrorCode::badInput, "scenario", ok.error().message()});
    for (const bpf::op &o : list.ops)
        if (o.kind == SKBSCOPE_OP_CARD)
            return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "scenario line " + std::to_string(o.line),
                                           std::string(o.name) + " is a simulated card: it exists in the model alone, "
                                                                 "no real kernel has one; use --side model"});
    switch (target.kind) {
    case KernelTarget::Kind::lab:
        return LabRun(list, target, progress).run();
    case KernelTarget::Kind::host:
        return runThrough(hostWay(), list, progress);
    case KernelTarget::Kind::ssh:
        return runThrough(sshWay(target.sshHost), list, progress);
    }
    return tl::unexpected(RunError{RunErrorCode::badInput, "kernel", "unknown kind of target"});
}

} // namespace skbscope::app
