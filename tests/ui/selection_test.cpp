// SPDX-License-Identifier: GPL-2.0-or-later
// One selection: what is chosen in any pane is what all of them show.
#include "tests/ui/keys_fixture.h"
#include "ui/views/row_list.h"

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::Keys;

// Whatever is selected in a pane, one turn of the event loop later every pane shows what a window that was opened there
// shows.
class OneSelection : public Keys {
protected:
    // What this window shows now, and what a session shows that was opened here.
    void expectAsOpenedHere(const std::string &where) {
        Session fresh{QStringLiteral(SKBSCOPE_SOURCE_DIR)};
        fresh.open(TraceDocument::build(ui::test::udpVeth()));
        fresh.map.setZoom(s().map.zoom());
        fresh.differences.setOpen(s().differences.isOpen());
        fresh.selection.setSide(s().selection.side());
        fresh.selection.setStep(s().selection.step());
        fresh.selection.pin(s().selection.pinned());
        fresh.selection.hover(s().selection.hovered());
        fresh.calls.unfoldAll(), s().calls.unfoldAll(); // folds are the user's, not the selection's
        ASSERT_EQ(ui::test::contentsAtAllDistances(s()), ui::test::contentsAtAllDistances(fresh)) << where;
        ++tried;
        at("ip_rcv_core");
        s().selection.letGo();
        QTest::qWait(5);
    }
    // Some of the regions of a drawn pane, clicked.
    void clickIn(const char *type) {
        const std::vector<Region> regions = view(type)->list().regions; // as they are before anything is clicked
        ASSERT_FALSE(regions.empty()) << type;
        for (std::size_t i = 0; i < regions.size(); i += 1 + regions.size() / 12) {
            const QPointF at = view(type)->mapToScene(regions[i].rect.center() * controller.unit());
            QTest::mouseClick(window, Qt::LeftButton, Qt::NoModifier, at.toPoint());
            QCoreApplication::processEvents(); // one turn
            expectAsOpenedHere(type + (' ' + regions[i].id.toStdString()));
            if (HasFatalFailure()) return;
        }
    }
    int tried = 0;
};

TEST_F(OneSelection, ADrawnPaneUpdatesAllOthersAtOnce) {
    at("ip_rcv_core");
    QTest::qWait(50);
    for (const char *type : {"CallsView", "MemoryView", "BytesView", "TimelineView"})
        ASSERT_NO_FATAL_FAILURE(clickIn(type));
    EXPECT_GT(tried, 35);
}

TEST_F(OneSelection, TheMapUpdatesAllOthersAtEachDistance) {
    at("ip_rcv_core");
    for (const MapModel::Zoom zoom : {MapModel::overviewZoom, MapModel::wayZoom, MapModel::layerZoom}) {
        s().map.setZoom(zoom);
        QTest::qWait(50);
        tried = 0;
        ASSERT_NO_FATAL_FAILURE(clickIn("StackView"));
        EXPECT_GT(tried, 3) << zoom;
    }
}

// Panes that are lists: source, function card, differences, and the rows that a screen reader presses.
TEST_F(OneSelection, ListsUpdateAllOthersAtOnce) {
    at("ip_rcv_core");
    const auto turn = [this](const std::string &where) {
        QCoreApplication::processEvents();
        expectAsOpenedHere(where);
    };
    const auto &rows = s().selection.document()->rows();
    for (quint32 row = 3; row < rows.size(); row += quint32(rows.size() / 6)) {
        controller.hoverCall(int(row));
        ASSERT_NO_FATAL_FAILURE(turn("hovered source line"));
        controller.pinCall(int(row));
        ASSERT_NO_FATAL_FAILURE(turn("pinned source line"));
        controller.goToCall(int(row));
        ASSERT_NO_FATAL_FAILURE(turn("source line"));
    }
    s().differences.setOpen(true);
    ASSERT_GT(s().differences.rowCount(), 5);
    for (int line = 1; line < s().differences.rowCount(); line += s().differences.rowCount() / 6) {
        if (s().differences.headOf(line) == line) continue; // folds
        s().differences.choose(line);
        ASSERT_NO_FATAL_FAILURE(turn("difference"));
    }
    int lists = 0;
    for (RowList *list : window->findChildren<RowList *>()) {
        if (list->count() == 0) continue;
        ++lists;
        for (int row = 0; row < list->count(); row += 1 + list->count() / 4) {
            list->press(row);
            ASSERT_NO_FATAL_FAILURE(turn("row of " + list->name().toStdString()));
        }
    }
    EXPECT_GE(lists, 5);
    EXPECT_GT(tried, 40);
}
} // namespace
