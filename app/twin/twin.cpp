// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/twin/twin.h"

#include "app/model/model_run.h"
#include "app/scenario/writer.h"
#include "app/twin/keyhole.h"
#include "app/twin/twin_topology.h"

#include <algorithm>
#include <cstring>
#include <sstream>

namespace skbscope::app {

namespace {

constexpr int attemptsMax = 64; // things that the model may refuse, one after the other

// A draft: operations and what to say of them, before it is text.
struct Draft {
    OpList ops;
    Remarks remarks;
    TwinSteps steps;
};

std::set<std::uint64_t> namespacesOf(const std::vector<bpf::observed_call> &calls) {
    std::set<std::uint64_t> out;
    for (const bpf::observed_call &c : calls)
        out.insert(c.begin.net);
    return out;
}

Draft draftOf(const TwinInput &in) {
    Draft d;
    TwinHosts hosts;
    const auto namespaces = joinedNamespaces(in.snapshot, namespacesOf(in.calls));
    addTopology(d.ops, hosts, namespaces, d.remarks);
    const Witness witness(in.kernel);
    d.steps = addSteps(
        d.ops, hosts, namespaces, in.calls, [&witness](const bpf::observed_call &c) { return witness.saw(c); },
        d.remarks);
    return d;
}

std::string lineOf(const std::string &text, std::size_t number) {
    std::istringstream lines(text);
    std::string line;
    for (std::size_t n = 0; n < number && std::getline(lines, line);)
        ++n;
    return line;
}

tl::expected<Scenario, RunError> scenarioOf(const Draft &d, const TwinInput &in) {
    ScenarioHead head{in.name, in.title, "", d.remarks.all(), d.steps.notes};
    if (!head.remarks.empty()) head.remarks.insert(head.remarks.begin(), "What this twin leaves out or has otherwise:");
    const std::string text = writeScenario(d.ops, head);
    auto scenario = parseScenario(text, in.name + ".yaml");
    if (!scenario) // nobody has that file: its line is part of the message
        return tl::unexpected(
            RunError{RunErrorCode::notPossibleHere, "twin",
                     scenario.error().message() + ": " +
                         quoted(lineOf(text, static_cast<std::size_t>(scenario.error().place.line)))});
    return std::move(*scenario);
}

// The operation that an error of the model is about; npos: none.
std::size_t blamed(const Scenario &scenario, const RunError &error) {
    const std::vector<skbscope_op> &ops = scenario.ops.ops();
    for (std::size_t i = 0; i < ops.size(); ++i)
        if (error.place == "scenario line " + std::to_string(ops[i].line) &&
            error.what.starts_with(describe(scenario.ops, ops[i]) + ": "))
            return i;
    return std::string::npos;
}

// The list without an operation, and without what is nothing without it: a socket's calls, a step's change of host.
OpList without(const OpList &ops, std::size_t index) {
    const skbscope_op gone = ops.ops()[index];
    const bool makes = gone.kind == SKBSCOPE_OP_SOCKET || gone.kind == SKBSCOPE_OP_ACCEPT;
    const std::uint16_t slot = gone.kind == SKBSCOPE_OP_ACCEPT ? gone.sock2 : gone.sock;
    const auto dropped = [&](std::size_t i) {
        const skbscope_op &op = ops.ops()[i];
        if (i == index) return true;
        const bool ofSocket = op.kind > SKBSCOPE_OP_SETNS && op.kind < SKBSCOPE_OP_SLEEP && op.sock == slot;
        return makes && i > index && ofSocket;
    };
    OpList out;
    out.hosts = ops.hosts;
    out.sockets = ops.sockets;
    const auto keep = [&out, &ops](const skbscope_op &op, std::uint32_t step) {
        skbscope_op &copy = out.add(static_cast<skbscope_op_kind>(op.kind), op.line, step);
        const std::string_view data = ops.data(op);
        copy = op;
        copy.step = step;
        if (!data.empty()) out.setData(copy, data);
    };
    const skbscope_op *enters = nullptr; // the host that the next socket is made in
    for (std::size_t i = 0; i < ops.ops().size(); ++i) {
        const skbscope_op &op = ops.ops()[i];
        if (op.kind == SKBSCOPE_OP_SETNS) enters = makes && op.step == gone.step ? &op : nullptr;
        if (dropped(i) || &op == enters) continue;
        if (op.kind == SKBSCOPE_OP_SOCKET && enters != nullptr) keep(*std::exchange(enters, nullptr), op.step);
        keep(op, op.step);
    }
    return out;
}

// Steps are numbered without holes: what referred to the old numbers follows.
void renumber(Draft &d) {
    std::map<std::uint32_t, std::uint32_t> now;
    OpList out;
    out.hosts = d.ops.hosts;
    out.sockets = d.ops.sockets;
    for (const skbscope_op &op : d.ops.ops()) {
        std::uint32_t step = noStep;
        if (op.step != noStep) step = now.try_emplace(op.step, static_cast<std::uint32_t>(now.size())).first->second;
        skbscope_op &copy = out.add(static_cast<skbscope_op_kind>(op.kind), op.line, step);
        const std::string_view data = d.ops.data(op);
        copy = op;
        copy.step = step;
        if (!data.empty()) out.setData(copy, data);
    }
    std::map<std::uint32_t, std::string> notes;
    for (const auto &[step, text] : d.steps.notes)
        if (now.contains(step)) notes[now[step]] = text;
    std::vector<ExpectedResult> results;
    for (ExpectedResult r : d.steps.results) {
        if (!now.contains(r.step)) continue;
        r.step = now[r.step];
        results.push_back(r);
    }
    d.ops = std::move(out);
    d.steps.notes = std::move(notes);
    d.steps.results = std::move(results);
}

// Receives that wait for what the model never sends would never end.
void limitWaiting(OpList &ops) {
    OpList out;
    out.hosts = ops.hosts;
    out.sockets = ops.sockets;
    for (const skbscope_op &op : ops.ops()) {
        skbscope_op &copy = out.add(static_cast<skbscope_op_kind>(op.kind), op.line, op.step);
        const std::string_view data = ops.data(op);
        copy = op;
        if (!data.empty()) out.setData(copy, data);
        if (op.kind == SKBSCOPE_OP_SOCKET) copy.arg[3] = 1000;
    }
    ops = std::move(out);
}

// What the model refuses is taken out and said.
bool learn(Draft &d, const Scenario &scenario, const RunError &error) {
    const std::size_t index = blamed(scenario, error);
    if (index != std::string::npos && index < d.ops.ops().size()) {
        const skbscope_op &op = scenario.ops.ops()[index];
        if (op.kind == SKBSCOPE_OP_HOST || op.kind == SKBSCOPE_OP_VETH) return false;
        d.remarks.add(error.what + "; it is left out");
        d.ops = without(d.ops, index);
        renumber(d);
        return true;
    }
    const std::string waits = "the process never ends";
    if (error.what.find(waits) == std::string::npos || d.remarks.has(waits)) return false;
    d.remarks.add(waits +
                  " on the model, where a receive waits for what does not come: sockets have a time-out of 1 s");
    limitWaiting(d.ops);
    return true;
}

std::string resultText(std::int64_t result) {
    return result >= 0 ? std::to_string(result) : std::strerror(static_cast<int>(-result));
}

std::vector<std::string> otherResults(const trace::Side &model, const std::vector<ExpectedResult> &expected) {
    std::map<std::uint32_t, std::int64_t> got;
    for (const trace::Event &e : model.events)
        if (e.kind == SKBSCOPE_EV_STEP_END) got[e.mark.step] = e.mark.result;
    std::vector<std::string> out;
    for (const ExpectedResult &x : expected)
        if (const auto found = got.find(x.step); found != got.end() && found->second != x.result)
            out.push_back("step " + std::to_string(x.step + 1) + " (" + x.call + "): the kernel says " +
                          resultText(x.result) + ", the model " + resultText(found->second));
    return out;
}

} // namespace

tl::expected<Twin, RunError> makeTwin(TwinInput input) {
    Draft d = draftOf(input);
    for (int attempt = 0; attempt < attemptsMax; ++attempt) {
        auto scenario = scenarioOf(d, input);
        if (!scenario) return tl::unexpected(scenario.error());
        auto model = runModel(scenario->ops, {.seed = input.seed});
        if (!model) {
            if (!learn(d, *scenario, model.error())) return tl::unexpected(model.error());
            continue;
        }
        Twin t;
        t.otherResults = otherResults(*model, d.steps.results);
        t.remarks = d.remarks.all();
        t.trace.scenario_name = scenario->name;
        t.trace.scenario_text = scenario->text;
        if (!input.kernel.events.empty()) lookThroughKeyhole(*model, input.kernel, d.steps.called);
        t.trace.sides.push_back(std::move(*model));
        if (!input.kernel.events.empty()) t.trace.sides.push_back(std::move(input.kernel));
        t.scenario = std::move(*scenario);
        return t;
    }
    return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "twin",
                                   "the model refuses too much of what was seen: " + d.remarks.all().back()});
}

} // namespace skbscope::app
