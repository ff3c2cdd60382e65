// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/view_arguments.h"

#include <CLI/CLI.hpp>
#include <unistd.h>

namespace skbscope::app {

void ViewArguments::addColour(CLI::App &command) {
    const std::map<std::string, ColourChoice> colours = {
        {"auto", ColourChoice::automatic}, {"always", ColourChoice::always}, {"never", ColourChoice::never}};
    command.add_option("--color", colour, "auto, always or never (NO_COLOR counts with auto)")
        ->transform(CLI::CheckedTransformer(colours))
        ->type_name("WHEN");
}

void ViewArguments::addTo(CLI::App &command) {
    command.add_option("--depth", depth, "Fold calls deeper than N")->type_name("N");
    command.add_option("--only", only, "Show calls whose name matches PATTERN alone: ip_*, udp_rcv (comma-separated)")
        ->type_name("PATTERN")
        ->delimiter(',');
    command
        .add_option("--skb", packet,
                    "Show the calls of one packet and its clones, segments, fragments (an id of the left side)")
        ->type_name("ID");
    const std::map<std::string, trace::TaskOrder> orders = {{"auto", trace::TaskOrder::automatic},
                                                            {"apart", trace::TaskOrder::apart},
                                                            {"together", trace::TaskOrder::together}};
    command
        .add_option("--tasks", tasks,
                    "Compare each task alone (apart), or all calls in one order (together); auto: apart where both "
                    "sides had several CPUs")
        ->transform(CLI::CheckedTransformer(orders))
        ->type_name("WHICH");
    addColour(command);
    command.add_option("--width", width, "Columns, if not the terminal's")
        ->check(CLI::Range(60U, 400U))
        ->type_name("N");
}

ViewOptions ViewArguments::options() const {
    return {depth, only, packet, tasks};
}

TerminalSettings ViewArguments::terminal() const {
    return settingsFor(STDOUT_FILENO, colour, width);
}

} // namespace skbscope::app
