// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/export/page_writer.h"

#include "ui/display/marks.h"
#include "ui/export/page_words.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/stepper.h"
#include "ui/scenes/timeline_scene.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
QByteArray joined(std::initializer_list<int> numbers) {
    QByteArray out = "[";
    for (const int number : numbers)
        out += QByteArray::number(number) + ',';
    out.back() = ']';
    return out;
}
constexpr std::array drawnPanes = {PaneKind::stack, PaneKind::memory, PaneKind::bytes, PaneKind::timeline};
} // namespace

PageWriter::PageWriter(const TraceDocument &document, const PageOptions &options) : d_(document), o_(options) {
    const quint32 steps = quint32(d_.steps().size());
    o_.last = std::min(o_.last, steps == 0 ? 0 : steps - 1);
    o_.first = std::min(o_.first, o_.last);
    o_.start = std::clamp(o_.start, o_.first, o_.last);
    session_.open({std::shared_ptr<void>(), &document}); // not owned
    lastPane_.fill(-1);
    lastReader_.fill(-1);
}

QString PageWriter::tooMuch(const QString &what) const {
    return phrase("PageWriter", "%1; choose a part with skbscope export --from CALL --until CALL (1 to %2)")
        .arg(what)
        .arg(d_.side(o_.side) ? d_.side(o_.side)->tree.calls.size() : d_.rows().size());
}

int PageWriter::stepNumber(std::optional<quint32> step) const {
    return step && *step >= o_.first && *step <= o_.last ? int(*step - o_.first) : -1;
}

QByteArray PageWriter::ways() {
    QByteArray out = "[";
    for (quint32 i = o_.first; i <= o_.last; ++i) {
        const auto to = [&](Stride stride, Direction direction) {
            return stepNumber(stepFrom(d_, i, stride, direction));
        };
        out +=
            (i > o_.first ? "," : "") + joined({numberOfRow_[d_.steps()[i].row], to(Stride::over, Direction::forward),
                                                to(Stride::out, Direction::forward), to(Stride::over, Direction::back),
                                                to(Stride::out, Direction::back)});
    }
    return out + "]";
}

int PageWriter::reader(const PaneModel &model, int place) {
    std::vector<int> ids;
    for (int i = 0; i < model.rowCount(); ++i)
        ids.push_back(symbols_.text(plainText(model.data(model.index(i), PaneModel::TextRole).toString())));
    return lastReader_[std::size_t(place)] = symbols_.list(ids, lastReader_[std::size_t(place)]);
}

int PageWriter::pane(PaneKind kind) {
    int &last = lastPane_[std::size_t(kind)];
    return last = symbols_.list(paneScene(session_, kind, paneSize(kind)), last);
}

QByteArray PageWriter::step() {
    const BannerModel &b = session_.banner;
    QStringList crumbs;
    for (const QString &crumb : b.crumbs())
        crumbs << (crumb.startsWith(QLatin1Char('#')) ? crumb.mid(1) + phrase("PageWriter", " more") : crumb);
    const auto text = [this](const QString &words) { return symbols_.text(words); };
    return joined({text(b.sentence()), text(crumbs.join(QStringLiteral(" › "))), text(b.call()), text(b.place()),
                   text(b.contextTitle()), text(b.context()), b.contextKind(), text(session_.memory.agreement()),
                   session_.memory.mark(), text(session_.bytes.note()), pane(PaneKind::stack), pane(PaneKind::memory),
                   pane(PaneKind::bytes), pane(PaneKind::timeline), reader(session_.stack, 0),
                   reader(session_.memory, 1), reader(session_.bytes, 2), reader(session_.headers, 3)});
}

quint32 PageWriter::stepsToMake() const {
    return (o_.last - o_.first + 1) * (d_.hasBoth() ? 2 : 1);
}

