// SPDX-License-Identifier: GPL-2.0-or-later
// Collects what a page holds. Internal to ui/export/: the calls in page_rows.cpp, the steps in page_writer.cpp.
#pragma once

#include "ui/export/page.h"
#include "ui/export/page_symbols.h"
#include "ui/export/view_picture.h"
#include "ui/models/losses.h"

namespace skbscope::ui {

class PageWriter {
public:
    // `document` must outlive this.
    PageWriter(const TraceDocument &document, const PageOptions &options);
    // The JSON; an error as of toPage().
    [[nodiscard]] tl::expected<QByteArray, QString> run();
    [[nodiscard]] const Session &session() const { return session_; }

private:
    void chooseRows();
    [[nodiscard]] QByteArray rows();
    [[nodiscard]] QByteArray row(quint32 row);
    [[nodiscard]] QByteArray barsBefore(quint32 row);
    [[nodiscard]] QByteArray ways(); // where each step leads: over, out, back over, back out
    [[nodiscard]] bool steps(SideKind side, QByteArray &out);
    [[nodiscard]] quint32 stepsToMake() const;
    [[nodiscard]] QByteArray step();
    [[nodiscard]] QByteArray timelineScale() const;
    [[nodiscard]] QByteArray facts();
    [[nodiscard]] int stepNumber(std::optional<quint32> step) const;
    int reader(const PaneModel &model, int place);
    int pane(PaneKind kind);
    [[nodiscard]] QString tooMuch(const QString &what) const;

    const TraceDocument &d_;
    PageOptions o_;
    Session session_;
    PageSymbols symbols_;
    std::vector<quint32> rows_;    // of the document, ascending
    std::vector<int> numberOfRow_; // document row -> place in rows_; -1: not on the page
    std::vector<LossNote> losses_;
    std::array<int, 5> lastPane_; // the list of each pane one step ago
    std::array<int, 5> lastReader_;
    quint32 done_ = 0; // steps
    bool givenUp_ = false;
};

} // namespace skbscope::ui
