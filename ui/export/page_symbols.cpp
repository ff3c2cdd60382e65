// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/export/page_symbols.h"

#include "ui/display/marks.h"
#include "ui/display/textures.h"
#include "ui/export/svg_text.h"

#include <algorithm>
#include <cmath>

namespace skbscope::ui {

namespace {
QByteArray n(qreal value) {
    return svgNumber(value, 1).toLatin1();
}
QByteArray n(int value) {
    return QByteArray::number(value);
}
template <class... T> QByteArray array(const T &...parts) {
    QByteArray out = "[";
    ((out += parts, out += ','), ...);
    out.back() = ']';
    return out;
}
int inkNumber(const std::optional<Ink> &ink) {
    return ink ? int(*ink) : -1;
}
} // namespace

// '<' could end the script element or begin a comment in it, whatever JSON thinks of it.
QByteArray jsonText(const QString &text) {
    QString out = QStringLiteral("\"");
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool pair = c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair)
            out += c, out += text[++i];
        else if (c == QLatin1Char('"') || c == QLatin1Char('\\'))
            out += QLatin1Char('\\'), out += c;
        else if (c < QLatin1Char(' ') || c == QLatin1Char('<') || c == QLatin1Char('>') || c == QLatin1Char('&') ||
                 c.isSurrogate() || c.unicode() == 0x2028 || c.unicode() == 0x2029)
            out += QStringLiteral("\\u%1").arg(uint(c.unicode()), 4, 16, QLatin1Char('0'));
        else
            out += c;
    }
    return (out + QLatin1Char('"')).toUtf8();
}

int SymbolTable::add(const QByteArray &json) {
    const auto it = numbers_.constFind(json);
    if (it != numbers_.constEnd()) return *it;
    numbers_.insert(json, int(values_.size()));
    values_.push_back(json);
    bytes_ += json.size() + 1;
    return int(values_.size()) - 1;
}

QByteArray SymbolTable::json() const {
    QByteArray out = "[";
    for (const QByteArray &value : values_)
        out += (out.size() > 1 ? ",\n" : "") + value;
    return out + "]";
}

int PageSymbols::text(const QString &text) {
    return texts_.add(jsonText(text));
}

int PageSymbols::pattern(Texture texture, const QRectF &bounds) {
    if (texture == Texture::none) return -1;
    const QSizeF tile = textureTile(texture).size;
    const QPointF at = textureOrigin(texture, bounds);
    return patterns_.add(array(n(int(texture)), n(at.x() - std::floor(at.x() / tile.width()) * tile.width()),
                               n(at.y() - std::floor(at.y() / tile.height()) * tile.height())));
}

int PageSymbols::style(const std::optional<Ink> &fill, Texture texture, const QRectF &bounds,
                       const std::optional<Stroke> &stroke, qreal alpha) {
    const Stroke s = stroke.value_or(Stroke{});
    QByteArray dash;
    for (const qreal d : s.dash)
        dash += (dash.isEmpty() ? "" : " ") + n(d);
    return styles_.add(array(n(inkNumber(fill)), n(pattern(texture, bounds)), n(stroke ? int(s.ink) : -1), n(s.width),
                             n(int(s.round)), svgNumber(stroke ? s.alpha : 1).toLatin1(), svgNumber(alpha).toLatin1(),
                             '"' + dash + '"'));
}

void PageSymbols::addLabel(std::vector<int> &ids, const Label &label) {
    for (const SetRun &set : typeset(label)) {
        if (set.run.text.isEmpty()) continue;
        const int font = fonts_.add(array(svgNumber(label.size).toLatin1(), n(int(set.run.ink)), n(set.run.weight),
                                          n(int(set.run.mono)), n(int(set.run.italic)), n(inkNumber(label.halo))));
        QByteArray item = "[2," + n(font) + ',' + n(text(set.run.text)) + ',' + n(set.width) + ',';
        if (label.upward)
            item += n(set.dx) + ",0," + n(label.at.x()) + ',' + n(label.at.y());
        else
            item += n(label.at.x() + set.dx) + ',' + n(label.at.y());
        ids.push_back(items_.add(item + ']'));
    }
}

