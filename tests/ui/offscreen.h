// SPDX-License-Identifier: GPL-2.0-or-later
// An application without a screen for the tests of one suite, with the window's own fonts.
#pragma once

#include "ui/theme/fonts.h"

#include <QGuiApplication>
#include <gtest/gtest.h>
#include <memory>

namespace skbscope::ui::test {

class Offscreen : public testing::Test {
protected:
    static void SetUpTestSuite() {
        static int one = 1;
        static char name[] = "tests";
        static char *argv[] = {name, nullptr};
        qputenv("QT_QPA_PLATFORM", "offscreen");
        app = std::make_unique<QGuiApplication>(one, argv);
        loadFonts();
    }
    // Not left to the end of the process: by then Qt's own storage is gone.
    static void TearDownTestSuite() { app.reset(); }
    static inline std::unique_ptr<QGuiApplication> app;
};

} // namespace skbscope::ui::test
