// SPDX-License-Identifier: GPL-2.0-or-later
// docs/not-modelled.md explains differences away, so it must not name what the model has: then a lost TRACE_FN would go
// unnoticed.
#include "trace/compare.h"
#include "trace/tree_text.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

namespace skbscope::trace {
namespace {

// The name of the function whose body holds position `at`: the identifier before the parameter list before the last `{`
// that begins a body.
std::string function_around(const std::string &text, std::size_t at) {
    const auto identifier = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
    for (std::size_t brace = text.rfind('{', at); brace != text.npos && brace > 0; brace = text.rfind('{', brace - 1)) {
        std::size_t close = text.find_last_not_of(" \n\t", brace - 1);
        if (close == text.npos || text[close] != ')') continue;
        int depth = 0;
        std::size_t open = close;
        for (;; --open) {
            depth += text[open] == ')' ? 1 : (text[open] == '(' ? -1 : 0);
            if (depth == 0 || open == 0) break;
        }
        std::size_t begin = open;
        while (begin > 0 && identifier(text[begin - 1]))
            --begin;
        return text.substr(begin, open - begin);
    }
    return {};
}

std::set<std::string> traced_functions() {
    std::set<std::string> out;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(SKBSCOPE_SOURCE_DIR "/core-stack")) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
        std::ostringstream all;
        all << std::ifstream(entry.path()).rdbuf();
        const std::string text = all.str();
        for (std::size_t at = text.find("TRACE_FN("); at != text.npos; at = text.find("TRACE_FN(", at + 1)) {
            const std::size_t line = text.rfind('\n', at) + 1;
            if (text.find_first_not_of(' ', line) == at) out.insert(function_around(text, at));
        }
    }
    return out;
}

TEST(NotModelled, NamesNothingThatTheModelHas) {
    const std::set<std::string> traced = traced_functions();
    EXPECT_GE(traced.size(), 300U); // or the search above finds nothing any more
    EXPECT_TRUE(traced.contains("ip_rcv_core"));
    for (const std::string &name : traced)
        EXPECT_EQ(not_modelled(name), "") << name << " has a TRACE_FN: take it out of docs/not-modelled.md";
}

TEST(NotModelled, TakesOutWhatIsThereAfterAll) {
    EXPECT_NE(not_modelled("tcp_v4_rcv"), "");
    EXPECT_EQ(not_modelled("tcp_gro_receive"), "");
    EXPECT_NE(not_modelled("tcf_block_get"), "");
    EXPECT_EQ(not_modelled("tcf_classify"), "");
}

TEST(NotModelled, KnowsWhatThePageNames) {
    EXPECT_NE(not_modelled("security_socket_sendmsg"), "");
    EXPECT_NE(not_modelled("tcp_v4_rcv"), "");
    EXPECT_NE(not_modelled("vlan_gvrp_request_join"), "");
    EXPECT_EQ(not_modelled("napi_busy_loop"), "");
    EXPECT_EQ(not_modelled("napi_complete_done"), "");
    EXPECT_EQ(not_modelled("ip_rcv"), "");
    EXPECT_EQ(not_modelled("function(s)"), "");
    EXPECT_EQ(not_modelled(""), "");
}

TEST(NotModelled, ExcusesWhatItsFunctionsCall) {
    const Side kernel =
        side_from_tree_text("1\t0\tip_rcv\n1\t1\ttcp_v4_rcv\n1\t2\tsk_filter_trim_cap\n1\t1\tdst_release\n");
    Side model = side_from_tree_text("1\t0\tip_rcv\n");
    model.info.kind = SideKind::model;
    const Comparison c = compare(model, build_call_tree(model), kernel, build_call_tree(kernel));
    ASSERT_EQ(c.rows.size(), 4U);
    for (const std::size_t i : {1U, 2U}) {
        EXPECT_EQ(c.rows[i].mark, RowMark::kernel_only);
        EXPECT_EQ(c.rows[i].reason().code, ReasonCode::outside_model);
        EXPECT_EQ(c.rows[i].reason().evidence, "docs/not-modelled.md: tcp_v4_rcv");
    }
    EXPECT_EQ(c.rows[3].mark, RowMark::unexplained); // beside it, not below it
    // Only the model may leave something out.
    model.info.kind = SideKind::kernel;
    EXPECT_EQ(compare(model, build_call_tree(model), kernel, build_call_tree(kernel)).rows[1].mark,
              RowMark::unexplained);
}

} // namespace
} // namespace skbscope::trace
