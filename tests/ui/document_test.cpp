// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/ui/fixture.h"
#include "ui/models/call_window.h"
#include "ui/models/markup.h"
#include "ui/models/session.h"

#include <gtest/gtest.h>
#include <iostream>

using namespace skbscope;
using namespace skbscope::ui;

TEST(TraceDocument, Dump) {
    Session s(SKBSCOPE_SOURCE_DIR);
    s.open(TraceDocument::build(test::udpVeth()));
    const auto *d = s.selection.document();
    std::cerr << "rows " << d->rows().size() << " steps " << d->steps().size() << " unexplained "
              << d->comparison()->unexplained << "\n";
    for (quint32 i = 0; i < d->steps().size(); ++i) {
        s.selection.setStep(i);
        std::cerr << i << (d->steps()[i].late ? " late " : " ") << s.banner.call().toStdString() << " | "
                  << s.banner.plain().toStdString() << " | " << s.banner.place().toStdString() << " | "
                  << s.banner.context().toStdString() << "\n";
        std::cerr << "      " << plainText(moveSentence(s.memory.map())).toStdString()
                  << " :: " << s.memory.agreement().toStdString() << " :: " << s.bytes.note().toStdString() << "\n";
    }
}
