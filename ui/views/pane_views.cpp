// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/views/pane_views.h"

#include "ui/models/losses.h"
#include "ui/models/side_words.h"
#include "ui/scenes/big_memory_scene.h"
#include "ui/scenes/big_stack_scene.h"
#include "ui/scenes/bytes_scene.h"
#include "ui/scenes/calls_scene.h"
#include "ui/scenes/memory_map_scene.h"
#include "ui/scenes/overview_scene.h"
#include "ui/scenes/stack_map_scene.h"
#include "ui/scenes/timeline_scene.h"
#include "ui/views/window_controller.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace skbscope::ui {

namespace {
// "row:12" with "row" -> 12; -1 for another id.
int numberAfter(const QString &id, const char *kind) {
    const QString prefix = QLatin1String(kind) + QLatin1Char(':');
    return id.startsWith(prefix) ? id.mid(prefix.size()).toInt() : -1;
}
QString textAfter(const QString &id, const char *kind) {
    const QString prefix = QLatin1String(kind) + QLatin1Char(':');
    return id.startsWith(prefix) ? id.mid(prefix.size()) : QString();
}
// What a region of the tree, the map or the timeline stands for.
Linked linkOf(const QString &id) {
    for (const char *kind : {"row", "tag"})
        if (const int row = numberAfter(id, kind); row >= 0) return Linked::ofCall(quint32(row));
    if (const int station = numberAfter(id, "station"); station >= 0) return Linked::ofStation(station);
    if (const int station = numberAfter(id, "queue"); station >= 0) return Linked::ofQueue(station);
    return {};
}
} // namespace

// -- calls
void CallsView::attach() {
    Session &s = controller()->session();
    connect(&s.calls, &CallRowsModel::updated, this, &CallsView::invalidate);
    connect(&s.link, &LinkModel::updated, this, &CallsView::invalidate);
    connect(&s.breakpoints, &BreakpointsModel::updated, this, &CallsView::invalidate);
    connect(&s.find, &FindModel::updated, this, &CallsView::invalidate);
    connect(&s.selection, &Selection::stepChanged, this, [this] { scroll_ = 0; });
}

DisplayList CallsView::build(const QSizeF &size) {
    const Session &s = controller()->session();
    const TraceDocument *document = s.selection.document();
    return callsScene(s.calls, {size, controller()->rowHeight(), scroll_, s.kernelHead(),
                                document ? lostText(*document) : QStringLiteral("0"), s.unexplained(), s.link.frames(),
                                &s.breakpoints, &s.find, sideHead(document, SideKind::model),
                                markWords(document, trace::RowMark::model_only),
                                markWords(document, trace::RowMark::kernel_only)});
}

void CallsView::activate(const QString &id) {
    Session &s = controller()->session();
    if (const int row = numberAfter(id, "fold"); row >= 0) return s.calls.toggle(quint32(row));
    if (const int row = numberAfter(id, "row"); row >= 0) return s.selection.setRow(quint32(row));
    if (const int row = numberAfter(id, "gap"); row >= 0) return s.filter.reveal(quint32(row));
    if (id == QLatin1String("earlier")) scroll({}, -20);
}

void CallsView::point(const QString &id) {
    controller()->session().selection.hover(linkOf(id));
}

void CallsView::pin(const QString &id) {
    if (const Linked link = linkOf(id); !link.isNothing()) controller()->session().selection.pin(link);
}

bool CallsView::isReachable(const QString &id) const {
    return id.startsWith(QLatin1String("row:")) || id.startsWith(QLatin1String("gap:"));
}

bool CallsView::scroll(QPointF, int lines) {
    const CallRowsModel &calls = controller()->session().calls;
    const int rows = int(calls.visible().size()), now = int(calls.place(calls.currentRow()));
    scroll_ = std::clamp(scroll_ + lines, -now - 1, rows - now);
    invalidate();
    return true;
}

