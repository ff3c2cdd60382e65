// SPDX-License-Identifier: GPL-2.0-or-later
// Finding headers and fields, once they are decoded.
#include "ui/models/decode.h"

#include <algorithm>

namespace skbscope::ui {

QString ipText(quint32 a) {
    return QStringLiteral("%1.%2.%3.%4").arg(a >> 24).arg(a >> 16 & 255).arg(a >> 8 & 255).arg(a & 255);
}

const HeaderField *Header::field(const QString &wanted) const {
    for (const HeaderField &f : fields)
        if (f.name == wanted) return &f;
    return nullptr;
}

const Header *headerAt(const std::vector<Header> &headers, int byte) {
    for (const Header &h : headers)
        if (byte >= h.offset && byte < h.offset + h.length) return &h;
    return nullptr;
}

const HeaderField *fieldAt(const std::vector<Header> &headers, int byte) {
    const Header *h = headerAt(headers, byte);
    if (!h) return nullptr;
    for (const HeaderField &f : h->fields)
        if (byte >= f.offset && byte < f.offset + f.length) return &f;
    return nullptr;
}

} // namespace skbscope::ui
