// SPDX-License-Identifier: GPL-2.0-or-later
// Finds English where a text should be Italian. Code, paths and quoted names are the kernel's and stay.
#pragma once

#include <QRegularExpression>
#include <QString>
#include <QStringList>

namespace skbscope::ui::test {

// Without what is set in code: `ip_rcv`, mono spans of rich text, tags, a command in brackets: (ip address flush dev
// a).
inline QString withoutCode(QString text) {
    static const QRegularExpression quiet(QStringLiteral(
        "`[^`]*`|\\(ip [^)]*\\)|<span style=\"font-family[^>]*>.*?</span>|<[^>]*>|\\S*[_/]\\S*|\\S*[.=:]\\S+"));
    return text.remove(quiet);
}

// Words that Italian does not have, and that no English sentence is long without. Empty: none was found.
inline QStringList englishWords(const QString &text) {
    static const QRegularExpression word(
        QStringLiteral("\\b(the|is|are|was|were|of|and|with|which|what|when|where|from|not|this|that|nothing|it|its|be|"
                       "by|here|there|to|for|at|has|have|does|you|your|who|how|than|then|only|its|been|no longer|"
                       "enter|closes|opens|choose|packet|call|calls|side|sides|run|file|trace|traces|open|another|next|"
                       "step|right|wrong|lost|saved|queue|address|device)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    QStringList out;
    QString prose = withoutCode(text);
    for (const char *term : {"socket di tipo packet", "raw e packet", "receive packet"}) // said so in Italian
        prose.remove(QLatin1String(term));
    for (auto at = word.globalMatch(prose); at.hasNext();)
        out << at.next().captured();
    out.removeAll(QStringLiteral("file")); // said so in Italian, too
    out.removeAll(QStringLiteral("File"));
    return out;
}

} // namespace skbscope::ui::test
