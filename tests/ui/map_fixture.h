// SPDX-License-Identifier: GPL-2.0-or-later
// A session that opens bundled traces by name, for tests of the map.
#pragma once

#include "tests/ui/bundled.h"
#include "tests/ui/offscreen.h"
#include "trace/trace_file.h"
#include "ui/models/session.h"

#include <gtest/gtest.h>

namespace skbscope::ui::test {

class Map : public Offscreen {
protected:
    static const BundledTrace &traceOf(const std::string &name) {
        for (const BundledTrace &t : bundledTraces())
            if (t.name == name) return t;
        throw std::runtime_error(name);
    }
    void openAt(const std::string &name, const char *function, MapModel::Zoom zoom) {
        s.map.setZoom(zoom);
        s.open(traceOf(name).document);
        const TraceDocument &d = *s.selection.document();
        for (quint32 i = 0; i < d.steps().size(); ++i)
            if (d.rows()[d.steps()[i].row].name == QLatin1String(function)) return s.selection.setStep(i);
        FAIL() << function << " does not run in " << name;
    }
    // Model and kernel: six packets that die.
    void openDrops() {
        auto drops = trace::read_trace(SKBSCOPE_SOURCE_DIR "/assets/lessons/traces/drops.skbt");
        ASSERT_TRUE(drops);
        s.open(TraceDocument::build(std::move(*drops)));
    }
    [[nodiscard]] QString said(const QAbstractItemModel &model) const {
        QStringList out;
        for (int i = 0; i < model.rowCount(); ++i)
            out << model.data(model.index(i, 0)).toString();
        return out.join(QLatin1Char('\n'));
    }
    // Of hosts and CPUs.
    static std::vector<OverviewQueue> queuesOf(const Overview &o) {
        std::vector<OverviewQueue> out;
        for (const OverviewHost &h : o.hosts)
            out.insert(out.end(), h.queues.begin(), h.queues.end());
        for (const OverviewCpu &cpu : o.cpus)
            out.insert(out.end(), cpu.queues.begin(), cpu.queues.end());
        return out;
    }
    [[nodiscard]] std::optional<OverviewQueue> queue(const char *name) const {
        for (const OverviewQueue &q : queuesOf(s.map.overview()))
            if (q.name.contains(QLatin1String(name))) return q;
        return {};
    }
    Session s;
};

} // namespace skbscope::ui::test
