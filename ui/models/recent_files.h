// SPDX-License-Identifier: GPL-2.0-or-later
// The trace files that were opened or saved last, newest first, kept in the user's settings.
#pragma once

#include <QStringList>

namespace skbscope::ui {

class RecentFiles {
public:
    static constexpr int most = 12;
    void add(const QString &path);
    void forget(const QString &path);
    [[nodiscard]] QStringList files() const;
    [[nodiscard]] static bool isMissing(const QString &path);
};

} // namespace skbscope::ui
