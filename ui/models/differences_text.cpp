// SPDX-License-Identifier: GPL-2.0-or-later
// What the list of differences says: made for what is shown, when it is shown.
#include "trace/ratio_text.h"
#include "ui/models/app_words.h"
#include "ui/models/differences_model.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

#include <QVariantMap>
#include <algorithm>

namespace skbscope::ui {

QVariantList DifferencesModel::kinds() const {
    std::vector<trace::RowMark> present;
    for (std::size_t i = 0; i < marks; ++i)
        if (counts_[i] > 0) present.push_back(static_cast<trace::RowMark>(i));
    std::sort(present.begin(), present.end(),
              [](auto a, auto b) { return trace::mark_severity(a) > trace::mark_severity(b); });
    QVariantList out;
    for (const trace::RowMark mark : present)
        out << QVariantMap{{QStringLiteral("mark"), int(mark)},
                           {QStringLiteral("words"), markWords(*selection_->document(), mark)},
                           {QStringLiteral("count"), grouped(counts_[std::size_t(mark)])},
                           {QStringLiteral("on"), !hidden_[std::size_t(mark)]}};
    return out;
}

// All three parts of the measure: who has each other's call, who has more, and what stands under another caller.
static QString callsWords(const TraceDocument &document, const trace::CallFidelity &calls) {
    const qint64 more = qint64(calls.ours) - calls.excused - calls.matched;
    const qint64 moved = qint64(calls.matched) - calls.nested;
    QString out = phrase("DifferencesText", "%1 of %2 match").arg(grouped(calls.matched), grouped(calls.reference));
    if (more > 0) out += QStringLiteral(", %1 %2").arg(grouped(more), onlyWords(sideWord(document, SideKind::model)));
    if (moved > 0) out += phrase("DifferencesText", ", %1 in another caller").arg(grouped(moved));
    return QStringLiteral(" (") + out + QLatin1Char(')');
}

QString DifferencesModel::headline() const {
    const trace::Comparison *c = selection_->document() ? selection_->document()->comparison() : nullptr;
    if (!c) return {};
    const auto ratio = [](double value) { return bold(qs(trace::ratio_text(value))); };
    const QString head = areAlike(*selection_->document()) ? phrase("DifferencesText", "Alike: calls ")
                                                           : phrase("DifferencesText", "Fidelity: calls ");
    return head + ratio(c->calls.f1) + callsWords(*selection_->document(), c->calls) +
           phrase("DifferencesText", ", state ") + ratio(c->states.agreement()) +
           phrase("DifferencesText", " (%1 of %2 fields). Unexplained: ")
               .arg(grouped(c->states.agree), grouped(c->states.fields)) +
           bold(grouped(c->unexplained)) +
           (c->exact ? QString()
                     : phrase("DifferencesText",
                              ". Too many calls differ for the best alignment: another may pair more of them"));
}

QString DifferencesModel::found() const {
    qint64 all = 0, shown = 0;
    for (const Group &group : groups_)
        all += qint64(group.of.all.size()), shown += qint64(group.shown.size());
    const QString whole =
        plural(all, phrase("DifferencesText", "difference"), phrase("DifferencesText", "differences"));
    return shown == all ? whole : grouped(shown) + phrase("DifferencesText", " of ") + whole;
}

QString DifferencesModel::nothing() const {
    if (!lines_.empty()) return {};
    if (!selection_->document() || !selection_->document()->comparison())
        return phrase("DifferencesText", "There is one side only: nothing to compare with.");
    if (groups_.empty())
        return phrase("DifferencesText", "%1 and %2 do the same.")
            .arg(sideName(*selection_->document(), SideKind::model),
                 sideName(*selection_->document(), SideKind::kernel));
    if (unexplainedOnly_ && unexplained() == 0) return phrase("DifferencesText", "Each difference has its reason.");
    return phrase("DifferencesText", "No difference is like that.");
}

QString DifferencesModel::countWords(const Group &group) const {
    const auto words = [](const std::vector<Difference> &all) {
        const qint64 calls =
            std::count_if(all.begin(), all.end(), [](const Difference &d) { return d.field == Difference::wholeCall; });
        const qint64 values = qint64(all.size()) - calls;
        QStringList out;
        if (calls > 0) out << plural(calls, phrase("DifferencesText", "call"), phrase("DifferencesText", "calls"));
        if (values > 0) out << plural(values, phrase("DifferencesText", "value"), phrase("DifferencesText", "values"));
        return out.join(QStringLiteral(", "));
    };
    if (group.shown.size() == group.of.all.size()) return words(group.of.all);
    return grouped(qint64(group.shown.size())) + phrase("DifferencesText", " of ") + words(group.of.all);
}

QVariant DifferencesModel::headData(const Group &group, int role) const {
    switch (role) {
    case TextRole:
        return groupTitle(group.of.code) + QStringLiteral(": ") + countWords(group) +
               (group.folded ? phrase("DifferencesText", ", folded") : QString());
    case TitleRole:
        return groupTitle(group.of.code);
    case CountRole:
        return countWords(group);
    case FoldedRole:
        return group.folded;
    case MarkRole:
        return int(markOf(*selection_->document(), group.of.all.front()));
    case HereRole:
        return false;
    default:
        return QString();
    }
}

QVariant DifferencesModel::entryData(const Difference &difference, int role) const {
    const TraceDocument &d = *selection_->document();
    const DocumentRow &row = d.rows()[difference.row];
    const bool here = difference.row == currentRow();
    switch (role) {
    case TextRole:
        return QStringList{row.name, markWords(d, markOf(d, difference)), differenceSentence(d, difference),
                           differencePlace(d, difference)}
                   .join(QStringLiteral(", ")) +
               (here ? phrase("DifferencesText", ", current") : QString());
    case TitleRole:
        return row.name;
    case FoldedRole:
        return false;
    case MarkRole:
        return int(markOf(d, difference));
    case MarkWordsRole:
        return markWords(d, markOf(d, difference));
    case LayerRole:
        return QString(QLatin1Char(trace::layer_letter(row.layer)));
    case SentenceRole:
        return differenceSentence(d, difference);
    case EvidenceRole:
        return appWords(reasonOf(d, difference).evidence);
    case PlaceRole:
        return differencePlace(d, difference);
    case HereRole:
        return here;
    default:
        return QString();
    }
}

int DifferencesModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(lines_.size());
}

QVariant DifferencesModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    if (role < 0 || (role != TextRole && (role < HeadRole || role > HereRole))) return {};
    const Line &line = lines_[std::size_t(index.row())];
    const Group &group = groups_[line.group];
    if (role == HeadRole) return line.entry == npos;
    return line.entry == npos ? headData(group, role) : entryData(group.shown[line.entry], role);
}

QHash<int, QByteArray> DifferencesModel::roleNames() const {
    return {{TextRole, "text"},         {HeadRole, "head"},         {TitleRole, "title"},     {CountRole, "count"},
            {FoldedRole, "folded"},     {MarkRole, "mark"},         {MarkWordsRole, "words"}, {LayerRole, "letter"},
            {SentenceRole, "sentence"}, {EvidenceRole, "evidence"}, {PlaceRole, "place"},     {HereRole, "here"}};
}

} // namespace skbscope::ui
