// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/scenes/overview_scene.h"
#include "ui/scenes/parts.h"

#include <QStringList>
#include <algorithm>

namespace skbscope::ui {

namespace {
QString lengthWords(const OverviewQueue &q) {
    QString out = grouped(q.length);
    if (q.limit && q.bytes)
        return out + phrase("WaitingPart", " · %1 of %2 KiB").arg((q.bytes + 1023) / 1024).arg(q.limit / 1024);
    return q.limit ? out + QLatin1Char('/') + grouped(q.limit) : out;
}

QString tipOf(const OverviewQueue &q) {
    QStringList out{q.name};
    if (q.instances) out << phrase("WaitingPart", "holds NAPI instances");
    if (!q.packets.empty()) {
        QStringList ids;
        for (std::size_t i = 0; i < q.packets.size() && i < 8; ++i)
            ids << QStringLiteral("#%1").arg(q.packets[i]);
        out << phrase("WaitingPart", "in it: ") + ids.join(QStringLiteral(", ")) +
                   (q.packets.size() > 8 ? QStringLiteral(" ...") : QString());
    }
    if (q.inferred) out << phrase("WaitingPart", "inferred from what functions returned: no record tells of it");
    return out.join(QStringLiteral("; "));
}

// The list's name without what all of them share; the tip has it whole.
QString shortName(const OverviewQueue &q) {
    QString name = q.name;
    name.replace(QLatin1String("input_pkt_queue"), QLatin1String("backlog"));
    if (name.startsWith(QLatin1String("sk_"))) name.remove(0, 3);
    return name.replace(QLatin1String("_queue"), QString());
}
} // namespace

void drawWaiting(DisplayList &list, const OverviewQueue &q, const QRectF &rect) {
    const Ink words = q.length ? Ink::ink : Ink::ink3;
    Box frame{rect, 4, q.current ? std::optional<Ink>(Ink::nowRow) : std::nullopt};
    frame.stroke = Stroke{q.current ? Ink::nowMark : Ink::lineS, q.current ? 2.0 : 1.0};
    if (q.inferred) frame.stroke->dash = {4, 3};
    list.add(frame);
    const qreal middle = rect.center().y();
    const QString count = lengthWords(q);
    const qreal countWide = runWidth({count, words, 650}, 12);
    list.text({rect.right() - 5, middle + 4.3}, 12, count, words, 650, Anchor::end);
    // Slots take what the name leaves.
    const qreal room = rect.width() - countWide - 16;
    const QString name = shortName(q);
    const qreal nameWide = std::min(runWidth({name, words, 400}, 12), std::max(40.0, room - 15));
    list.add(Label{{rect.left() + 5, middle + 4.3}, 12, {{name, words}}, Anchor::start, nameWide + 1});
    const int shownSlots = std::min(6, int((room - nameWide - 6) / 11));
    qreal x = rect.right() - 9 - countWide - 11.0 * shownSlots;
    for (int i = 0; i < shownSlots; ++i, x += 11) {
        Box slot{QRectF(x, middle - 5.5, 9, 11), q.instances ? 4.5 : 1.5};
        slot.stroke = Stroke{Ink::lineS, 1.2};
        if (quint32(i) < q.length) slot.fill = Ink::ink2;
        list.add(slot);
    }
    list.region(rect, QStringLiteral("waiting:%1").arg(q.place), tipOf(q));
}

} // namespace skbscope::ui