void PageSymbols::add(std::vector<int> &ids, const Item &item) {
    if (const auto *b = std::get_if<Box>(&item))
        ids.push_back(items_.add(array("0", n(style(b->fill, b->texture, b->rect, b->stroke, 1)), n(b->rect.x()),
                                       n(b->rect.y()), n(b->rect.width()), n(b->rect.height()), n(b->radius))));
    else if (const auto *p = std::get_if<Path>(&item))
        ids.push_back(items_.add(array("1", n(style(p->fill, p->texture, p->path.boundingRect(), p->stroke, p->alpha)),
                                       n(paths_.add('"' + svgPath(p->path, 1).toLatin1() + '"')))));
    else if (const auto *l = std::get_if<Label>(&item))
        addLabel(ids, *l);
    else if (const auto *m = std::get_if<Mark>(&item))
        ids.push_back(items_.add(array("3", n(int(m->mark)), n(m->rect.x()), n(m->rect.y()), n(m->rect.width()))));
}

int PageSymbols::list(const DisplayList &list, int base) {
    std::vector<int> ids;
    for (const Item &item : list.items)
        add(ids, item);
    return this->list(ids, base);
}

// [base, taken from its start, taken from its end, what stands between...]
int PageSymbols::list(const std::vector<int> &ids, int base) {
    const QByteArray key(reinterpret_cast<const char *>(ids.data()), qsizetype(ids.size() * sizeof(int)));
    const auto it = listNumbers_.constFind(key);
    if (it != listNumbers_.constEnd()) return *it;
    std::size_t head = 0, tail = 0;
    if (base >= 0) {
        const std::vector<int> &other = lists_[std::size_t(base)];
        const std::size_t most = std::min(ids.size(), other.size());
        while (head < most && ids[head] == other[head])
            ++head;
        while (tail < most - head && ids[ids.size() - 1 - tail] == other[other.size() - 1 - tail])
            ++tail;
    }
    listsJson_ += (lists_.empty() ? "[" : ",\n[") + n(base) + ',' + n(int(head)) + ',' + n(int(tail));
    for (std::size_t i = head; i < ids.size() - tail; ++i)
        listsJson_ += ',' + n(ids[i]);
    listsJson_ += ']';
    listNumbers_.insert(key, int(lists_.size()));
    lists_.push_back(ids);
    return int(lists_.size()) - 1;
}

// Each mark's items as a list, each texture's tile: [width, height, ground, item].
QByteArray PageSymbols::marks() {
    QByteArray marks = "[", tiles = "[";
    for (std::size_t i = 0; i < markCount; ++i) {
        DisplayList list;
        list.items = markShape(static_cast<trace::RowMark>(i));
        marks += (i ? "," : "") + n(this->list(list, -1));
    }
    for (std::size_t i = 0; i < textureCount; ++i) {
        const TextureTile tile = textureTile(static_cast<Texture>(i));
        std::vector<int> ids;
        if (tile.lines) add(ids, *tile.lines);
        tiles += (i ? "," : "") + array(n(tile.size.width()), n(tile.size.height()), n(inkNumber(tile.ground)),
                                        n(ids.empty() ? -1 : ids[0]));
    }
    return "\"marks\":" + marks + "],\n\"tiles\":" + tiles + "]";
}

QByteArray PageSymbols::json() {
    const QByteArray shapes = marks(); // adds to the tables
    return shapes + ",\n\"patterns\":" + patterns_.json() + ",\n\"styles\":" + styles_.json() +
           ",\n\"fonts\":" + fonts_.json() + ",\n\"texts\":" + texts_.json() + ",\n\"paths\":" + paths_.json() +
           ",\n\"items\":" + items_.json() + ",\n\"lists\":[" + listsJson_ + "]";
}

qsizetype PageSymbols::bytes() const {
    return texts_.bytes() + paths_.bytes() + items_.bytes() + styles_.bytes() + listsJson_.size();
}

} // namespace skbscope::ui
