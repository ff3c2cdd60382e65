// SPDX-License-Identifier: GPL-2.0-or-later
// The one selection: which step, which side, and what is pointed at. Every pane derives what it shows from here and
// from the document; no pane keeps a position of its own.
#pragma once

#include "ui/models/trace_document.h"

#include <QObject>

namespace skbscope::ui {

// A run of bytes counted from skb->head, and the header field it is, where a field was chosen. length 0: nothing.
struct ByteRange {
    int offset = 0, length = 0;
    QString field; // "IPv4.checksum"; empty: bare bytes
    [[nodiscard]] bool contains(int byte) const { return byte >= offset && byte < offset + length; }
    bool operator==(const ByteRange &) const = default;
};

// A thing that panes show in their own ways (link.h finds them). Hover previews it, a pin stays.
struct Linked {
    enum Kind : quint8 { nothing, call, bytes, field, station, queue };
    Kind kind = nothing;
    quint32 row = npos;   // call: of the document
    ByteRange range = {}; // bytes
    QString name = {};    // field: of the sk_buff, skb_fields.h
    int place = -1;       // station, queue: Station of journey.h
    [[nodiscard]] bool isNothing() const { return kind == nothing; }
    bool operator==(const Linked &) const = default;

    [[nodiscard]] static Linked ofCall(quint32 row) { return {call, row}; }
    [[nodiscard]] static Linked ofBytes(const ByteRange &range) {
        return range.length > 0 ? Linked{bytes, npos, range} : Linked{};
    }
    [[nodiscard]] static Linked ofField(const QString &name) { return {field, npos, {}, name}; }
    [[nodiscard]] static Linked ofStation(int at) { return {station, npos, {}, {}, at}; }
    [[nodiscard]] static Linked ofQueue(int at) { return {queue, npos, {}, {}, at}; }
};

class Selection : public QObject {
    Q_OBJECT
    Q_PROPERTY(int step READ stepInt WRITE setStepInt NOTIFY stepChanged)
    Q_PROPERTY(int steps READ stepCount NOTIFY stepCountChanged)
    Q_PROPERTY(bool kernelSide READ kernelSide NOTIFY sideChanged)

public:
    explicit Selection(QObject *parent = nullptr) : QObject(parent) {}

    // Shows `document` from its first step on. Null: nothing is open.
    void setDocument(std::shared_ptr<const TraceDocument> document);
    // The same trace, and more of it: stays at the step where it is, wherever that stands now.
    void grow(std::shared_ptr<const TraceDocument> document);
    [[nodiscard]] const TraceDocument *document() const { return document_.get(); }
    [[nodiscard]] const std::shared_ptr<const TraceDocument> &sharedDocument() const { return document_; }
    [[nodiscard]] bool isEmpty() const { return !document_ || document_->steps().empty(); }

    [[nodiscard]] quint32 step() const { return step_; }
    void setStep(quint32 step); // clamped to the document
    [[nodiscard]] int stepInt() const { return int(step_); }
    void setStepInt(int step) { setStep(step < 0 ? 0 : quint32(step)); }
    [[nodiscard]] int stepCount() const { return isEmpty() ? 0 : int(document_->steps().size()); }
    void setRow(quint32 row); // its first step

    // Whose state the middle panes show. Falls back to the side there is.
    [[nodiscard]] SideKind side() const;
    void setSide(SideKind side);
    [[nodiscard]] bool kernelSide() const { return side() == SideKind::kernel; }

    // Hover previews, a pin stays; link() is the hovered one, else the pinned one.
    [[nodiscard]] const Linked &hovered() const { return hover_; }
    [[nodiscard]] const Linked &pinned() const { return pin_; }
    [[nodiscard]] const Linked &link() const { return hover_.isNothing() ? pin_ : hover_; }
    void hover(const Linked &link);
    void pin(const Linked &link); // pinning what is pinned again lets it go
    void letGo();                 // of both

signals:
    void stepCountChanged();
    void documentChanged();
    // Before documentGrew(), while both are there: for whoever keeps steps.
    void documentGrowing(const skbscope::ui::TraceDocument *before, const skbscope::ui::TraceDocument *now);
    void documentGrew(); // also when the step has another number now, which stepChanged does not tell
    void stepChanged(quint32 from, quint32 to);
    void sideChanged();
    void linkChanged();

private:
    std::shared_ptr<const TraceDocument> document_;
    quint32 step_ = 0;
    SideKind side_ = SideKind::model;
    Linked hover_, pin_;
};

// The same step of a document that holds more of the same trace.
[[nodiscard]] quint32 stepInGrown(const TraceDocument &before, quint32 step, const TraceDocument &now);

} // namespace skbscope::ui
