// SPDX-License-Identifier: GPL-2.0-or-later
// The one selection: which step, which side, which bytes. Every pane derives what it shows from here and from the
// document; no pane keeps a position of its own.
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

    // Hover previews, a pin stays; range() is the hovered one, else the pinned one.
    [[nodiscard]] const ByteRange &range() const { return hover_.length ? hover_ : pin_; }
    [[nodiscard]] const ByteRange &pinned() const { return pin_; }
    void hover(const ByteRange &range);
    void pin(const ByteRange &range); // pinning the pinned range again lets it go

signals:
    void stepCountChanged();
    void documentChanged();
    void documentGrew(); // also when the step has another number now, which stepChanged does not tell
    void stepChanged(quint32 from, quint32 to);
    void sideChanged();
    void rangeChanged();

private:
    std::shared_ptr<const TraceDocument> document_;
    quint32 step_ = 0;
    SideKind side_ = SideKind::model;
    ByteRange hover_, pin_;
};

} // namespace skbscope::ui
