// SPDX-License-Identifier: GPL-2.0-or-later
// Why a call stands on one side only. A reason is given only where it can be shown; what is left is a bug in one of us.
#include "trace/compare_stacks.h"
#include "trace/compared.h"
#include "trace/inlined_out_of_scope.h"

#include <algorithm>
#include <map>

namespace skbscope::trace {

namespace {
struct Verdict {
    RowMark mark;
    Reason reason;
};
using Answer = std::optional<Verdict>;

// A row without a partner, seen from the side that has the call.
struct Lone {
    std::uint32_t row;
    std::uint32_t call;
    const Compared &here, &there;
    bool left; // the call is on the left side
    [[nodiscard]] std::string_view name() const { return here.name(call); }
    [[nodiscard]] RowMark only() const { return left ? RowMark::model_only : RowMark::kernel_only; }
};

std::string catalogue_row(const Function &f) {
    return std::string(f.name) + " (" + std::string(f.file) + ":" + std::to_string(f.line) + ")";
}

class Explainer {
public:
    Explainer(std::vector<Row> &rows, const Compared &left, const Compared &right)
        : rows_(rows), left_(left), right_(right), stacks_(rows, left, right), lost_(lost_rows(rows, left, right)),
          ipis_(ipi_rows(rows, left, right)) {}

    void run() {
        find_moved();
        for (std::uint32_t i = 0; i < rows_.size(); ++i) {
            Row &row = rows_[i];
            if (row.left != npos && row.right != npos) continue;
            Verdict v = row.left != npos ? explain({i, row.left, left_, right_, true})
                                         : explain({i, row.right, right_, left_, false});
            row.mark = v.mark;
            row.set_reason(std::move(v.reason));
        }
    }

private:
    Verdict explain(const Lone &lone) {
        using Check = Answer (Explainer::*)(const Lone &) const;
        constexpr Check checks[] = {&Explainer::hidden_in_kernel,  &Explainer::inlined_at_call,
                                    &Explainer::begins_inlined,    &Explainer::not_watched,
                                    &Explainer::not_in_a_stack,    &Explainer::lost,
                                    &Explainer::outside_the_model, &Explainer::outside_scope,
                                    &Explainer::of_a_tick,         &Explainer::of_an_ipi,
                                    &Explainer::deferred,          &Explainer::of_another_version,
                                    &Explainer::configured,        &Explainer::moved};
        for (const Check check : checks)
            if (Answer answer = (this->*check)(lone)) return std::move(*answer);
        return {RowMark::unexplained, {}};
    }

    static bool model_against_kernel(const Lone &lone) {
        return lone.here.side.info.kind == SideKind::model && lone.there.side.info.kind == SideKind::kernel;
    }
    static bool kernel_against_model(const Lone &lone) {
        return lone.here.side.info.kind == SideKind::kernel && lone.there.side.info.kind == SideKind::model;
    }

    [[nodiscard]] Answer hidden_in_kernel(const Lone &lone) const {
        const Function f = lone.here.function(lone.call);
        if (!model_against_kernel(lone) || !f.known || f.traceable) return std::nullopt;
        return Verdict{RowMark::inlined,
                       {ReasonCode::inlined_in_kernel, "inlined in this kernel",
                        "functions.tsv: the stock kernel has no traceable " + catalogue_row(f)}};
    }

    [[nodiscard]] Answer inlined_at_call(const Lone &lone) const {
        if (!model_against_kernel(lone)) return std::nullopt;
        const KeptCalls &kept = lone.here.kept;
        const std::uint32_t self = kept.kept_at_or_above[lone.call];
        if (self == npos || kept.call[self] != lone.call) return std::nullopt;
        std::uint32_t in = caller_out_of_scope(lone.here.side, lone.here.tree, lone.call);
        if (in == npos && kept.caller[self] != npos) in = kept.call[kept.caller[self]];
        if (in == npos) return std::nullopt;
        const std::string caller(lone.here.name(in)), callee(lone.name());
        const auto brought = Catalogue::builtin().calls_brought_along(caller, callee);
        const auto inlined = Catalogue::builtin().inlined_at(caller, callee);
        const bool by_pointer = inlined == false && !Catalogue::builtin().calls_directly(caller, callee);
        if (inlined != true && !(by_pointer && brought.complete())) return std::nullopt;
        if (!brought.believable()) return std::nullopt;
        const std::string body = brought.of == 0 ? ", and no indirect one that could be it"
                                                 : ", but " + std::to_string(brought.found) + " of the " +
                                                       std::to_string(brought.of) + " that " + callee + " makes";
        return Verdict{RowMark::inlined,
                       {ReasonCode::inlined_at_call, "inlined at this call",
                        "calls.tsv: " + caller + " has no call to " + callee + body}};
    }

    [[nodiscard]] Answer begins_inlined(const Lone &lone) const {
        const Function f = lone.here.function(lone.call);
        if (!model_against_kernel(lone) || !f.partial) return std::nullopt;
        return Verdict{
            RowMark::inlined,
            {ReasonCode::inlined_at_call, "begins inlined, and its rest is not reached",
             "available.txt: of " + catalogue_row(f) + " the kernel has only " + std::string(f.name) + ".part"}};
    }

    [[nodiscard]] Answer not_watched(const Lone &lone) const {
        const auto &facts = lone.there.side.info.facts;
        const auto fact = facts.find("not traced: " + std::string(lone.name()));
        if (fact == facts.end()) return std::nullopt;
        return Verdict{lone.only(),
                       {ReasonCode::not_traceable, "not traceable here", fact->first + ": " + fact->second}};
    }

