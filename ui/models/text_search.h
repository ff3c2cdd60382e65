// SPDX-License-Identifier: GPL-2.0-or-later
// Looks for words in what is told about each call: its role, its context, what it did, why the sides differ. The texts
// of millions of events are neither kept nor made at once: a text is made, looked at and let go, in slices of some
// milliseconds between which the window goes on. A short trace is done with before begin() returns.
#pragma once

#include "ui/models/trace_document.h"

#include <QElapsedTimer>
#include <QObject>
#include <QStringMatcher>
#include <QTimer>

namespace skbscope::ui {

class TextSearch : public QObject {
    Q_OBJECT

public:
    explicit TextSearch(QObject *parent = nullptr);

    // `document` must live until stop(), or until another one begins.
    void begin(const TraceDocument *document, const QString &text);
    void stop();
    [[nodiscard]] bool isRunning() const { return document_ != nullptr; }
    [[nodiscard]] int percent() const; // of the rows that were looked at
    // Rows found since they were last taken, ascending, behind all that were taken before.
    [[nodiscard]] std::vector<quint32> take() { return std::exchange(found_, {}); }

signals:
    void found(); // there is more to take, or the search is at its end; never within begin()

private:
    enum Known : quint8 { unknown, no, yes };
    void goOn();
    void tell();
    void slice(qint64 ms, quint32 atLeast); // rows
    [[nodiscard]] bool tells(quint32 row);
    [[nodiscard]] bool roleTells(SideKind kind, trace::FunctionId fn);
    [[nodiscard]] bool contextTells(const DocumentSide &side, quint32 call);
    [[nodiscard]] bool has(const QString &text) const { return wanted_.indexIn(text) >= 0; }

    const TraceDocument *document_ = nullptr;
    QStringMatcher wanted_;
    quint32 next_ = 0; // the row that is looked at next
    std::vector<quint32> found_;
    std::array<std::vector<quint8>, 2> roles_; // by side and function: Known
    std::array<quint8, 0x10000> contexts_{};   // by context and softirq: Known
    QTimer timer_;
    QElapsedTimer told_;
    qint64 pause_ = 0; // ms until what was found since is told
};

} // namespace skbscope::ui
