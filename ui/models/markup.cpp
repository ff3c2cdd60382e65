// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/markup.h"

namespace skbscope::ui {

QString richText(const QString &markup, const QString &monoFamily, const QString &codeStyle) {
    QString out;
    bool inCode = false, inBold = false;
    for (qsizetype i = 0; i < markup.size(); ++i) {
        const QChar c = markup[i];
        if (c == QLatin1Char('`')) {
            out += inCode ? QStringLiteral("</span>")
                          : QStringLiteral("<span style=\"font-family:'%1';%2\">").arg(monoFamily, codeStyle);
            inCode = !inCode;
        } else if (c == QLatin1Char('*') && i + 1 < markup.size() && markup[i + 1] == QLatin1Char('*')) {
            out += inBold ? QStringLiteral("</b>") : QStringLiteral("<b>");
            inBold = !inBold;
            ++i;
        } else {
            out += QString(c).toHtmlEscaped();
        }
    }
    return out;
}

QString plainText(const QString &markup) {
    QString out = markup;
    out.remove(QLatin1Char('`'));
    out.remove(QStringLiteral("**"));
    return out;
}

QString code(const QString &name) {
    return QLatin1Char('`') + name + QLatin1Char('`');
}
QString bold(const QString &text) {
    return QStringLiteral("**") + text + QStringLiteral("**");
}

} // namespace skbscope::ui
