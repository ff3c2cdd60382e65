// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/recent_files.h"

#include "trace/trace_argument.h"

#include <QFileInfo>
#include <QSettings>

namespace skbscope::ui {

namespace {
const QString key = QStringLiteral("recentFiles");
QSettings settings() {
    return QSettings(QStringLiteral("skbscope"), QStringLiteral("window"));
}
} // namespace

QStringList RecentFiles::files() const {
    return settings().value(key).toStringList();
}

// Read anew: another window may have opened something meanwhile.
void RecentFiles::add(const QString &path) {
    QStringList list = files();
    list.removeAll(path);
    list.prepend(path);
    settings().setValue(key, list.mid(0, most));
}

void RecentFiles::forget(const QString &path) {
    QStringList list = files();
    if (list.removeAll(path) > 0) settings().setValue(key, list);
}

bool RecentFiles::isMissing(const QString &path) {
    return !QFileInfo::exists(path) &&
           !QFileInfo::exists(QString::fromStdString(trace::parse_trace_argument(path.toStdString()).file));
}

} // namespace skbscope::ui
