// SPDX-License-Identifier: GPL-2.0-or-later
// The model's events come from TRACE_FN and from the buffer helpers' one emitter (core-stack/sim/trace_*), nowhere
// else: a record written by hand would be a call that the model did not make.
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path stack = fs::path(SKBSCOPE_SOURCE_DIR) / "core-stack";

bool is_emitter(const fs::path &file) {
    return file.parent_path().filename() == "sim" && file.filename().string().starts_with("trace_");
}

// Who owns what the records are about, and may therefore ask the emitter for one.
const std::set<std::string> owners = {
    "kernel/sched/core.cpp",
    "kernel/smp.cpp",
    "kernel/softirq.cpp",
    "kernel/time/timer.cpp",
    "net/core/dev_rx.cpp",        // a packet crosses to another device
    "net/core/dev_tx_action.cpp", // one that was dropped in an interrupt is freed
    "net/core/gro_frags.cpp",
    "net/core/gro_merge.cpp",
    "net/core/skbuff.cpp",
    "net/core/skbuff_clone.cpp",
    "net/core/skbuff_copy.cpp",
    "net/core/skbuff_data.cpp",
    "net/core/skbuff_frags.cpp",
    "net/core/skbuff_napi.cpp",
    "net/core/skbuff_queue.cpp",
    "net/core/skb_segment.cpp",
    "net/core/skb_segment_list.cpp",
    "net/ipv4/inet_fragment.cpp",
    "net/ipv4/ip_output_frag.cpp", // pieces of a datagram, and a datagram of pieces
};

// What only the emitter writes, and what only it and the owners name.
const std::regex record(R"(\btrace::Event\b|\bskbscope_event\b|[>.]append\(\s*(cpu|m\.cpu))");
const std::regex request(R"(SKBSCOPE_EV_|sim/trace_(emit|record)\.h)");

std::vector<std::string> lines_with(const std::regex &what, const fs::path &file, std::istream &in) {
    std::vector<std::string> found;
    std::string line;
    for (int n = 1; std::getline(in, line); ++n)
        if (std::regex_search(line, what)) found.push_back(file.string() + ":" + std::to_string(n));
    return found;
}

std::vector<std::string> violations(const fs::path &file, std::istream &in) {
    if (is_emitter(file)) return {};
    if (!owners.contains(file.string()) && file != "sim/machine.cpp") {
        std::vector<std::string> found = lines_with(request, file, in);
        in.clear();
        in.seekg(0);
        for (std::string &more : lines_with(record, file, in))
            found.push_back(std::move(more));
        return found;
    }
    return lines_with(record, file, in);
}

TEST(Emission, OnlyTheEmitterWritesRecords) {
    std::vector<std::string> wrong;
    std::size_t emitted = 0;
    for (const auto &entry : fs::recursive_directory_iterator(stack)) {
        const fs::path file = fs::relative(entry.path(), stack);
        if (file.extension() != ".cpp" && file.extension() != ".h") continue;
        std::ifstream in(entry.path());
        if (is_emitter(file)) emitted += lines_with(record, file, in).size();
        for (std::string &v : violations(file, in))
            wrong.push_back(std::move(v));
    }
    EXPECT_THAT(wrong, testing::IsEmpty());
    EXPECT_GT(emitted, 0U) << "the pattern no longer finds the emitter itself";
}

TEST(Emission, ThePatternFindsAHandWrittenRecord) {
    std::istringstream in("int x;\n    e.kind = SKBSCOPE_EV_ENTER;\n");
    EXPECT_THAT(violations("net/core/dev.cpp", in), testing::ElementsAre("net/core/dev.cpp:2"));
}

} // namespace
