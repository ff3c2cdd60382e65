// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/memory_painter.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <algorithm>

namespace skbscope::ui {

using namespace memory;

namespace {
constexpr qreal gap = 8, middle = partsTop + partsHeight / 2;

QString fitted(const QString &text, qreal size, qreal width) {
    if (runWidth({text}, size) <= width) return text;
    for (qsizetype n = text.size() - 1; n > 0; --n)
        if (const QString cut = text.left(n) + QChar(0x2026); runWidth({cut}, size) <= width) return cut;
    return {};
}
} // namespace

bool MemoryPainter::hasCompanions() const {
    return !map_.freed && (!map_.sharers.empty() || map_.skb.nr_frags > 0 || map_.fragListBytes > 0);
}

// Words before a group; returns where the group begins.
qreal MemoryPainter::caption(qreal x, const QString &text) {
    list_.text({x, middle + 4}, 12, text, Ink::ink2, 600);
    return x + runWidth({text, Ink::ink2, 600}, 12) + gap;
}

// Two structs, one buffer: each further struct is a card that points up to its own data in the bar.
qreal MemoryPainter::sharers(qreal x) {
    x = caption(x, phrase("MemoryCompanions", "same buffer, dataref %1:").arg(map_.skb.dataref));
    for (const MemorySharer &s : map_.sharers) {
        const QString name = QStringLiteral("sk_buff %1").arg(s.packet);
        const QString rest = QStringLiteral("  data %1, len %2").arg(s.data).arg(grouped(s.len));
        const qreal width = runWidth({name, Ink::ink, 650}, 12) + runWidth({rest}, 12) + 16;
        if (x + width > right_) {
            list_.text({x, middle + 4}, 12, QStringLiteral("…"), Ink::ink2);
            break;
        }
        const QRectF rect(x, partsTop, width, partsHeight);
        const qreal to = std::clamp(layout_.x(s.data), left, endX_),
                    from = std::clamp(to, rect.left() + 6, rect.right() - 6);
        list_.line({from, rect.top()}, {from, rect.top() - 7}, {Ink::ink, 1.6});
        list_.line({from, rect.top() - 7}, {to, rect.top() - 7}, {Ink::ink, 1.6});
        list_.line({to, rect.top() - 7}, {to, barBottom + 6}, {Ink::ink, 1.6});
        list_.add(Path{arrowHead({to, barBottom + 1}, 'u', 7, 8), Ink::ink});
        Box box{rect, 5, Ink::panel};
        box.stroke = Stroke{Ink::ink, 1.6};
        list_.add(box);
        list_.add(Label{{x + 8, middle + 4}, 12, {{name, Ink::ink, 650}, {rest, Ink::ink2}}});
        list_.region(rect, QStringLiteral("packet:%1").arg(s.packet),
                     phrase("MemoryCompanions", "A clone: a struct of its own on the same bytes"));
        x += width + gap;
    }
    return x;
}

// Pages lie outside of the buffer; the shared block points at them.
qreal MemoryPainter::pages(qreal x) {
    const LayerInk ink = layerInk('A');
    const bool known = map_.frags.size() == map_.skb.nr_frags;
    x = caption(x, phrase("MemoryCompanions", "frags[%1] in pages:").arg(map_.skb.nr_frags));
    if (!known) {
        list_.text({x, middle + 4}, 12, phrase("MemoryCompanions", "sizes not recorded"), Ink::ink3);
        return x + 120;
    }
    firstPart_ = x + 10;
    const qreal room = right_ - x - (map_.fragListBytes > 0 ? 160 : 0);
    const qreal each = std::min(110.0, room / qreal(map_.frags.size()));
    for (std::size_t i = 0; i < map_.frags.size(); ++i) {
        const QRectF rect(x, partsTop, each - 2, partsHeight);
        list_.add(Box{rect, 0, ink.tint});
        list_.add(Box{QRectF(rect.topLeft(), QSizeF(rect.width(), 6)), 0, {}, ink.strip});
        list_.add(Box{rect,
                      0,
                      {},
                      Texture::none,
                      Stroke{ink.mark, 1.6, map_.fragsInferred ? QVector<qreal>{4, 3} : QVector<qreal>{}}});
        const QString size = QStringLiteral("%1 B").arg(grouped(map_.frags[i]));
        if (runWidth({size}, 12) <= rect.width() - 4)
            list_.text({rect.center().x(), rect.bottom() - 6}, 12, size, ink.text, 600, Anchor::middle);
        list_.region(rect, QStringLiteral("frag:%1").arg(i),
                     map_.fragsInferred ? phrase("MemoryCompanions", "Inferred: data_len grew by so much") : QString());
        x += each;
    }
    return x + gap;
}

// Whole sk_buffs, one after the other.
qreal MemoryPainter::chain(qreal x) {
    const LayerInk ink = layerInk('A');
    x = caption(x, QStringLiteral("frag_list:"));
    if (map_.chain.empty()) {
        list_.text({x, middle + 4}, 12,
                   fitted(phrase("MemoryCompanions", "%1 B in chained sk_buffs, which ones was not recorded")
                              .arg(grouped(map_.fragListBytes)),
                          12, right_ - x),
                   Ink::ink3);
        return right_;
    }
    if (!firstPart_) firstPart_ = x + 10;
    for (const MemoryChained &c : map_.chain) {
        const QString name = QStringLiteral("sk_buff %1").arg(c.packet),
                      size = QStringLiteral("%1 B").arg(grouped(c.len));
        const qreal head = runWidth({name, Ink::ink, 650}, 12) + 14, body = runWidth({size, Ink::ink, 600}, 12) + 22;
        if (x + head + body > right_) {
            list_.text({x, middle + 4}, 12, QStringLiteral("…"), Ink::ink2);
            break;
        }
        if (&c != &map_.chain.front()) {
            list_.line({x - gap - 8, middle}, {x - 8, middle}, {Ink::ink, 1.6});
            list_.add(Path{arrowHead({x - 2, middle}, 'r', 7, 8), Ink::ink});
        }
        const QRectF data(x + head, partsTop, body, partsHeight);
        list_.add(Box{data, 0, ink.tint});
        list_.add(Box{QRectF(data.topLeft(), QSizeF(data.width(), 6)), 0, {}, ink.strip});
        list_.add(Box{data, 0, {}, Texture::none, Stroke{ink.mark, 1.6}});
        list_.text({data.center().x(), data.bottom() - 6}, 12, size, ink.text, 600, Anchor::middle);
        Box box{QRectF(x, partsTop, head, partsHeight), 5, Ink::panel};
        box.stroke = Stroke{Ink::ink, 1.6};
        list_.add(box);
        list_.text({x + 7, middle + 4}, 12, name, Ink::ink, 650);
        list_.region(QRectF(x, partsTop, head + body, partsHeight), QStringLiteral("packet:%1").arg(c.packet));
        x += head + body + gap + 12;
    }
    return x;
}

// From the shared block down to what it points at, below the words under the bar.
void MemoryPainter::linkFromShared() {
    if (!firstPart_) return;
    const qreal from = endX_ + infoWidth / 2, y = partsTop - 7.5;
    const Stroke stroke{Ink::ink, 1.6};
    list_.line({from, barBottom}, {from, y}, stroke);
    list_.line({from, y}, {*firstPart_, y}, stroke);
    list_.add(Path{arrowHead({*firstPart_, partsTop}, 'd', 7, 8), Ink::ink});
}

void MemoryPainter::companions() {
    qreal x = 10;
    if (!map_.sharers.empty()) x = sharers(x);
    if (map_.skb.nr_frags > 0 && x < right_ - 150) x = pages(x);
    if (map_.fragListBytes > 0 && x < right_ - 120) chain(x);
    linkFromShared();
}

qreal MemoryPainter::owner() {
    const qreal y = fieldsY() + 15.5 + (sharesRow() ? 0 : low_ ? 1 : 2) * fieldsRow;
    const Ink strong = map_.owner.kind == Owner::nobody ? Ink::ink3 : Ink::ink;
    list_.text({10, y}, 12.3, phrase("MemoryCompanions", "held by"), Ink::ink3);
    qreal x = 10 + runWidth({phrase("MemoryCompanions", "held by")}, 12.3) + 5;
    const QString who = map_.owner.words, pays = map_.owner.charged.isEmpty() || sharesRow()
                                                     ? QString()
                                                     : phrase("MemoryCompanions", "charged to ") + map_.owner.charged;
    const qreal payWidth = pays.isEmpty() ? 0 : runWidth({pays}, 12.3) + 16;
    const qreal room = sharesRow() ? (right_ - x) / 2 : right_ - x - payWidth;
    const QString shown = fitted(who, 12.3, std::max(60.0, room / 1.08));
    list_.text({x, y}, 12.3, shown, strong, 650);
    x += runWidth({shown, strong, 650}, 12.3) + 16;
    if (!pays.isEmpty() && x + payWidth - 16 <= o_.size.width()) list_.text({x, y}, 12.3, pays, Ink::ink2);
    const qreal end = sharesRow() ? x - 10 : o_.size.width() - 8;
    list_.region(QRectF(8, y - 12.5, end - 8, fieldsRow), QStringLiteral("owner"), ownerWords(map_));
    return x;
}

} // namespace skbscope::ui
