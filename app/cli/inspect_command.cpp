// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope inspect [FUNCTION...]: what this machine can watch, and what is known of a function.
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

void printMachine(const Style &style) {
    printGroup(labFacts(), style);
    printGroup(hostFacts(), style);
    printGroup(recordedFacts(), style);
    const CatalogueCounts c = catalogueCounts();
    std::cout << style.paint(Ink::bold, std::string("functions of ") + mirroredKernel) << '\n'
              << "  " << padRight("in the catalogue", labelWidth) << c.functions << '\n'
              << "  " << padRight("count for fidelity", labelWidth) << c.inScope << ", of which the kernel can show "
              << c.traceable << ", " << c.withBuffer << " with their sk_buff\n"
              << "  skbscope inspect FUNCTION tells of one\n";
}

int printFunction(const std::string &name, const Style &style) {
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
    }
    return exitOk;
}

int inspect(const std::vector<std::string> &functions, const ViewArguments &view) {
    const TerminalSettings terminal = view.terminal();
    const Style style(terminal.colour, terminal.ascii);
    if (functions.empty()) printMachine(style);
    int code = exitOk;
    for (const std::string &name : functions)
        code = std::max(code, printFunction(name, style));
    return code;
}

} // namespace

void addInspectCommand(CLI::App &app, Command &command) {
    auto functions = std::make_shared<std::vector<std::string>>();
    auto view = std::make_shared<ViewArguments>();
    CLI::App *c = app.add_subcommand("inspect", "What this machine can watch and why not; what is known of a function");
    c->add_option("FUNCTION", *functions, "Names of kernel functions");
    view->addColour(*c);
    c->callback([functions, view, &command] { command = [functions, view] { return inspect(*functions, *view); }; });
}

} // namespace skbscope::app
