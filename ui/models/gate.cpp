// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/gate_parts.h"

#include "ui/models/banner_model.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <algorithm>
#include <tuple>

namespace skbscope::ui {

namespace {
constexpr std::size_t mostAnswers = 5;
constexpr std::array words = {"pointer", "function", "queue", "runner", "outcome", "freer"};

Made made(const GateSpot &spot, GateKind kind) {
    switch (kind) {
    case GateKind::pointer:
        return pointerGate(spot);
    case GateKind::function:
        return functionGate(spot);
    case GateKind::queue:
        return queueGate(spot);
    case GateKind::runner:
        return runnerGate(spot);
    case GateKind::outcome:
        return outcomeGate(spot);
    case GateKind::freer:
        return freerGate(spot);
    }
    return tl::unexpected(QString());
}
} // namespace

QString gateWord(GateKind kind) {
    return QLatin1String(words[std::size_t(kind)]);
}

std::optional<GateKind> gateNamed(const QString &word) {
    for (const GateKind kind : allGateKinds)
        if (gateWord(kind) == word) return kind;
    return {};
}

const GateAnswer &Gate::truth() const {
    return *std::find_if(answers.begin(), answers.end(), [](const GateAnswer &a) { return a.right; });
}

Gate gateFor(const GateSpot &spot, GateKind kind, quint32 target) {
    Gate gate;
    gate.kind = kind;
    gate.side = spot.side;
    gate.step = spot.step;
    gate.target = target;
    return gate;
}

void addRight(Gate &gate, const QString &text) {
    gate.answers.push_back({text, {}, true});
}

void addWrong(Gate &gate, const QString &text, const QString &partly) {
    const GateAnswer answer{text, partly};
    if (gate.answers.size() < mostAnswers && std::count(gate.answers.begin(), gate.answers.end(), answer) == 0)
        gate.answers.push_back(answer);
}

bool isSkbHelper(const DocumentSide &s, quint32 call) {
    const std::string_view file = s.side->function(s.tree.calls[call].fn).file;
    return file == "include/linux/skbuff.h" || file == "net/core/skbuff.c";
}

quint32 callBehind(const DocumentSide &s, quint32 event) {
    quint32 call = s.tree.call_at[event];
    while (call != npos && isSkbHelper(s, call))
        call = s.tree.calls[call].parent;
    return call;
}

QString nextWords(const GateSpot &spot) {
    const Step &next = spot.document->steps()[spot.next];
    const QString name = code(spot.document->rows()[next.row].name);
    return next.late ? phrase("Gate", "%1 goes on. ").arg(name) : phrase("Gate", "Next is %1. ").arg(name);
}

Made makeGate(const TraceDocument &document, quint32 step, SideKind preferred, GateKind kind) {
    if (const QString why = whyNoGate(document, step); !why.isEmpty()) return tl::unexpected(why);
    Made gate = made({&document, step, step + 1, tellingSide(document, step + 1, preferred)}, kind);
    if (!gate) return gate;
    if (gate->answers.size() < 2)
        return tl::unexpected(phrase("Gate", "This trace offers nothing else to choose from here."));
    std::sort(gate->answers.begin(), gate->answers.end(), [](const GateAnswer &a, const GateAnswer &b) {
        return std::tuple(a.pointer, a.amount, a.text) < std::tuple(b.pointer, b.amount, b.text);
    });
    return gate;
}

std::vector<Gate> gatesAt(const TraceDocument &document, quint32 step, SideKind preferred) {
    std::vector<Gate> out;
    for (const GateKind kind : allGateKinds)
        if (Made gate = makeGate(document, step, preferred, kind)) out.push_back(std::move(*gate));
    // What happens right next comes before what needs foresight; that no pointer moves is the least of news.
    std::stable_sort(out.begin(), out.end(), [](const Gate &a, const Gate &b) {
        const auto rank = [](const Gate &g) {
            const bool nothing = g.kind == GateKind::pointer && g.truth().pointer == SkbPointer::none;
            return nothing ? 0xffffffffU : g.target - g.step;
        };
        return rank(a) < rank(b);
    });
    return out;
}

QString whyNoGate(const TraceDocument &document, quint32 step) {
    if (step + 1 < document.steps().size()) return {};
    return phrase("Gate", "This is the last step: nothing is left to predict.");
}

} // namespace skbscope::ui
