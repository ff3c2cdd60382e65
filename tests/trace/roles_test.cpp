// SPDX-License-Identifier: GPL-2.0-or-later
// assets/catalogue/roles.tsv: one line of ours on what a function is for.
#include "side_builder.h"
#include "trace/text.h"
#include "trace/trace_file.h"
#include "trace/tree_text.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <set>

namespace skbscope::trace {
namespace {

std::string roles_file() {
    std::ifstream in(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/catalogue/roles.tsv");
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

TEST(Roles, AreOfFunctionsThereAre) {
    const std::string text = roles_file();
    std::string_view rest = text;
    std::set<std::string_view> seen, outside;
    while (!rest.empty()) {
        std::string_view role = take_line(rest);
        if (role.starts_with('#')) continue;
        std::string_view file = take_until(role, '\t');
        EXPECT_TRUE(seen.insert(file).second) << "twice: " << file;
        const std::string_view name = take_until(file, '@');
        const auto id = Catalogue::builtin().find(name, file);
        EXPECT_LE(role.size(), 110U) << name;
        EXPECT_TRUE(role.ends_with('.') || role.ends_with('?')) << name;
        if (!id) { // a trace's own name: of a security module, or inline
            outside.insert(name);
            continue;
        }
        EXPECT_TRUE(file.empty() || Catalogue::builtin().at(*id).file == file) << name;
        EXPECT_EQ(Catalogue::builtin().at(*id).role, role) << name;
    }
    EXPECT_EQ(outside, (std::set<std::string_view>{"apparmor_ip_postroute", "netlink_broadcast", "netlink_trim",
                                                   "nlmsg_notify", "sk_filter", "udp_cmsg_recv"}));
    EXPECT_GE(seen.size(), 400U);
}

// Functions of a side that fidelity counts and that nobody described.
std::set<std::string_view> without_role(const Side &side) {
    std::set<std::string_view> out;
    for (const Event &e : side.events) {
        const Function f = side.function(e.fn);
        if (is_enter(e) && f.known && f.in_scope && f.role.empty()) out.insert(f.name);
    }
    return out;
}

TEST(Roles, CoverTheFixtures) {
    const Side side = side_from_tree_text(test::data_file("udp-veth-model.tree"));
    ASSERT_FALSE(side.events.empty());
    for (const std::string_view name : without_role(side))
        ADD_FAILURE() << name;
}

TEST(Roles, CoverTheBundledTraces) {
    unsigned traces = 0;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(SKBSCOPE_SOURCE_DIR "/assets")) {
        if (entry.path().extension() != ".skbt") continue;
        const auto trace = read_trace(entry.path());
        ASSERT_TRUE(trace) << trace.error().message();
        EXPECT_FALSE(trace->cut) << trace->cut_note;
        ++traces;
        for (const Side &side : trace->sides)
            for (const std::string_view name : without_role(side))
                ADD_FAILURE() << entry.path().filename() << ": " << name;
    }
    if (traces == 0) GTEST_SKIP() << "no trace is bundled yet";
}

} // namespace
} // namespace skbscope::trace
