// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/inspect/function_facts.h"

#include "app/scenario/nearest.h"
#include "trace/compare.h"

#include <algorithm>
#include <set>

namespace skbscope::app {

namespace {

constexpr std::size_t mostCallers = 12;

std::string joined(const std::vector<std::string> &words, std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < std::min(words.size(), most); ++i)
        out += (i == 0 ? "" : ", ") + words[i];
    if (words.size() > most) out += " and " + std::to_string(words.size() - most) + " more";
    return out;
}

std::string ordinal(int n) {
    constexpr const char *words[] = {"first", "second", "third", "fourth", "fifth", "sixth"};
    return n < 6 ? words[n] : "number " + std::to_string(n + 1);
}

std::string meansOf(const trace::Function &f) {
    if (!f.traceable) return "no: inlined everywhere, notrace, or not built in the stock kernel";
    if (f.skb_arg < 0) return "yes: entry and exit; it takes no sk_buff, its packet follows from the context";
    return "yes: entry and exit, and the sk_buff from its " + ordinal(f.skb_arg) + " argument";
}

} // namespace

std::vector<std::string> machineCodeCallers(std::string_view name) {
    const trace::Catalogue &catalogue = trace::Catalogue::builtin();
    std::set<std::string> callers; // a name stands once, whatever the number of files that define it
    for (std::size_t id = 0; id < catalogue.size(); ++id) {
        const trace::Function &f = catalogue.at(static_cast<trace::FunctionId>(id));
        if (catalogue.inlined_at(f.name, name) == false) callers.emplace(f.name);
    }
    return {callers.begin(), callers.end()};
}

FunctionFacts functionFacts(const trace::Function &f) {
    FunctionFacts facts = {
        {"file", std::string(f.file) + ":" + std::to_string(f.line)},
        {"layer", std::string(trace::layer_name(f.layer))},
        {"traceable", meansOf(f)},
        {"counts", f.in_scope ? "yes: part of the packet's path" : "no: outside what fidelity counts"}};
    if (const auto why = trace::not_modelled(f.name); !why.empty())
        facts.emplace_back("model", "left out: " + std::string(why));
    const std::vector<std::string> callers = machineCodeCallers(f.name);
    facts.emplace_back("called by",
                       callers.empty() ? "no function of the table, in machine code" : joined(callers, mostCallers));
    facts.emplace_back("", "(in machine code, pointers included; at any other caller it is inlined)");
    if (!f.role.empty()) facts.emplace_back("role", std::string(f.role));
    return facts;
}

std::vector<std::string> nearFunctions(const std::string &name) {
    const trace::Catalogue &catalogue = trace::Catalogue::builtin();
    std::vector<std::string> names;
    for (std::size_t id = 0; id < catalogue.size(); ++id) {
        const std::string_view n = catalogue.at(static_cast<trace::FunctionId>(id)).name;
        if (n.find(name) != std::string_view::npos || editDistance(n, name) <= 2) names.emplace_back(n);
    }
    std::sort(names.begin(), names.end(),
              [](const auto &a, const auto &b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

CatalogueCounts catalogueCounts() {
    const trace::Catalogue &catalogue = trace::Catalogue::builtin();
    CatalogueCounts c;
    c.functions = catalogue.size();
    for (std::size_t id = 0; id < catalogue.size(); ++id) {
        const trace::Function &f = catalogue.at(static_cast<trace::FunctionId>(id));
        c.inScope += f.in_scope;
        c.traceable += f.in_scope && f.traceable;
        c.withBuffer += f.in_scope && f.traceable && f.skb_arg >= 0;
    }
    return c;
}

} // namespace skbscope::app
