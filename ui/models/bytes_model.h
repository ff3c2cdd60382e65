// SPDX-License-Identifier: GPL-2.0-or-later
// The packet's bytes from head on, and the headers they mean: the same fields on both sides, so that a byte points at
// its field and a field at its bytes.
#pragma once

#include "ui/models/decode.h"
#include "ui/models/moment.h"
#include "ui/models/pane_model.h"

namespace skbscope::ui {

struct ByteCell {
    bool known = false;
    quint8 value = 0;
    char layer = ' ';       // ' ': no header, free room
    bool inPacket = false;  // between data and tail
    bool differs = false;   // the other side has another value here
    bool explained = false; // ... and the comparison knows why
};

struct ByteTable {
    bool present = false;
    std::vector<ByteCell> cells; // from head, a multiple of 16
    std::vector<Header> headers;
    int differing = 0, unexplained = 0;
    QString note; // "6 bytes random by design"
};
// The row of 16 cells in which the packet begins, its outermost header that is still there included: a card's buffers
// begin with 64 bytes of free room and more.
[[nodiscard]] int packetRow(const ByteTable &table);
[[nodiscard]] ByteTable bytesAt(const TraceDocument &document, quint32 step, SideKind side);

// Fields that share a line of the header list.
struct HeaderLine {
    int header = 0;          // index into ByteTable::headers
    std::vector<int> fields; // indices into its fields; empty: the header's own line
};
[[nodiscard]] std::vector<HeaderLine> headerLines(const std::vector<Header> &headers);
// The words of one field in such a line, markup: "TTL **64**".
[[nodiscard]] QString fieldWords(const Header &header, const HeaderField &field);

class BytesModel : public PaneModel {
    Q_OBJECT
    Q_PROPERTY(QString note READ note NOTIFY updated)

public:
    explicit BytesModel(Selection *selection, QObject *parent = nullptr);
    [[nodiscard]] const ByteTable &view() const { return view_; }
    [[nodiscard]] const Selection &selection() const { return *selection_; }
    [[nodiscard]] QString note() const { return view_.note; }
    // The field a byte belongs to, else the byte alone.
    [[nodiscard]] ByteRange rangeAt(int byte) const;
    [[nodiscard]] ByteRange rangeOf(const QString &fieldId) const;

private:
    void update();
    Selection *selection_;
    ByteTable view_;
};

// The header lines, for readers and tests; drawn from BytesModel's view.
class HeadersModel : public PaneModel {
    Q_OBJECT

public:
    explicit HeadersModel(BytesModel *bytes, QObject *parent = nullptr);
    [[nodiscard]] const std::vector<HeaderLine> &lines() const { return lines_; }
    [[nodiscard]] const BytesModel &bytes() const { return *bytes_; }
    // The line a reader wants first: the selected field's, else that of the layer the current function works on.
    [[nodiscard]] int focusLine() const;

private:
    void update();
    BytesModel *bytes_;
    std::vector<HeaderLine> lines_;
};

} // namespace skbscope::ui
