// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/gui/window_runner.h"

#include "app/agent/ssh_way.h"
#include "app/agent/survey.h"
#include "app/attach/devices.h"
#include "app/cli/run_sides.h"
#include "app/gui/window_feed.h"
#include "app/gui/window_run.h"
#include "app/lab/lab_files.h"
#include "app/live/pcap_filter.h"
#include "app/scenario/oplist.h"

#include <algorithm>
#include <charconv>
#include <net/if.h>

namespace skbscope::app {

namespace {

template <class T> std::string whyNot(const tl::expected<T, RunError> &possible) {
    return possible ? std::string() : possible.error().message();
}

// "--address 10.9: no IPv4 address; ..." is about the field "address", which need not say its name; of an empty one
// ("--address : no IPv4 address") the rest alone is said.
ui::Problem problemOf(const Failure &failure) {
    const std::string &m = failure.message;
    const std::size_t space = m.find(' ');
    if (!m.starts_with("--") || space == m.npos) return {{}, m};
    const std::string what = m.substr(space + 1);
    return {m.substr(2, space - 2), what.starts_with(": ") ? what.substr(2) : what};
}

OrFailure<unsigned> numberOf(const std::string &option, const std::string &text) {
    constexpr unsigned most = 64;
    unsigned n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc() || end != text.data() + text.size() || n < 1 || n > most)
        return failed(exitBadInput, option + " " + quoted(text) + ": a number from 1 to 64");
    return n;
}

OrFailure<AttachArguments> argumentsOf(const ui::AttachRequest &r) {
    AttachArguments a;
    a.wire = {r.device, r.netns, r.peer};
    a.address = r.address;
    a.gateway = r.gateway;
    a.mode = r.mode;
    a.gui = a.quiet = true;
    const auto cpus = numberOf("--cpus", r.cpus), queues = numberOf("--queues", r.queues);
    if (!cpus) return tl::unexpected(cpus.error());
    if (!queues) return tl::unexpected(queues.error());
    a.options.cpus = *cpus;
    a.options.queues = *queues;
    if (const auto ok = takeOptions(a); !ok) return tl::unexpected(ok.error());
    return a;
}

LiveArguments argumentsOf(const ui::WatchRequest &r) {
    LiveArguments a;
    if (!r.filter.empty()) a.filter = {r.filter};
    a.kernel = r.host.empty() ? "host" : "ssh:" + r.host;
    a.device = r.device;
    a.drops = r.drops;
    a.gui = true;
    return a;
}

// Of a device in another namespace nothing is known before it is opened.
void checkDevice(const ui::AttachRequest &r, std::vector<ui::Problem> &problems) {
    if (r.device.empty()) problems.push_back({"device", "choose one, or write the name of a tap that is to be made"});
    if (r.device.size() >= IFNAMSIZ) problems.push_back({"device", "a device's name has 1 to 15 characters"});
    if (r.device.empty() || !r.netns.empty()) return;
    const std::vector<FoundDevice> all = findDevices();
    const auto found = std::ranges::find(all, r.device, &FoundDevice::name);
    if (found == all.end()) return;
    if (!found->whyNot.empty()) problems.push_back({"device", r.device + " " + found->whyNot});
    if (!r.peer.empty())
        problems.push_back({"peer", r.device + " is there already and stays as it is; this address is for a tap that "
                                               "is made here"});
}

} // namespace

std::string WindowRunner::whyNotHost(bool anew) {
    using namespace std::chrono_literals;
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (anew || asked_.time_since_epoch().count() == 0 || now > asked_ + 10s) {
        whyNotHost_ = whyNot(mayWatchHost());
        asked_ = now;
    }
    return whyNotHost_;
}

std::vector<ui::KernelOffer> WindowRunner::kernels() {
    return {
        {"lab", "The lab", "a stock Linux 6.1 in QEMU", whyNot(findLab()), false, false, true},
        {"host", "This host", "the kernel that runs here, in namespaces of its own", whyNotHost(true), false, false},
        {"recorded", "Recorded", "what ships with the program: no kernel runs", {}, false, true},
        {"ssh", "Another machine", "over ssh, without a password asked", whyNot(sshWay("host")), true, false}};
}

ui::ScenarioCheck WindowRunner::check(const std::string &name) {
    ui::ScenarioCheck out;
    const OrFailure<Scenario> scenario = loadNamedScenario(name);
    if (!scenario) {
        out.problem = scenario.error().message;
        return out;
    }
    out.name = scenario->name;
    out.title = scenario->title;
    if (const auto recorded = recordedKernelSide(*scenario); !recorded) out.notRecorded = recorded.error().message;
    if (const skbscope_op *card = modelOnly(scenario->ops))
        out.modelAlone = scenario->file + ":" + std::to_string(card->line) + ": " + card->name +
                         " is a simulated card: it exists in the model alone; choose the model alone";
    return out;
}

std::vector<ui::NetDevice> WindowRunner::devices() {
    std::vector<ui::NetDevice> out;
    for (FoundDevice &d : findDevices())
        out.push_back({std::move(d.name), std::move(d.kind), std::move(d.state), std::move(d.whyNot)});
    return out;
}

std::vector<ui::Problem> WindowRunner::check(const ui::AttachRequest &r) {
    std::vector<ui::Problem> out;
    if (const auto agent = findAgent(); !agent) out.push_back({{}, agent.error().message()});
    checkDevice(r, out);
    if (const auto a = argumentsOf(r); !a) out.push_back(problemOf(a.error()));
    return out;
}

std::vector<ui::Problem> WindowRunner::check(const ui::WatchRequest &r) {
    std::vector<ui::Problem> out;
    if (const auto filter = compilePcapFilter(r.filter); !filter)
        out.push_back({"filter", filter.error() + "; see pcap-filter(7)"});
    if (r.device.size() >= IFNAMSIZ) out.push_back({"device", "a device's name has 1 to 15 characters"});
    if (r.host.empty()) {
        if (std::string why = whyNotHost(false); !why.empty()) out.push_back({{}, std::move(why)});
    } else if (const auto way = sshWay(r.host); !way)
        out.push_back({"host", way.error().message()});
    return out;
}

std::unique_ptr<ui::RunTask> WindowRunner::start(const ui::RunRequest &request) {
    return std::make_unique<WindowRun>(request);
}

std::unique_ptr<ui::LiveSource> WindowRunner::attach(const ui::AttachRequest &request) {
    auto a = argumentsOf(request);
    AttachArguments arguments;
    if (a) arguments = std::move(*a); // it was checked before
    return attachFeed(std::move(arguments));
}

std::unique_ptr<ui::LiveSource> WindowRunner::watch(const ui::WatchRequest &request) {
    return watchFeed(argumentsOf(request));
}

} // namespace skbscope::app
