// SPDX-License-Identifier: GPL-2.0-or-later
// The scenes for a projector, of every bundled trace and run: no letter too small, none outside of its pane, none on
// another.
#include "tests/ui/bundled.h"
#include "tests/ui/label_rects.h"
#include "tests/ui/offscreen.h"
#include "ui/models/memory_map_model.h"
#include "ui/models/stack_map_model.h"
#include "ui/scenes/big_memory_scene.h"
#include "ui/scenes/big_parts.h"
#include "ui/scenes/big_stack_scene.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

class BigScenes : public test::Offscreen, public testing::WithParamInterface<std::size_t> {
protected:
    static void check(const DisplayList &list, const std::string &where) {
        SCOPED_TRACE(where);
        for (const std::string &complaint : test::labelComplaints(list, leastBigText))
            ADD_FAILURE() << complaint;
    }
};

// Pane bodies at 1600 x 1000 (and any 16:10), and at 16:9.
const QSizeF stackSizes[] = {{548, 648}, {612, 648}}, memorySizes[] = {{978, 648}, {1091, 648}, {732, 900}};

TEST_P(BigScenes, AreReadableAtEveryStep) {
    const auto document = test::bundledTraces()[GetParam()].document;
    Selection selection;
    selection.setDocument(document);
    StackMapModel stack(&selection);
    MemoryMapModel memory(&selection);
    const quint32 steps = quint32(document->steps().size()), stride = 1 + steps / 50;
    int drawn = 0;
    for (quint32 step = 0; step < steps && !HasFailure(); step += stride) {
        selection.setStep(step);
        if (step / stride % 2 == 1 && document->hasBoth()) selection.setSide(otherSide(selection.side()));
        const std::string at = test::bundledTraces()[GetParam()].name + ", step " + std::to_string(step);
        for (const QSizeF &size : stackSizes)
            check(bigStackScene(stack.map(), {size, stack.before().token, 1, {}}), at + ", stack");
        for (const QSizeF &size : memorySizes)
            check(bigMemoryScene(memory.map(), {size, 1, {}}), at + ", sk_buff");
        drawn += memory.map().present;
    }
    EXPECT_GT(drawn, 10);
}

std::vector<std::size_t> all() {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < test::bundledTraces().size(); ++i)
        out.push_back(i);
    return out;
}
INSTANTIATE_TEST_SUITE_P(Bundled, BigScenes, testing::ValuesIn(all()), [](const auto &of) {
    std::string name = test::bundledTraces()[of.param].name;
    std::ranges::replace_if(
        name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
    return name;
});
} // namespace
