// SPDX-License-Identifier: GPL-2.0-or-later
// Properties that hold for every bundled trace: steps forward and back give the same state in every pane, every answer
// about a field is where it says, every kind of stop is the same from either end.
#include "tests/ui/contents.h"
#include "trace/trace_file.h"

#include <QDir>
#include <gtest/gtest.h>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

class Bundled : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        auto trace = trace::read_trace(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/traces/" + GetParam());
        ASSERT_TRUE(trace) << trace.error().message();
        s.open(TraceDocument::build(std::move(*trace)));
        ASSERT_FALSE(s.selection.isEmpty());
    }
    Session s{QStringLiteral(SKBSCOPE_SOURCE_DIR)};
};

TEST_P(Bundled, StepsForwardAndBackGiveTheSameStateInEveryPane) {
    s.breakpoints.add(QStringLiteral("data changed"));
    s.breakpoints.add(QStringLiteral("watch users"));
    s.selection.pin(Linked::ofField(QStringLiteral("len")));
    const quint32 steps = quint32(s.selection.stepCount());
    std::vector<std::size_t> seen; // hashes: a long trace's text would fill the memory
    for (quint32 i = 0; i < steps; ++i) {
        s.selection.setStep(i);
        seen.push_back(std::hash<std::string>{}(ui::test::contentsAtAllDistances(s)));
    }
    for (quint32 i = steps; i-- > 0;) {
        s.selection.setStep(i);
        ASSERT_EQ(std::hash<std::string>{}(ui::test::contentsAtAllDistances(s)), seen[i]) << "at step " << i;
    }
    EXPECT_NE(seen.front(), seen.back()); // the comparison above can fail
}

TEST_P(Bundled, LastChangesAreWhereTheValueCameToBe) {
    const TraceDocument &d = *s.selection.document();
    const SideKind kind = s.selection.side();
    int told = 0;
    for (quint32 step = 0; step < d.steps().size(); step += 5) {
        const Moment m = momentAt(d, step, kind);
        if (!m.hasPacket()) continue;
        for (SkbFieldId field = 0; field < skbFields().size(); ++field) {
            const FieldChange *change = s.link.history(kind)->lastChange(m.packet, field, m.event);
            ASSERT_TRUE(change) << skbFields()[field].name << " at step " << step;
            ASSERT_LE(change->event, m.event);
            EXPECT_EQ(change->after, skbFieldValue(field, {m.state.skb, m.state.device}))
                << skbFields()[field].name << " at step " << step;
            const trace::PacketState then = m.side->states.packet_at(m.packet, change->event);
            EXPECT_EQ(change->after, skbFieldValue(field, {then.skb, then.device}));
            if (change->first) continue;
            const trace::PacketState before = m.side->states.packet_at(m.packet, change->event - 1);
            EXPECT_EQ(change->before, skbFieldValue(field, {before.skb, before.device}));
            ++told;
        }
    }
    EXPECT_GT(told, 0);
}

TEST_P(Bundled, StopsAreTheSameFromEitherEnd) {
    for (const char *text : {"data changed", "len > 20", "users == 2", "drop", "watch truesize", "ip_*"}) {
        s.breakpoints.clear();
        ASSERT_TRUE(s.breakpoints.add(QLatin1String(text))) << s.breakpoints.error().toStdString();
        std::vector<quint32> forward, back;
        for (std::optional<quint32> at = 0; (at = s.breakpoints.next(*at, Direction::forward));)
            forward.push_back(*at);
        const quint32 last = quint32(s.selection.stepCount()) - 1;
        if (!forward.empty() && forward.back() == last) back.push_back(last);
        for (std::optional<quint32> at = last; (at = s.breakpoints.next(*at, Direction::back));)
            back.push_back(*at);
        std::reverse(back.begin(), back.end());
        if (!back.empty() && back.front() == 0) back.erase(back.begin());
        EXPECT_EQ(forward, back) << text;
    }
}

std::vector<std::string> names() {
    std::vector<std::string> out;
    for (const QString &name : QDir(QStringLiteral(SKBSCOPE_SOURCE_DIR) + QStringLiteral("/assets/traces"))
                                   .entryList({QStringLiteral("*.skbt")}))
        out.push_back(name.toStdString());
    return out;
}
INSTANTIATE_TEST_SUITE_P(Traces, Bundled, testing::ValuesIn(names()), [](const auto &trace) {
    std::string out;
    for (const char c : trace.param.substr(0, trace.param.find('.')))
        out += c == '-' ? '_' : c;
    return out;
});
} // namespace
