// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/request.h"

#include "bpf/frame.h"
#include "trace/catalogue.h"

#include <map>

namespace skbscope::app {

namespace {
std::string begin(std::uint32_t serial) {
    return bpf::make_frame(SKBSCOPE_FRAME_REQUEST, "{\"serial\":" + std::to_string(serial) + "}");
}

std::string catalogueFrame() {
    return bpf::make_frame(SKBSCOPE_FRAME_CATALOGUE, catalogueText());
}

std::string attachFrame(const std::vector<std::string> &functions) {
    std::string text;
    for (const std::string &name : functions)
        text += name + "\n";
    return bpf::make_frame(SKBSCOPE_FRAME_ATTACH, text);
}
} // namespace

std::string catalogueText() {
    std::map<std::string_view, int> functions; // names repeat: static functions of several files
    const trace::Catalogue &catalogue = trace::Catalogue::builtin();
    for (std::size_t i = 0; i < catalogue.size(); ++i) {
        const trace::Function &f = catalogue.at(static_cast<trace::FunctionId>(i));
        if (f.traceable) functions.emplace(f.name, f.skb_arg);
    }
    std::string text;
    for (const auto &[name, skbArg] : functions)
        text += std::string(name) + "\t" + std::to_string(skbArg) + "\n";
    return text;
}

std::string firstRequest() {
    return begin(0) + catalogueFrame() + bpf::make_frame(SKBSCOPE_FRAME_WAIT, {});
}

std::string attachRequest(std::uint32_t serial, const std::vector<std::string> &functions) {
    return begin(serial) + attachFrame(functions) + bpf::make_frame(SKBSCOPE_FRAME_WAIT, {});
}

std::string attachAndRunRequest(std::uint32_t serial, const std::vector<std::string> &functions,
                                const bpf::op_list &list) {
    return begin(serial) + attachFrame(functions) + bpf::make_frame(SKBSCOPE_FRAME_RUN, bpf::encode(list));
}

std::string wholeRequest(const std::vector<std::string> &functions, const bpf::op_list &list) {
    return begin(0) + catalogueFrame() + attachFrame(functions) +
           bpf::make_frame(SKBSCOPE_FRAME_RUN, bpf::encode(list));
}

std::string surveyRequest() {
    return begin(0) + bpf::make_frame(SKBSCOPE_FRAME_SURVEY, catalogueText()) +
           bpf::make_frame(SKBSCOPE_FRAME_WAIT, {});
}

std::string runRequest(std::uint32_t serial, const bpf::op_list &list) {
    return begin(serial) + bpf::make_frame(SKBSCOPE_FRAME_RUN, bpf::encode(list));
}

std::string liveRequest(std::uint32_t serial, const std::string &catalogue, const bpf::live_request &request,
                        const std::vector<std::string> &functions) {
    std::string frames = begin(serial) + bpf::make_frame(SKBSCOPE_FRAME_LIVE, bpf::encode(request));
    if (!catalogue.empty()) frames += bpf::make_frame(SKBSCOPE_FRAME_CATALOGUE, catalogue);
    return frames + attachFrame(functions) + bpf::make_frame(SKBSCOPE_FRAME_WATCH, {});
}

} // namespace skbscope::app
