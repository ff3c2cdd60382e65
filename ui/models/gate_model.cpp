// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/gate_model.h"

#include "ui/models/call_number.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr qint64 farthest = 99999; // bytes; more is no packet

bool hasDistance(int pointer) {
    return pointer >= 0 && pointer != int(SkbPointer::none);
}
} // namespace

GateModel::GateModel(Selection *selection, QObject *parent) : QObject(parent), selection_(selection) {
    const auto over = [this] {
        if (gate_) close(false);
    };
    connect(selection, &Selection::stepChanged, this, over);
    connect(selection, &Selection::documentChanged, this, over);
    connect(selection, &Selection::documentGrew, this, over); // its steps have other numbers now
}

bool GateModel::start() {
    refusal_.clear();
    if (selection_->isEmpty()) return refusal_ = phrase("GateModel", "No trace is open."), false;
    const TraceDocument &d = *selection_->document();
    std::vector<Gate> all = gatesAt(d, selection_->step(), selection_->side());
    kinds_.clear();
    for (const Gate &gate : all)
        kinds_.push_back(gate.kind);
    which_ = 0;
    if (all.empty()) {
        refusal_ = whyNoGate(d, selection_->step());
        if (refusal_.isEmpty())
            refusal_ = phrase("GateModel", "Nothing can be asked here: the trace offers no second answer.");
        return false;
    }
    put(std::move(all.front()));
    return true;
}

bool GateModel::start(GateKind kind) {
    refusal_.clear();
    if (selection_->isEmpty()) return refusal_ = phrase("GateModel", "No trace is open."), false;
    auto gate = makeGate(*selection_->document(), selection_->step(), selection_->side(), kind);
    if (!gate) return refusal_ = gate.error(), false;
    kinds_ = {kind};
    which_ = 0;
    put(std::move(*gate));
    return true;
}

void GateModel::say(const QString &question, const QString &because) {
    if (!gate_) return;
    if (!question.isEmpty()) gate_->question = question;
    if (!because.isEmpty()) gate_->because = because + QLatin1Char(' ') + gate_->because;
    emit updated();
}

void GateModel::another() {
    if (!gate_ || kinds_.size() < 2) return;
    which_ = (which_ + 1) % int(kinds_.size());
    auto gate = makeGate(*selection_->document(), gate_->step, selection_->side(), kinds_[std::size_t(which_)]);
    if (gate) put(std::move(*gate));
}

void GateModel::put(std::optional<Gate> gate) {
    gate_ = std::move(gate);
    answered_ = false;
    chosen_ = -1;
    pointer_ = -1;
    amount_ = 0;
    negative_ = false;
    own_.reset();
    map_ = gate_ && gate_->kind == GateKind::pointer ? memoryMapAt(*selection_->document(), gate_->step, gate_->side)
                                                     : MemoryMap{};
    emit updated();
}

void GateModel::close(bool played) {
    put({});
    emit finished(played);
}

QVariantList GateModel::answers() const {
    QVariantList out;
    if (!gate_) return out;
    for (std::size_t i = 0; i < gate_->answers.size(); ++i) {
        const GateAnswer &a = gate_->answers[i];
        const bool mine = int(i) == chosen_;
        // marked only once it was answered: nothing in here may tell before
        out << QVariantMap{{QStringLiteral("text"), a.text},
                           {QStringLiteral("chosen"), mine},
                           {QStringLiteral("right"), answered_ && a.right},
                           {QStringLiteral("wrong"), answered_ && mine && !a.right}};
    }
    return out;
}

void GateModel::choose(int answer) {
    if (!gate_ || answered_ || answer < 0 || answer >= int(gate_->answers.size())) return;
    chosen_ = answer;
    if (isPointers()) {
        const GateAnswer &a = gate_->answers[std::size_t(answer)];
        pointer_ = int(a.pointer);
        amount_ = std::abs(a.amount);
        negative_ = a.amount < 0;
    }
    emit updated();
}

bool GateModel::moves() const {
    return hasDistance(pointer_);
}

void GateModel::choosePointer(int pointer) {
    if (!isPointers() || answered_ || pointer < 0 || pointer >= skbPointers) return;
    pointer_ = pointer;
    emit updated();
}

// Down to fewer, up to more, over zero: the lengths that the answers offer, each in both directions.
void GateModel::nudge(int by) {
    if (!isPointers() || answered_) return;
    std::vector<qint64> all{0};
    for (const GateAnswer &a : gate_->answers)
        if (a.amount != 0) all.insert(all.end(), {a.amount, -a.amount});
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    const qint64 now = negative_ ? -amount_ : amount_;
    const auto next =
        by > 0 ? std::upper_bound(all.begin(), all.end(), now) : std::lower_bound(all.begin(), all.end(), now);
    if (by > 0 ? next == all.end() : next == all.begin()) return;
    const qint64 to = by > 0 ? *next : *std::prev(next);
    amount_ = std::abs(to);
    negative_ = to < 0;
    if (pointer_ < 0 || pointer_ == int(SkbPointer::none)) pointer_ = int(SkbPointer::data);
    emit updated();
}

