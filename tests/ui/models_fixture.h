// SPDX-License-Identifier: GPL-2.0-or-later
// A session with the recorded udp-veth open, for tests of the models behind the window.
#pragma once

#include "tests/ui/fixture.h"
#include "ui/models/session.h"

#include <gtest/gtest.h>

namespace skbscope::ui::test {

class Models : public testing::Test {
protected:
    Models() { s.open(TraceDocument::build(udpVeth())); }
    void at(const char *name) {
        const auto &rows = s.selection.document()->rows();
        for (quint32 i = 0; i < rows.size(); ++i)
            if (rows[i].name == QLatin1String(name)) return s.selection.setRow(i);
        FAIL() << "no row " << name;
    }
    Session s{QStringLiteral(SKBSCOPE_SOURCE_DIR)};
};

} // namespace skbscope::ui::test