    [[nodiscard]] Answer not_in_a_stack(const Lone &lone) const {
        if (!model_against_kernel(lone)) return std::nullopt;
        auto reason = stacks_.why_unseen(lone.call);
        if (!reason) return std::nullopt;
        const bool inlined = reason->code == ReasonCode::inlined_at_call;
        return Verdict{inlined ? RowMark::inlined : lone.only(), std::move(*reason)};
    }

    [[nodiscard]] Answer of_another_version(const Lone &lone) const {
        if (!kernel_against_model(lone)) return std::nullopt;
        auto reason = why_other_version(lone.here, lone.call);
        if (!reason) return std::nullopt;
        return Verdict{lone.only(), std::move(*reason)};
    }

    [[nodiscard]] Answer deferred(const Lone &lone) const {
        if (!kernel_against_model(lone)) return std::nullopt;
        auto reason = why_deferred(lone.here, lone.call);
        if (!reason) return std::nullopt;
        return Verdict{lone.only(), std::move(*reason)};
    }

    // What a function outside the model calls is outside as well.
    [[nodiscard]] Answer outside_the_model(const Lone &lone) const {
        if (!kernel_against_model(lone)) return std::nullopt;
        if (const std::string_view why = not_modelled(lone.name()); !why.empty())
            return Verdict{lone.only(),
                           {ReasonCode::outside_model, "outside the model: " + std::string(why),
                            "docs/not-modelled.md: " + std::string(lone.name())}};
        const std::uint32_t parent = rows_[lone.row].parent;
        if (parent == npos || rows_[parent].reason().code != ReasonCode::outside_model) return std::nullopt;
        return Verdict{lone.only(), rows_[parent].reason()};
    }

    [[nodiscard]] Answer outside_scope(const Lone &lone) const {
        const Function f = lone.here.function(lone.call);
        if (f.known && f.in_scope) return std::nullopt;
        return Verdict{lone.only(),
                       {ReasonCode::outside_scope, "outside the scope",
                        f.known ? "functions.tsv: " + catalogue_row(f) + " is not in the scope of trace/scope.cpp"
                                : "functions.tsv: no function " + std::string(f.name) + " on the packet's path"}};
    }

    [[nodiscard]] Answer of_a_tick(const Lone &lone) const {
        if (lone.here.of_tick.empty() || !lone.here.of_tick[lone.call]) return std::nullopt;
        return Verdict{lone.only(),
                       {ReasonCode::time_differs, "of a timer tick",
                        lone.name() == "net_rps_action_and_irq_enable"
                            ? "net/core/dev.c: with no IPI to send, net_rx_action() calls it when its time is up: two "
                              "ticks came"
                            : "several CPUs, so time is not counted in instructions; there is nothing of net/ "
                              "inside"}};
    }

    [[nodiscard]] Answer of_an_ipi(const Lone &lone) const {
        const auto found = ipis_.find(lone.row);
        if (found == ipis_.end()) return std::nullopt;
        return Verdict{lone.only(), found->second};
    }

    [[nodiscard]] Answer lost(const Lone &lone) const {
        const auto found = lost_.find(lone.row);
        if (found == lost_.end()) return std::nullopt;
        return Verdict{RowMark::lost, found->second};
    }

    [[nodiscard]] Answer configured(const Lone &lone) const {
        std::string fact = deciding_fact(lone.name(), left_.side.info, right_.side.info);
        if (fact.empty()) return std::nullopt;
        return Verdict{lone.only(), {ReasonCode::configuration, "configuration", std::move(fact)}};
    }

    [[nodiscard]] Answer moved(const Lone &lone) const {
        if (moved_to_[lone.row] == npos) return std::nullopt;
        const Row &other = rows_[moved_to_[lone.row]];
        const std::string where = std::string(side_name(lone.there.side.info.kind)) + " call " +
                                  std::to_string(lone.there.tree.number(lone.left ? other.right : other.left));
        return Verdict{RowMark::order, {ReasonCode::none, "in another order", where + ", under the same caller"}};
    }

    // The same call under the same caller on both sides, but not at the same place: pairs them, first with first.
    void find_moved() {
        moved_to_.assign(rows_.size(), npos);
        struct Waiting {
            std::vector<std::uint32_t> left, right; // rows
        };
        std::map<std::pair<std::uint32_t, std::uint32_t>, Waiting> by_caller_and_name;
        for (std::uint32_t i = 0; i < rows_.size(); ++i) {
            const Row &row = rows_[i];
            if (row.left != npos && row.right != npos) continue;
            const std::uint32_t name = row.left != npos ? left_.names[row.left] : right_.names[row.right];
            Waiting &w = by_caller_and_name[{row.parent, name}];
            (row.left != npos ? w.left : w.right).push_back(i);
        }
        for (const auto &[key, w] : by_caller_and_name)
            for (std::size_t i = 0; i < std::min(w.left.size(), w.right.size()); ++i) {
                moved_to_[w.left[i]] = w.right[i];
                moved_to_[w.right[i]] = w.left[i];
            }
    }

    std::vector<Row> &rows_;
    const Compared &left_, &right_;
    const StackEvidence stacks_;
    RowReasons lost_, ipis_;
    std::vector<std::uint32_t> moved_to_; // by row
};
} // namespace

void explain_missing(std::vector<Row> &rows, const Compared &left, const Compared &right) {
    Explainer(rows, left, right).run();
}

} // namespace skbscope::trace
