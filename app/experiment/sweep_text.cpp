// SPDX-License-Identifier: GPL-2.0-or-later
// What came out, as a picture's content, a table, CSV and JSON. All of them state the cost model.
#include "app/experiment/sweep.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace skbscope::app::experiment {

namespace {

using Json = nlohmann::ordered_json;

template <class... Args> std::string format(const char *pattern, Args... args) {
    std::array<char, 256> text{};
    std::snprintf(text.data(), text.size(), pattern, args...);
    return text.data();
}

bool isLivelock(const Sweep &sweep) {
    return sweep.experiment == "livelock";
}

std::string conditions(const Sweep &sweep) {
    const LoadOptions &l = sweep.options.load;
    std::string s = format("%u flows%s of %u-byte datagrams, a ring of %u, %g ms of virtual time a point after %g ms.",
                           l.flows, isLivelock(sweep) ? "" : " a CPU", l.payload, l.ring,
                           static_cast<double>(l.measureNs) / 1e6, static_cast<double>(l.warmUpNs) / 1e6);
    if (isLivelock(sweep))
        s += format(" With NAPI an interrupt every %g us at most.", static_cast<double>(l.moderationNs) / 1e3);
    if (!isLivelock(sweep)) s += format(" %g packets/s a CPU.", sweep.options.most);
    return s;
}

std::string seriesName(const Sweep &sweep, Mode mode) {
    std::string name(modeTitle(mode));
    if (mode == Mode::napiRps) name += format(", %u CPUs", sweep.options.cpus);
    return name;
}

// Everything of one point, with its names: the columns of the CSV and the keys of the JSON.
std::vector<std::pair<const char *, double>> columns(const SweepPoint &p) {
    const LoadResult &r = p.result;
    return {{"cpus", p.cpus},
            {"offered_pps", r.offered},
            {"delivered_pps", r.delivered},
            {"missed", static_cast<double>(r.missed)},
            {"backlog_dropped", static_cast<double>(r.backlogDropped)},
            {"socket_dropped", static_cast<double>(r.socketDropped)},
            {"interrupts", static_cast<double>(r.interrupts)},
            {"hardirq", r.hardirq},
            {"softirq", r.softirq},
            {"ksoftirqd", r.ksoftirqd},
            {"process", r.process},
            {"idle", r.idle}};
}

double rounded(double v) {
    return std::round(v * 1e4) / 1e4;
}

} // namespace

std::vector<std::string> costLines(const LoadOptions &options, std::size_t width) {
    const Costs &costs = defaultCosts();
    std::vector<std::string> lines = {"Cost model, ns:"};
    for (std::size_t i = 0; i < costCount; ++i) {
        std::string part = " " + std::string(costs[i].name) + " " + std::to_string(options.costNs[i]);
        part += i + 1 == costCount ? "." : ",";
        if (lines.back().size() + part.size() > width) {
            lines.emplace_back();
            part.erase(0, 1);
        }
        lines.back() += part;
    }
    return lines;
}

Chart chartOf(const Sweep &sweep) {
    Chart chart;
    const bool livelock = isLivelock(sweep);
    chart.title = livelock ? "Receive livelock: what arrives, and what is delivered"
                           : "Bottom halves, one at a time, against softirqs on every CPU";
    chart.xLabel = livelock ? "offered load, thousand packets a second" : "CPUs, each with a card of its own";
    chart.yLabel = "delivered to readers, thousand packets a second";
    chart.diagonal = livelock;
    for (const Mode mode : sweep.options.modes) {
        Series s{seriesName(sweep, mode), {}};
        for (const SweepPoint &p : sweep.points)
            if (p.mode == mode)
                s.points.push_back({livelock ? p.result.offered / 1e3 : p.cpus, p.result.delivered / 1e3});
        chart.series.push_back(std::move(s));
    }
    chart.caption.push_back(conditions(sweep));
    for (std::string &line : costLines(sweep.options.load, 120))
        chart.caption.push_back(std::move(line));
    chart.caption.emplace_back(
        "Measured on the model stack: every packet went through its card, driver, softirq, IP and UDP.");
    return chart;
}

std::string textOf(const Sweep &sweep) {
    std::string out;
    for (const Mode mode : sweep.options.modes) {
        out += seriesName(sweep, mode) + "\n";
        out += "   CPUs    offered  delivered  lost: card  backlog   socket  hardirq softirq ksoftirqd process  idle\n";
        for (const SweepPoint &p : sweep.points)
            if (p.mode == mode) {
                const LoadResult &r = p.result;
                out += format("%7u %10.0f %10.0f  %10lu %8lu %8lu  %6.1f%% %6.1f%%   %6.1f%% %6.1f%% %4.0f%%\n", p.cpus,
                              r.offered, r.delivered, r.missed, r.backlogDropped, r.socketDropped, r.hardirq * 100,
                              r.softirq * 100, r.ksoftirqd * 100, r.process * 100, std::abs(r.idle) * 100);
            }
        out += "\n";
    }
    out += conditions(sweep) + "\n";
    for (const std::string &line : costLines(sweep.options.load, 100))
        out += line + "\n";
    return out;
}

std::string csvOf(const Sweep &sweep) {
    std::string out = "# skbscope experiment " + sweep.experiment + "\n# " + conditions(sweep) + "\n";
    for (const std::string &line : costLines(sweep.options.load, 1000))
        out += "# " + line + "\n";
    bool head = true;
    for (const SweepPoint &p : sweep.points) {
        if (head) {
            out += "mode";
            for (const auto &[name, value] : columns(p))
                out += std::string(",") + name;
            out += "\n";
            head = false;
        }
        out += modeName(p.mode);
        for (const auto &[name, value] : columns(p))
            out += format(",%.10g", rounded(value));
        out += "\n";
    }
    return out;
}

std::string jsonOf(const Sweep &sweep) {
    Json j;
    j["experiment"] = sweep.experiment;
    const LoadOptions &l = sweep.options.load;
    j["conditions"] = {
        {"flows", l.flows},         {"payload", l.payload},      {"ring", l.ring}, {"moderation_ns", l.moderationNs},
        {"warm_up_ns", l.warmUpNs}, {"measure_ns", l.measureNs}, {"seed", l.seed}};
    for (std::size_t i = 0; i < costCount; ++i)
        j["costs_ns"][std::string(defaultCosts()[i].name)] = l.costNs[i];
    j["points"] = Json::array();
    for (const SweepPoint &p : sweep.points) {
        Json point;
        point["mode"] = modeName(p.mode);
        for (const auto &[name, value] : columns(p))
            point[name] = rounded(value);
        j["points"].push_back(std::move(point));
    }
    return j.dump(2) + "\n";
}

} // namespace skbscope::app::experiment