void GateModel::type(const QString &text) {
    if (!isPointers() || answered_) return;
    if (text == QLatin1String("-"))
        negative_ = !negative_;
    else if (text == QLatin1String("back"))
        amount_ /= 10;
    else if (text.size() == 1 && text[0].isDigit() && amount_ * 10 + text[0].digitValue() <= farthest)
        amount_ = amount_ * 10 + text[0].digitValue();
    else
        return;
    emit updated();
}

void GateModel::dragTo(int byte) {
    if (!isPointers() || answered_) return;
    const trace::Snapshot &skb = map_.skb;
    const auto from = static_cast<SkbPointer>(pointer_);
    if (!hasDistance(pointer_)) pointer_ = int(SkbPointer::data);
    const qint64 at = from == SkbPointer::tail   ? qint64(trace::tail_of(skb))
                      : from == SkbPointer::head ? 0
                      : from == SkbPointer::end  ? qint64(skb.end)
                                                 : qint64(trace::data_of(skb));
    amount_ = std::abs(byte - at);
    negative_ = byte < at;
    emit updated();
}

std::optional<GateAnswer> GateModel::guessed() const {
    if (!isPointers() || pointer_ < 0) return {};
    if (own_) return own_;
    const auto pointer = static_cast<SkbPointer>(pointer_);
    return GateAnswer{{}, {}, false, pointer, pointer == SkbPointer::none ? 0 : negative_ ? -amount_ : amount_};
}

QString GateModel::amountText() const {
    return (negative_ ? QStringLiteral("−") : QStringLiteral("+")) + QString::number(amount_);
}

bool GateModel::isReady() const {
    if (!gate_) return false;
    return isPointers() ? pointer_ == int(SkbPointer::none) || (hasDistance(pointer_) && amount_ > 0) : chosen_ >= 0;
}

void GateModel::answer() {
    if (!isReady() || answered_) return;
    if (isPointers()) {
        const auto pointer = static_cast<SkbPointer>(pointer_);
        GateAnswer mine{{}, {}, false, pointer, pointer == SkbPointer::none ? 0 : negative_ ? -amount_ : amount_};
        mine.text = pointerAnswer(mine.pointer, mine.amount);
        const GateAnswer &truth = gate_->truth();
        mine.right = mine.pointer == truth.pointer && mine.amount == truth.amount;
        if (!mine.right) mine.partly = pointerVerdict(mine, truth);
        own_ = mine;
    }
    answered_ = true;
    emit updated();
}

const GateAnswer *GateModel::guess() const {
    if (!gate_) return nullptr;
    if (isPointers()) return own_ ? &*own_ : nullptr;
    return chosen_ < 0 ? nullptr : &gate_->answers[std::size_t(chosen_)];
}

QString GateModel::yours() const {
    return answered_ && guess() ? guess()->text : QString();
}

QString GateModel::verdict() const {
    if (!answered_ || !guess()) return {};
    if (guess()->right) return phrase("GateModel", "right");
    return guess()->partly.isEmpty() ? phrase("GateModel", "not this one") : guess()->partly;
}

QString GateModel::truthHead() const {
    if (!gate_) return {};
    const TraceDocument &d = *selection_->document();
    // as the banner counts
    const CallNumber call = callNumber(d, d.steps()[gate_->target].row, selection_->side());
    return phrase("GateModel", "Trace, call %1").arg(grouped(call.number));
}

// Which side marks it, and whether the other one shows the same call.
QString GateModel::vouched() const {
    if (!gate_) return {};
    const TraceDocument &d = *selection_->document();
    const QString by = kindWord(gate_->side);
    const DocumentRow &row = d.rows()[d.steps()[gate_->target].row];
    if (!d.hasBoth()) return onlyWords(by);
    return row.mark == trace::RowMark::match ? phrase("Sides", "model and kernel agree")
                                             : phrase("GateModel", "marked by the %1").arg(by);
}

void GateModel::retry() {
    if (!gate_ || !answered_) return;
    answered_ = false;
    chosen_ = -1;
    pointer_ = -1;
    amount_ = 0;
    negative_ = false;
    own_.reset();
    emit updated();
}

void GateModel::play() {
    if (!gate_ || !answered_) return;
    const quint32 target = gate_->target;
    close(true);
    selection_->setStep(target);
}

void GateModel::skip() {
    if (gate_) close(false);
}

} // namespace skbscope::ui