// -- stack map
void StackView::attach() {
    connect(&controller()->session().stack, &StackMapModel::updated, this, &StackView::invalidate);
    connect(&controller()->session().map, &MapModel::updated, this, &StackView::invalidate);
    connect(&controller()->session().link, &LinkModel::updated, this, &StackView::invalidate);
    connect(&controller()->motion(), &Motion::progressed, this, &StackView::invalidate);
}

StackSceneOptions StackView::options(const QSizeF &size) const {
    const StackMapModel &stack = controller()->session().stack;
    const bool sameWay =
        stack.before().leftHost == stack.map().leftHost && stack.before().rightHost == stack.map().rightHost;
    return {size, sameWay ? stack.before().token : Station::none, controller()->motion().progress(),
            controller()->session().link.frames()};
}

DisplayList StackView::build(const QSizeF &size) {
    const MapModel &map = controller()->session().map;
    if (map.zoom() == MapModel::overviewZoom) return overviewScene(map.overview(), size);
    if (map.zoom() == MapModel::layerZoom) return layerScene(map.layer(), size);
    return stackMapScene(controller()->session().stack.map(), options(size));
}

DisplayList BigStackView::build(const QSizeF &size) {
    return bigStackScene(controller()->session().stack.map(), options(size));
}
qreal BigStackView::unit() const {
    return controller()->present().pixel();
}

void StackView::point(const QString &id) {
    controller()->session().selection.hover(linkOf(id));
}

void StackView::pin(const QString &id) {
    if (const Linked link = linkOf(id); !link.isNothing()) controller()->session().selection.pin(link);
}

bool StackView::scroll(QPointF, int lines) {
    MapModel &map = controller()->session().map;
    map.setZoomInt(map.zoomInt() + (lines < 0 ? 1 : -1));
    return true;
}

// A station is gone to, a queue has nowhere to go: it is pinned.
void StackView::activate(const QString &id) {
    Session &s = controller()->session();
    if (const int row = numberAfter(id, "row"); row >= 0) return s.selection.setRow(quint32(row));
    if (const int packet = numberAfter(id, "packet"); packet > 0)
        for (const OverviewToken &token : s.map.overview().tokens)
            if (int(token.packet) == packet && token.step != npos) return s.selection.setStep(token.step);
    if (numberAfter(id, "queue") >= 0) return pin(id);
    const int station = numberAfter(id, "station");
    if (station < 0) return;
    if (const MapBox *box = controller()->session().stack.map().box(static_cast<Station>(station)))
        controller()->session().selection.setStep(box->step);
}

// -- memory map
void MemoryView::attach() {
    connect(&controller()->session().memory, &MemoryMapModel::updated, this, &MemoryView::invalidate);
    connect(&controller()->session().link, &LinkModel::updated, this, &MemoryView::invalidate);
    connect(&controller()->motion(), &Motion::progressed, this, &MemoryView::invalidate);
}

DisplayList MemoryView::build(const QSizeF &size) {
    const Session &s = controller()->session();
    return memoryMapScene(s.memory.map(), {size, controller()->motion().progress(), s.link.frames()});
}

DisplayList BigMemoryView::build(const QSizeF &size) {
    const Session &s = controller()->session();
    return bigMemoryScene(s.memory.map(), {size, controller()->motion().progress(), s.link.frames()});
}
qreal BigMemoryView::unit() const {
    return controller()->present().pixel();
}

static ByteRange segmentRange(const MemoryMap &map, int from) {
    for (const MemorySegment &s : map.segments)
        if (s.from == from && s.state != MemorySegment::freeRoom) return {s.from, s.length(), s.name};
    return {};
}

static Linked memoryLink(const MemoryMap &map, const QString &id) {
    if (const int from = numberAfter(id, "segment"); from >= 0) return Linked::ofBytes(segmentRange(map, from));
    const QString field = textAfter(id, "skb");
    return skbFieldNamed(field) ? Linked::ofField(field) : Linked{};
}

void MemoryView::activate(const QString &id) {
    if (const Linked link = memoryLink(controller()->session().memory.map(), id); !link.isNothing())
        controller()->session().selection.pin(link);
}

void MemoryView::point(const QString &id) {
    controller()->session().selection.hover(memoryLink(controller()->session().memory.map(), id));
}

