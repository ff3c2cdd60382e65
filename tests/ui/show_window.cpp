// SPDX-License-Identifier: GPL-2.0-or-later
// The window on the tests' own trace, or on a trace file: what the window tests start, and what one looks at by hand.
//     show_window [--trace FILE] [--screenshot FILE] [--step N | --at FUNCTION[:N]] [--theme light|dark] [--size WxH]
//                 [--contrast high] [--language en|it]
#include "tests/ui/fixture.h"
#include "trace/trace_file.h"
#include "ui/models/trace_document.h"
#include "ui/window.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {
int stepOf(const std::string &file, const std::string &function) {
    auto trace = skbscope::trace::read_trace(file);
    if (!trace) return -1;
    const auto document = skbscope::ui::TraceDocument::build(std::move(*trace));
    const std::string name = function.substr(0, function.find(':'));
    int which = function.find(':') == std::string::npos ? 1 : std::atoi(function.c_str() + function.find(':') + 1);
    for (quint32 step = 0; step < document->steps().size(); ++step)
        if (document->rows()[document->rowAtStep(step)].name == QString::fromStdString(name) && --which == 0)
            return int(step);
    return -1;
}
} // namespace

int main(int argc, char **argv) {
    skbscope::ui::WindowOptions options;
    options.allowRoot = true;
    options.theme = "light";
    options.sourceDirectory = SKBSCOPE_SOURCE_DIR;
    options.scenarios = {{"udp-veth", "One UDP datagram across a veth pair"},
                         {"broken", "A scenario that cannot be run"}};
    options.run = [](const std::string &name) -> tl::expected<skbscope::trace::Trace, std::string> {
        if (name != "udp-veth") return tl::unexpected("no scenario " + name);
        return skbscope::ui::test::udpVeth();
    };
    options.width = 1600, options.height = 1000;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view what = argv[i];
        if (what == "--trace")
            options.traces.push_back(argv[i + 1]);
        else if (what == "--screenshot")
            options.screenshot = argv[i + 1];
        else if (what == "--step")
            options.initialStep = std::atoi(argv[i + 1]);
        else if (what == "--at") // FUNCTION: the first step of its first call; after --trace
            options.initialStep = stepOf(options.traces.back().string(), argv[i + 1]);
        else if (what == "--theme")
            options.theme = argv[i + 1];
        else if (what == "--contrast")
            options.highContrast = std::string_view(argv[i + 1]) == "high";
        else if (what == "--language")
            options.language = argv[i + 1];
        else if (what == "--size")
            std::sscanf(argv[i + 1], "%dx%d", &options.width, &options.height);
    }
    int one = 1;
    return skbscope::ui::runWindow(one, argv, options);
}
