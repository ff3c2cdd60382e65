// SPDX-License-Identifier: GPL-2.0-or-later
// What a page says once and points at by number: words, styles, drawn items, and whole lists as what changed since
// another one. Internal to ui/export/. docs/export.md tells the JSON.
#pragma once

#include "ui/display/display_list.h"
#include "ui/display/typeset.h"

#include <QHash>

namespace skbscope::ui {

// A table of JSON values, each there once.
class SymbolTable {
public:
    int add(const QByteArray &json);
    [[nodiscard]] QByteArray json() const; // an array
    [[nodiscard]] qsizetype bytes() const { return bytes_; }

private:
    QHash<QByteArray, int> numbers_;
    std::vector<QByteArray> values_;
    qsizetype bytes_ = 0;
};

class PageSymbols {
public:
    int text(const QString &text);
    int list(const DisplayList &list, int base); // `base`: a list it is likely to resemble; -1: none
    int list(const std::vector<int> &ids, int base);
    [[nodiscard]] QByteArray marks();      // each mark's items
    [[nodiscard]] QByteArray json();       // members of the page's object, without braces
    [[nodiscard]] qsizetype bytes() const; // about what json() will have

private:
    void add(std::vector<int> &ids, const Item &item);
    int style(const std::optional<Ink> &fill, Texture texture, const QRectF &bounds,
              const std::optional<Stroke> &stroke, qreal alpha);
    int pattern(Texture texture, const QRectF &bounds);
    void addLabel(std::vector<int> &ids, const Label &label);

    SymbolTable texts_, styles_, patterns_, fonts_, paths_, items_;
    QHash<QByteArray, int> listNumbers_;
    std::vector<std::vector<int>> lists_;
    QByteArray listsJson_;
};

[[nodiscard]] QByteArray jsonText(const QString &text); // quoted; safe inside <script>

} // namespace skbscope::ui
