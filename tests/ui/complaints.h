// SPDX-License-Identifier: GPL-2.0-or-later
// Warnings of Qt and QML (a binding that failed, a property that is not there), for tests that take them for failures.
#pragma once

#include <QString>
#include <QStringList>

namespace skbscope::ui::test {

inline QStringList &complaints() {
    static QStringList list;
    return list;
}

// For qInstallMessageHandler().
inline void listen(QtMsgType type, const QMessageLogContext &, const QString &text) {
    if (type >= QtWarningMsg && !text.contains(QLatin1String("XDG_RUNTIME_DIR"))) complaints() << text;
}

} // namespace skbscope::ui::test
