// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope inspect [FUNCTION...]: what this machine can watch, and what is known of a function.
#include "app/agent/survey.h"
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/view_arguments.h"
#include "app/inspect/function_facts.h"
#include "app/inspect/machine_facts.h"
#include "app/scenario/error.h"
#include "app/terminal/style.h"
#include "app/terminal/text.h"
#include "app/version.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>

namespace skbscope::app {

namespace {

constexpr std::size_t labelWidth = 20;

void printGroup(const FactGroup &group, const Style &style) {
    std::cout << style.paint(Ink::bold, group.title) << '\n';
    for (const MachineFact &f : group.facts) {
        const std::string state = f.there ? "yes " : style.paint(Ink::bold, "no  ");
        std::cout << "  " << padRight(printable(f.what), labelWidth) << state << printable(f.detail) << '\n';
    }
    std::cout << '\n';
}

// What the agent found by trying; without it, what files say.
FactGroup hostGroup(const tl::expected<Survey, RunError> &survey) {
    FactGroup group = hostFacts();
    if (!survey) {
        group.facts.push_back({"agent", false, survey.error().message()});
        return group;
    }
    group.facts.resize(1); // the kernel's release
    for (const bpf::machine_row &row : survey->machine)
        group.facts.push_back({row.what, row.there, row.detail});
    std::map<std::string, std::size_t> means;
    for (const bpf::inspect_row &row : survey->functions)
        ++means[row.by];
    std::string counts;
    for (const auto &[by, n] : means)
        counts += (counts.empty() ? "" : ", ") + std::to_string(n) + " by " + by;
    group.facts.push_back({"functions", !survey->functions.empty(), counts});
    return group;
}

// Every function of the catalogue that the stock kernel can show: by which means this host can.
int listFunctions() {
    const auto survey = surveyHost();
    if (!survey) return report({static_cast<ExitCode>(survey.error().code), survey.error().message()});
    for (const bpf::inspect_row &row : survey->functions)
        std::cout << printable(row.function) << '\t' << printable(row.by) << '\t' << printable(row.reason) << '\n';
    return exitOk;
}

void printMachine(const Style &style) {
    printGroup(labFacts(), style);
    printGroup(hostGroup(surveyHost()), style);
    printGroup(recordedFacts(), style);
    const CatalogueCounts c = catalogueCounts();
    std::cout << style.paint(Ink::bold, std::string("functions of ") + mirroredKernel) << '\n'
              << "  " << padRight("in the catalogue", labelWidth) << c.functions << '\n'
              << "  " << padRight("count for fidelity", labelWidth) << c.inScope << ", of which the kernel can show "
              << c.traceable << ", " << c.withBuffer << " with their sk_buff\n"
              << "  skbscope inspect FUNCTION tells of one\n";
}

std::string onThisHost(const tl::expected<Survey, RunError> &survey, std::string_view name) {
    if (!survey) return "not known: " + survey.error().message();
    for (const bpf::inspect_row &row : survey->functions)
        if (row.function == name) return row.by + (row.reason.empty() ? "" : ": " + row.reason);
    return "none: 6.1 cannot show it either";
}

int printFunction(const std::string &name, const tl::expected<Survey, RunError> &survey, const Style &style) {
    const trace::Catalogue &catalogue = trace::Catalogue::builtin();
    const auto ids = catalogue.find_all(name);
    if (ids.empty()) {
        std::string near;
        for (const std::string &n : nearFunctions(name))
            if (near.size() < 70) near += (near.empty() ? "; near: " : ", ") + n;
        return report({exitBadInput, quoted(name) + ": no such function in the catalogue" + near});
    }
    for (const trace::FunctionId id : ids) {
        const trace::Function &f = catalogue.at(id);
        std::cout << style.paint(inkOf(f.layer), std::string(1, trace::layer_letter(f.layer))) << ' '
                  << style.paint(Ink::bold, std::string(f.name)) << '\n';
        for (const auto &[label, text] : functionFacts(f))
            std::cout << "  " << style.paint(Ink::quiet, padRight(label, 11)) << text << '\n';
        std::cout << "  " << style.paint(Ink::quiet, padRight("here", 11)) << printable(onThisHost(survey, name))
                  << '\n';
    }
    return exitOk;
}

int inspect(const std::vector<std::string> &functions, bool all, const ViewArguments &view) {
    if (all) return listFunctions();
    const TerminalSettings terminal = view.terminal();
    const Style style(terminal.colour, terminal.ascii);
    if (functions.empty()) printMachine(style);
    if (functions.empty()) return exitOk;
    const auto survey = surveyHost();
    int code = exitOk;
    for (const std::string &name : functions)
        code = std::max(code, printFunction(name, survey, style));
    return code;
}

} // namespace

void addInspectCommand(CLI::App &app, Command &command) {
    auto functions = std::make_shared<std::vector<std::string>>();
    auto all = std::make_shared<bool>(false);
    auto view = std::make_shared<ViewArguments>();
    CLI::App *c = app.add_subcommand("inspect", "What this machine can watch and why not; what is known of a function");
    c->add_option("FUNCTION", *functions, "Names of kernel functions");
    c->add_flag("--functions", *all, "A line a function: name, means by which this host shows it, why no better one");
    view->addColour(*c);
    c->callback([functions, all, view, &command] {
        command = [functions, all, view] { return inspect(*functions, *all, *view); };
    });
}

} // namespace skbscope::app
