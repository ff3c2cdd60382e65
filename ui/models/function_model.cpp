// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/function_model.h"

#include "trace/duration.h"
#include "trace/return_value.h"
#include "ui/models/app_words.h"
#include "ui/models/banner_model.h"
#include "ui/models/cards.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/roles.h"
#include "ui/models/sentences.h"
#include "ui/models/side_words.h"

#include <cctype>

namespace skbscope::ui {

namespace {
constexpr int shownChanges = 8;

// One sentence an event of this step, made now and for this step alone.
QString changeLines(const TraceDocument &d, quint32 step, SideKind preferred) {
    const SideKind kind = tellingSide(d, step, preferred);
    const StepSide here = d.steps()[step].sides[sideIndex(kind)];
    if (!d.side(kind) || !here.own) return {};
    QStringList out;
    int more = 0;
    for (quint32 i = here.begin; i <= here.event; ++i) {
        const QString sentence = eventSentence(*d.side(kind), i);
        if (sentence.isEmpty()) continue;
        if (out.size() < shownChanges)
            out << sentence;
        else
            ++more;
    }
    if (more > 0)
        out << phrase("FunctionModel", "And %1 in this step.")
                   .arg(plural(more, phrase("FunctionModel", "change more"), phrase("FunctionModel", "changes more")));
    return out.join(QLatin1Char(' '));
}

// Written by hand where there is a card; else the catalogue's one line.
void addPurpose(std::vector<PaneRow> &rows, const Card *card, const QString &role, bool curtain) {
    if (!card) {
        if (!role.isEmpty()) rows.push_back({phrase("FunctionModel", "What it does"), role});
        return;
    }
    rows.push_back({phrase("FunctionModel", "What it does"), card->does});
    rows.push_back({phrase("FunctionModel", "Why here"), card->why});
    rows.push_back({phrase("FunctionModel", "Context and locks"), card->context});
    if (!curtain) rows.push_back({phrase("FunctionModel", "What comes next"), card->next});
}

QString contextSentence(const TraceDocument &d, const DocumentRow &row) {
    QString where = contextWords(row.context, row.vector);
    if (!where.isEmpty()) where[0] = where[0].toUpper();
    QString out = phrase("FunctionModel", "%1 on CPU %2").arg(where).arg(row.cpu);
    const trace::Side &side = *d.side(row.firstSide())->side;
    if (row.host > 0 && row.host < side.hosts.size())
        out += phrase("FunctionModel", ", host ") + qs(side.hosts[row.host]);
    const std::vector<quint32> up = d.ancestors(row.index);
    const QString call = up.empty() ? QString() : systemCall(d.rows()[up.front()].name.toStdString());
    if (!call.isEmpty()) out += phrase("FunctionModel", ", on the stack of ") + code(call);
    return out + QLatin1Char('.');
}

// "0", "-ENOENT", "true", "0xffff888003c1e0c0"
QString returned(const DocumentSide &s, quint32 call) {
    const trace::Call &c = s.tree.calls[call];
    const std::optional<std::int64_t> value = trace::returned(*s.side, c);
    return value ? qs(trace::return_text(trace::return_kind(s.side->function_name(c.fn)), *value)) : QString();
}

// What each side says, once where both say the same.
template <class Say> QString bySide(const TraceDocument &d, const DocumentRow &row, Say say) {
    QStringList values, parts;
    for (const SideKind kind : bothSides) {
        const quint32 call = row.call[sideIndex(kind)];
        const QString value = call == npos ? QString() : say(*d.side(kind), call);
        if (value.isEmpty()) continue;
        values << value;
        parts << QStringLiteral("%1 (%2)").arg(code(value), sideWord(d, kind));
    }
    const bool same = values.size() == 2 && values[0] == values[1];
    return same ? code(values[0]) : parts.join(QStringLiteral(", "));
}

// In the unit of the kernel's own clock; the model's cost is another thing, and stands apart.
// Of two kernels it is that of the side that is looked at.
QString kernelTimeOf(const TraceDocument &d, const DocumentRow &row, SideKind looked) {
    const SideKind kind = areAlike(d) ? looked : SideKind::kernel;
    const DocumentSide *s = d.side(kind);
    if (!s || s->side->info.kind != SideKind::kernel) return {};
    const quint32 call = row.call[sideIndex(kind)];
    if (call == npos) return phrase("FunctionModel", "%1 shows no such call").arg(sideName(d, kind));
    const std::optional<std::uint64_t> took = trace::duration(*s->side, s->tree.calls[call]);
    const QString whose = areAlike(d) ? sideWord(d, kind) + QStringLiteral(": ") : QString();
    return took ? whose + appWords(trace::duration_text(s->side->info, *took)) +
                      phrase("FunctionModel", ", tracing included")
                : phrase("FunctionModel", "not measured");
}

// No trace holds a cost: its virtual time orders what happens and moves while everybody waits. Only an experiment's
// cost model makes work take time.
QString modelCostOf(const TraceDocument &d, const DocumentRow &row) {
    if (!d.side(SideKind::model) || areAlike(d)) return {};
    return row.call[sideIndex(SideKind::model)] == npos
               ? phrase("FunctionModel", "the model makes no such call")
               : phrase("FunctionModel", "no cost: the model's clock stands still");
}

bool isInferred(const TraceDocument &d, const DocumentRow &row) {
    const quint32 call = row.call[sideIndex(SideKind::kernel)];
    if (call == npos) return false;
    const DocumentSide &s = *d.side(SideKind::kernel);
    return trace::provenance_of(s.event(s.tree.calls[call].enter)) == trace::Provenance::inferred;
}

QString comparisonSentence(const TraceDocument &d, const DocumentRow &row) {
    if (!row.mark) return {};
    QString words = markWords(d, *row.mark);
    if (!words.isEmpty()) words[0] = words[0].toUpper();
    QString out = bold(words);
    if (!row.reason.text.empty()) out += QStringLiteral(": ") + appWords(row.reason.text);
    if (!row.reason.evidence.empty()) out += QStringLiteral(" (") + appWords(row.reason.evidence) + QLatin1Char(')');
    for (const trace::FieldDifference &f : row.fields)
        out += phrase("FunctionModel", "; %1: %2 and %3").arg(appWords(f.field), code(qs(f.left)), code(qs(f.right))) +
               (f.reason.text.empty() ? phrase("FunctionModel", ", unexplained")
                                      : QStringLiteral(", ") + appWords(f.reason.text));
    return out + QLatin1Char('.');
}
} // namespace

FunctionModel::FunctionModel(Selection *selection, LinkModel *link, QObject *parent)
    : PaneModel(parent), selection_(selection), link_(link) {
    connect(link, &LinkModel::updated, this, &FunctionModel::updated);
    connect(selection, &Selection::stepChanged, this, &FunctionModel::update);
    connect(selection, &Selection::documentGrew, this, &FunctionModel::update);
    connect(selection, &Selection::sideChanged, this, &FunctionModel::update);

    update();
}

int FunctionModel::frame() const {
    const auto is = [this](quint32 row) {
        return row != npos && !selection_->isEmpty() && row < selection_->document()->rows().size() &&
               selection_->document()->rows()[row].name == name_;
    };
    return is(link_->frames().pinned.row) ? 2 : is(link_->frames().preview.row) ? 1 : 0;
}

void FunctionModel::setCurtain(bool drawn) {
    if (drawn == curtain_) return;
    curtain_ = drawn;
    update();
}

void FunctionModel::update() {
    name_.clear(), place_.clear(), calledBy_.clear(), kernelTime_.clear(), modelCost_.clear(),
        layer_ = QStringLiteral(" ");
    std::vector<PaneRow> rows;
    if (!selection_->isEmpty()) {
        const TraceDocument &d = *selection_->document();
        const DocumentRow &row = d.rows()[d.steps()[selection_->step()].row];
        const DocumentSide &s = *d.side(row.firstSide());
        const trace::Function f = s.side->function(s.tree.calls[row.call[sideIndex(row.firstSide())]].fn);
        name_ = row.name;
        layer_ = QLatin1Char(trace::layer_letter(row.layer));
        if (!f.file.empty()) place_ = QStringLiteral("%1:%2").arg(qs(f.file)).arg(f.line);
        if (row.parent != npos) calledBy_ = d.rows()[row.parent].name;
        if (const QString text = changeLines(d, selection_->step(), selection_->side()); !text.isEmpty())
            rows.push_back({phrase("FunctionModel", "What changed"), text});
        const Card *card = Cards::builtin().find(name_);
        if (card && place_.isEmpty()) place_ = QStringLiteral("%1:%2").arg(card->file).arg(card->line);
        addPurpose(rows, card, roleWords(f), curtain_);
        rows.push_back({phrase("FunctionModel", "Runs now"), contextSentence(d, row)});
        if (const QString text = comparisonSentence(d, row); !text.isEmpty())
            rows.push_back({whatIfOf(&d)  ? phrase("FunctionModel", "First and changed run")
                            : areAlike(d) ? phrase("FunctionModel", "A and B")
                                          : phrase("FunctionModel", "Model and kernel"),
                            text});
        if (isInferred(d, row))
            rows.push_back(
                {phrase("FunctionModel", "Known from"),
                 phrase("FunctionModel", "The kernel's stack at a later moment: this call is inferred, nothing was "
                                         "read when it ran.")});
        if (const QString text = bySide(d, row, returned); !text.isEmpty() && !curtain_)
            rows.push_back({phrase("FunctionModel", "Returns"), text});
        kernelTime_ = kernelTimeOf(d, row, selection_->side());
        modelCost_ = modelCostOf(d, row);
    }
    setRows(std::move(rows));
}

} // namespace skbscope::ui