bool PageWriter::steps(SideKind side, QByteArray &out) {
    out += "\"" + QByteArray(trace::side_name(side)) + "\":[";
    if (d_.side(side)) {
        session_.selection.setSide(side);
        for (quint32 i = o_.first; i <= o_.last; ++i) {
            session_.selection.setStep(i);
            out += (i > o_.first ? ",\n" : "") + step();
            if (symbols_.bytes() + out.size() > o_.mostBytes) return false;
            if (o_.progress && !o_.progress(++done_, stepsToMake())) return givenUp_ = true, false;
        }
    }
    out += "]";
    return true;
}

// x = left + slot * row, in the timeline's own pixels.
QByteArray PageWriter::timelineScale() const {
    const QSizeF size = paneSize(PaneKind::timeline);
    const qreal left = timelineX(session_.timeline, size, 0), slot = timelineX(session_.timeline, size, 1) - left;
    return "[" + QByteArray::number(left) + "," + QByteArray::number(slot, 'g', 9) + "]";
}

QByteArray PageWriter::facts() {
    QByteArray out = "\"words\":" + pageWords() + ",\"name\":" + jsonText(session_.name()) +
                     ",\"kernelLine\":" + jsonText(plainText(session_.kernelLine())) +
                     ",\"kernelHead\":" + jsonText(session_.kernelHead()) +
                     ",\"timeUnit\":" + jsonText(session_.calls.timeUnit()) +
                     ",\"warning\":" + jsonText(session_.warning()) + ",\"facts\":[";
    QStringList facts = session_.facts();
    if (!session_.fidelity().isEmpty()) facts << session_.fidelity();
    for (const QString &fact : facts)
        out += (out.endsWith('[') ? "" : ",") + jsonText(plainText(fact));
    out += "],\"markWords\":[";
    for (std::size_t i = 0; i < markCount; ++i)
        out += (i ? "," : "") + jsonText(markWords(static_cast<trace::RowMark>(i)));
    out += "],\"inks\":[";
    for (std::size_t i = 0; i < inkCount; ++i)
        out += (i ? ",\"" : "\"") + QByteArray(inkName(static_cast<Ink>(i))) + '"';
    out += "],\"panes\":[";
    for (const PaneKind kind : drawnPanes)
        out += (kind == drawnPanes.front() ? "" : ",") + QByteArray("{\"id\":\"") + paneId(kind) +
               "\",\"title\":" + jsonText(paneTitle(kind)) + ",\"question\":" + jsonText(paneQuestion(kind)) +
               ",\"size\":" + joined({int(paneSize(kind).width()), int(paneSize(kind).height())}) + "}";
    return out + "]";
}

tl::expected<QByteArray, QString> PageWriter::run() {
    if (d_.steps().empty())
        return tl::unexpected(phrase("PageWriter", "this trace holds no call: there is nothing to step"));
    const quint32 count = o_.last - o_.first + 1;
    if (count > o_.mostSteps)
        return tl::unexpected(tooMuch(phrase("PageWriter", "%1 steps are too many for a page, which holds %2")
                                          .arg(grouped(count), grouped(o_.mostSteps))));
    chooseRows();
    const QByteArray calls = rows();
    QByteArray steps;
    for (const SideKind side : bothSides) {
        if (side == SideKind::kernel) steps += ",\n";
        const bool whole = this->steps(side, steps);
        if (givenUp_) return tl::unexpected(QString());
        if (!whole)
            return tl::unexpected(tooMuch(phrase("PageWriter", "the page would be larger than %1 MB")
                                              .arg(double(o_.mostBytes) / (1 << 20), 0, 'g', 3)));
    }
    return "{" + facts() + ",\n\"start\":" + QByteArray::number(o_.start - o_.first) + ",\"side\":\"" +
           trace::side_name(o_.side) + "\",\"timeline\":" + timelineScale() + ",\n\"rows\":" + calls +
           ",\n\"ways\":" + ways() + ",\n" + steps + ",\n" + symbols_.json() + "}";
}

} // namespace skbscope::ui
