// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/gui/view_export.h"

#include "app/cli/assets.h"
#include "app/gui/drawing_application.h"
#include "ui/export/page.h"
#include "ui/export/view_picture.h"
#include "ui/models/call_address.h"
#include "ui/theme/fonts.h"

namespace skbscope::app {

namespace {

OrFailure<quint32> stepOf(const ui::TraceDocument &d, const std::string &option, const std::string &call,
                          const ViewExport &wanted, trace::SideKind side, bool end = false) {
    const auto row = ui::callAt(d, QString::fromStdString(call), side);
    if (!row) return failed(exitBadInput, wanted.file + ": " + option + " " + row.error().toStdString());
    return end ? ui::lastStepOf(d, *row) : d.rows()[*row].firstStep;
}

OrFailure<quint32> shownStep(const ui::TraceDocument &d, const ViewExport &wanted, trace::SideKind side) {
    if (!wanted.at.empty()) return stepOf(d, "--at", wanted.at, wanted, side);
    if (wanted.step < 0) return 0;
    if (std::size_t(wanted.step) < d.steps().size()) return quint32(wanted.step);
    return failed(exitBadInput, wanted.file + ": --step " + std::to_string(wanted.step) +
                                    ": this trace has steps 0 to " + std::to_string(d.steps().size() - 1));
}

OrFailure<std::string> page(const std::shared_ptr<const ui::TraceDocument> &d, const ViewExport &wanted, quint32 start,
                            trace::SideKind side) {
    ui::PageOptions o;
    o.start = start;
    o.side = side;
    if (!wanted.from.empty()) {
        const auto step = stepOf(*d, "--from", wanted.from, wanted, side);
        if (!step) return tl::unexpected(step.error());
        o.first = *step;
    }
    if (!wanted.until.empty()) {
        const auto step = stepOf(*d, "--until", wanted.until, wanted, side, true);
        if (!step) return tl::unexpected(step.error());
        o.last = *step;
    }
    if (o.first > o.last) return failed(exitBadInput, wanted.file + ": --from is behind --until; exchange them");
    const auto html = ui::toPage(*d, o);
    if (!html) return failed(exitBadInput, wanted.file + ": " + html.error().toStdString());
    return html->toStdString();
}

OrFailure<std::string> picture(const ui::Session &session, const ViewExport &wanted) {
    const ui::Palette &palette = wanted.theme == "dark" ? ui::Palette::dark() : ui::Palette::light();
    ui::Picture picture;
    if (wanted.pane == "view") picture = ui::viewPicture(session);
    for (const ui::PaneKind pane : ui::allPanes)
        if (wanted.pane == ui::paneId(pane)) picture = ui::panePicture(session, pane);
    const QByteArray bytes =
        wanted.kind == ViewExport::png ? ui::toPng(picture, palette, wanted.scale) : ui::toSvg(picture, palette);
    return bytes.toStdString();
}

} // namespace

OrFailure<std::string> exportView(trace::Trace trace, const ViewExport &wanted) {
    const DrawingApplication application;
    ui::loadFonts(QString::fromStdString((assetDirectory() / "fonts").string()));
    const auto document = ui::TraceDocument::build(std::move(trace));
    if (document->steps().empty())
        return failed(exitBadInput, wanted.file + ": this trace holds no call: there is nothing to show");
    const trace::SideKind side = wanted.side.value_or(document->firstSide());
    if (!document->side(side))
        return failed(exitBadInput, wanted.file + ": has no " + trace::side_name(side) + " side");
    const OrFailure<quint32> step = shownStep(*document, wanted, side);
    if (!step) return tl::unexpected(step.error());
    if (wanted.kind == ViewExport::page) return page(document, wanted, *step, side);
    ui::Session session;
    session.open(document);
    session.selection.setSide(side);
    session.selection.setStep(*step);
    return picture(session, wanted);
}

} // namespace skbscope::app