// -- bytes
void BytesView::attach() {
    connect(&controller()->session().headers, &HeadersModel::updated, this, [this] {
        // what was scrolled to is kept, but not into a buffer that begins elsewhere
        const int row = packetRow(controller()->session().bytes.view());
        if (std::exchange(packetRow_, row) != row) byteScroll_ = -1;
        invalidate();
    });
    connect(&controller()->session().link, &LinkModel::updated, this, &BytesView::invalidate);
    connect(&controller()->session().selection, &Selection::stepChanged, this, [this] { headerScroll_ = -1; });
}

DisplayList BytesView::build(const QSizeF &size) {
    return bytesScene(controller()->session().headers,
                      {size, byteScroll_, headerScroll_, controller()->session().link.frames()});
}

static ByteRange rangeFor(const BytesModel &bytes, const QString &id) {
    if (const int byte = numberAfter(id, "byte"); byte >= 0) return bytes.rangeAt(byte);
    if (const QString field = textAfter(id, "field"); !field.isEmpty()) return bytes.rangeOf(field);
    if (const QString header = textAfter(id, "header"); !header.isEmpty()) return bytes.rangeOf(header);
    return {};
}

void BytesView::activate(const QString &id) {
    if (const ByteRange range = rangeFor(controller()->session().bytes, id); range.length > 0)
        controller()->session().selection.pin(Linked::ofBytes(range));
}

void BytesView::point(const QString &id) {
    controller()->session().selection.hover(Linked::ofBytes(rangeFor(controller()->session().bytes, id)));
}

bool BytesView::scroll(QPointF at, int lines) {
    const HeadersModel &headers = controller()->session().headers;
    if (at.x() > bytesGridWidth()) {
        const int from = headerScroll_ < 0 ? headers.focusLine() : headerScroll_;
        headerScroll_ = std::clamp(from + lines, 0, std::max(0, int(headers.lines().size()) - 1));
    } else {
        const int rows = int(controller()->session().bytes.view().cells.size()) / 16;
        byteScroll_ = std::clamp((byteScroll_ < 0 ? packetRow_ : byteScroll_) + lines, 0, std::max(0, rows - 1));
    }
    invalidate();
    return true;
}

// -- timeline
void TimelineView::attach() {
    Session &s = controller()->session();
    connect(&s.timeline, &TimelineModel::updated, this, &TimelineView::invalidate);
    connect(&s.link, &LinkModel::updated, this, &TimelineView::invalidate);
    connect(&s.breakpoints, &BreakpointsModel::updated, this, &TimelineView::invalidate);
    connect(&s.measure, &Measure::updated, this, &TimelineView::invalidate);
    connect(&s.find, &FindModel::updated, this, &TimelineView::invalidate);
}

DisplayList TimelineView::build(const QSizeF &size) {
    const Session &s = controller()->session();
    return timelineScene(s.timeline, {size, s.link.frames(), &s.breakpoints, &s.measure, &s.find});
}

void TimelineView::point(const QString &id) {
    controller()->session().selection.hover(linkOf(id));
}

// By keys: a click has scrubbed there already.
void TimelineView::activate(const QString &id) {
    if (const int row = numberAfter(id, "tag"); row >= 0) controller()->session().selection.setRow(quint32(row));
}

void TimelineView::pin(const QString &id) {
    if (const Linked link = linkOf(id); !link.isNothing()) controller()->session().selection.pin(link);
}

// Scrubbing shows end states only.
void TimelineView::drag(QPointF at) {
    Session &s = controller()->session();
    controller()->motion().setJumping(true);
    s.selection.setRow(timelineRowAt(s.timeline, size() / controller()->unit(), at.x()));
    controller()->motion().setJumping(false);
}

// The wheel zooms where it points: in a timeline there is nothing else to look for.
bool TimelineView::scroll(QPointF at, int lines) {
    TimelineModel &timeline = controller()->session().timeline;
    timeline.zoom(std::pow(1.25, lines), timelinePlaceAt(timeline, size() / controller()->unit(), at.x()));
    return true;
}

} // namespace skbscope::ui
