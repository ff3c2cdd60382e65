// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/text_search.h"

#include "ui/models/effects.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/roles.h"
#include "ui/models/sentences.h"

namespace skbscope::ui {

namespace {
constexpr qint64 sliceMs = 5;
constexpr quint32 shortTrace = 500; // rows that are looked at in any case before begin() returns
constexpr qint64 shortestPause = 200, pauseShare = 10;
} // namespace

TextSearch::TextSearch(QObject *parent) : QObject(parent) {
    connect(&timer_, &QTimer::timeout, this, &TextSearch::goOn);
}

void TextSearch::begin(const TraceDocument *document, const QString &text) {
    stop();
    document_ = document;
    wanted_ = QStringMatcher(text, Qt::CaseInsensitive);
    slice(sliceMs, shortTrace);
    if (!document_) return;
    told_.start();
    timer_.start(0);
}

void TextSearch::stop() {
    timer_.stop();
    document_ = nullptr;
    next_ = 0;
    pause_ = 0;
    found_ = {};
    roles_ = {};
    contexts_ = {};
}

int TextSearch::percent() const {
    return document_ ? int(quint64(next_) * 100 / document_->rows().size()) : 100;
}

void TextSearch::goOn() {
    slice(sliceMs, 1);
    if (!document_) timer_.stop();
    if (!document_ || told_.elapsed() >= pause_) tell();
}

// Whoever shows what was found lays out all of it anew: the more that costs, the more seldom it is told.
void TextSearch::tell() {
    told_.start();
    emit found();
    pause_ = std::max(shortestPause, told_.elapsed() * pauseShare);
    told_.start();
}

void TextSearch::slice(qint64 ms, quint32 atLeast) {
    QElapsedTimer timer;
    timer.start();
    const auto rows = quint32(document_->rows().size());
    for (quint32 seen = 0; next_ < rows && (seen < atLeast || timer.elapsed() < ms); ++seen, ++next_)
        if (tells(next_)) found_.push_back(next_);
    if (next_ == rows) document_ = nullptr;
}

bool TextSearch::roleTells(SideKind kind, trace::FunctionId fn) {
    std::vector<quint8> &known = roles_[sideIndex(kind)];
    if (known.size() <= fn) known.resize(std::size_t(fn) + 1, unknown);
    if (known[fn] == unknown) known[fn] = has(roleWords(document_->side(kind)->side->function(fn))) ? yes : no;
    return known[fn] == yes;
}

bool TextSearch::contextTells(const DocumentSide &side, quint32 call) {
    const trace::Context context = trace::context_of(side.enterOf(call));
    const quint8 vector = side.softirqAt(side.tree.calls[call].enter);
    quint8 &known = contexts_[std::size_t(context) << 8 | vector];
    if (known == unknown) known = has(contextWords(context, vector)) ? yes : no;
    return known == yes;
}

// The cheap questions first.
bool TextSearch::tells(quint32 row) {
    const SideKind first = document_->sideOf(row);
    if (contextTells(*document_->side(first), document_->callOf(row, first))) return true;
    for (const SideKind kind : bothSides) {
        const quint32 call = document_->callOf(row, kind);
        if (call == npos) continue;
        const DocumentSide &s = *document_->side(kind);
        if (roleTells(kind, s.tree.calls[call].fn)) return true;
        for (const quint32 event : s.effectsOf(call))
            if (has(effectChip(s, event)) || has(plainText(effectClause(s, event)))) return true;
    }
    const bool mayHaveReason = document_->comparison() && document_->markOf(row) != trace::RowMark::match;
    return mayHaveReason && has(document_->rows()[row].reasonWords());
}

} // namespace skbscope::ui
