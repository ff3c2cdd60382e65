// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/source_index.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

namespace skbscope::ui {

namespace {
// A line that may belong to a signature or to the comment above it: not blank, not the end of something else.
bool continuesUp(const QString &line) {
    return !line.trimmed().isEmpty() && !line.startsWith(QLatin1Char('}')) && !line.startsWith(QLatin1Char('#')) &&
           !line.trimmed().endsWith(QLatin1Char(';')) && !line.startsWith(QLatin1String("namespace"));
}

QString nameIn(const QString &signature) {
    static const QRegularExpression call(QStringLiteral("\\b([A-Za-z_]\\w*)\\s*\\("));
    auto it = call.globalMatch(signature);
    while (it.hasNext()) {
        const QString name = it.next().captured(1);
        if (name != QLatin1String("__attribute__") && name != QLatin1String("alignas") &&
            name != QLatin1String("decltype"))
            return name;
    }
    return {};
}

// The line (from 0) that closes the brace open at `from`; the last one if none does. Braces in strings and comments of
// our own source balance well enough that the next line at the same indent settles it.
int closingLine(const QStringList &lines, int open, int indent) {
    for (int i = open + 1; i < lines.size(); ++i)
        if (lines[i].startsWith(QString(indent, QLatin1Char(' ')) + QLatin1Char('}'))) return i;
    return int(lines.size()) - 1;
}

int indentOf(const QString &line) {
    int indent = 0;
    while (indent < line.size() && line[indent] == QLatin1Char(' '))
        ++indent;
    return indent;
}
} // namespace

SourceIndex::SourceIndex(const QString &wanted) : directory_(wanted) {
    if (wanted.isEmpty()) return;
    // The source tree's assets/ lies beside core-stack/, an installed share/skbscope holds it.
    if (!QDir(wanted + QStringLiteral("/core-stack")).exists())
        directory_ = QDir::cleanPath(wanted + QStringLiteral("/.."));
    const QString directory = directory_, root = directory + QStringLiteral("/core-stack");
    if (!QDir(root).exists()) {
        directory_ = wanted;
        return;
    }
    QDirIterator it(root, {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        readFile(path, QDir(directory).relativeFilePath(path));
    }
}

void SourceIndex::readFile(const QString &path, const QString &relative) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return;
    const QString text = QString::fromUtf8(file.readAll());
    if (!text.contains(QLatin1String("TRACE_FN("))) return;
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (int i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        if (!line.startsWith(QLatin1String("TRACE_FN("))) continue;
        int open = i - 1;
        while (open > 0 && !lines[open].trimmed().endsWith(QLatin1Char('{')))
            --open;
        int signature = open;
        while (signature > 0 && continuesUp(lines[signature - 1]) &&
               !lines[signature - 1].trimmed().startsWith(QLatin1String("//")))
            --signature;
        int top = signature;
        while (top > 0 && lines[top - 1].trimmed().startsWith(QLatin1String("//")))
            --top;
        SourceFunction f;
        f.file = relative;
        f.first = top + 1;
        f.trace = i + 1;
        f.last = closingLine(lines, open, indentOf(lines[signature])) + 1;
        f.lines = lines.mid(top, f.last - top);
        const QString name = nameIn(lines.mid(signature, open - signature + 1).join(QLatin1Char(' ')));
        if (!name.isEmpty()) functions_[name].push_back(std::move(f));
    }
}

const SourceFunction *SourceIndex::find(const QString &function, const QString &kernelFile) const {
    const auto it = functions_.find(function);
    if (it == functions_.end()) return nullptr;
    QString ours = QStringLiteral("core-stack/") + kernelFile;
    if (ours.endsWith(QLatin1String(".c"))) ours += QStringLiteral("pp");
    for (const SourceFunction &f : *it)
        if (f.file == ours ||
            (kernelFile.startsWith(QLatin1String("include/")) && f.file == QStringLiteral("core-stack/") + kernelFile))
            return &f;
    return &it->front();
}

} // namespace skbscope::ui
