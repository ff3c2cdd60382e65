// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/trace_files.h"

#include "trace/trace_argument.h"
#include "trace/what_if.h"
#include "ui/models/app_words.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

#include <QDir>
#include <QFileInfo>

namespace skbscope::ui {

tl::expected<Document, QString> readDocument(const QString &argument) {
    trace::TraceArgument wanted = trace::parse_trace_argument(argument.toStdString());
    if (QFileInfo::exists(argument)) wanted = {argument.toStdString()}; // a name that ends in ":model"
    auto trace = trace::read_any_trace(wanted.file);
    if (!trace) return tl::unexpected(qs(trace.error().message()));
    if (wanted.side || wanted.run) {
        auto side = trace::side_of(*trace, wanted);
        if (!side) return tl::unexpected(appWords(side.error().message()));
        std::vector<trace::Side> only{std::move(*side)};
        trace->sides = std::move(only);
    }
    return TraceDocument::build(std::move(*trace));
}

QString whyNotSaved(const TraceDocument &document) {
    if (!areAlike(document) || trace::is_what_if(document.trace())) return {};
    return phrase("TraceFiles", "Two %1s do not fit into one trace file. Each of them can be saved alone.")
        .arg(QLatin1String(trace::side_name(document.trace().sides[0].info.kind)));
}

tl::expected<void, QString> saveDocument(const TraceDocument &document, const QString &path, bool replace) {
    if (const QString why = whyNotSaved(document); !why.isEmpty()) return tl::unexpected(why);
    const QFileInfo file(path);
    if (!file.dir().exists())
        return tl::unexpected(
            phrase("TraceFiles", "%1: there is no such folder; choose another place").arg(file.dir().path()));
    if (file.isDir()) return tl::unexpected(phrase("TraceFiles", "%1: is a folder; name a file in it").arg(path));
    if (!replace && file.exists())
        return tl::unexpected(phrase("TraceFiles", "%1: is there already; choose another name").arg(path));
    if (auto written = trace::write_trace(document.trace(), path.toStdString()); !written)
        return tl::unexpected(qs(written.error().message()));
    return {};
}

Document compareSides(const ComparedSide &a, const ComparedSide &b) {
    const bool swapped = a.kind == SideKind::kernel && b.kind == SideKind::model;
    const ComparedSide &left = swapped ? b : a, &right = swapped ? a : b;
    const trace::Trace &l = left.document->trace(), &r = right.document->trace();
    trace::Trace both;
    both.scenario_name =
        l.scenario_name == r.scenario_name ? l.scenario_name : l.scenario_name + " and " + r.scenario_name;
    if (l.scenario_text == r.scenario_text) both.scenario_text = l.scenario_text;
    both.sides = {*left.document->side(left.kind)->side, *right.document->side(right.kind)->side};
    if (both.sides[0].info.kind == both.sides[1].info.kind) {
        both.sides[0].info.facts.insert_or_assign(std::string(comparedFact), left.name.toStdString());
        both.sides[1].info.facts.insert_or_assign(std::string(comparedFact), right.name.toStdString());
    }
    both.cut = l.cut || r.cut;
    both.cut_note = l.cut ? l.cut_note : r.cut_note;
    return TraceDocument::build(std::move(both));
}

bool isTraceFile(const QString &path) {
    const QString suffix = QFileInfo(path).suffix();
    return suffix == QLatin1String("skbt") || suffix == QLatin1String("tree");
}

bool isScenarioFile(const QString &path) {
    const QString suffix = QFileInfo(path).suffix();
    return suffix == QLatin1String("yaml") || suffix == QLatin1String("yml");
}

QString withTilde(const QString &path) {
    const QString home = QDir::homePath();
    const bool inside = home.size() > 1 && path.startsWith(home + u'/');
    return inside ? u'~' + path.mid(home.size()) : path;
}

QString withoutTilde(const QString &path) {
    if (path == QLatin1String("~")) return QDir::homePath();
    return path.startsWith(QLatin1String("~/")) ? QDir::homePath() + path.mid(1) : path;
}

} // namespace skbscope::ui
