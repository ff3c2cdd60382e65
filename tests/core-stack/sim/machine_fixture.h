// SPDX-License-Identifier: GPL-2.0-or-later
// A machine to test on: in use for the life of the test, with a recorder that is off until asked for.
#pragma once

#include "linux/sched.h"
#include "sim/machine.h"
#include "trace/catalogue.h"
#include "trace/event.h"
#include "trace/recorder.h"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace skbscope::stack {

class machine_fixture : public testing::Test {
protected:
    explicit machine_fixture(unsigned cpus = 1) : recorder(cpus), m({.cpus = cpus, .seed = 7}, &recorder), use(m) {}

    // Runs `body` as a process, traced.
    int traced(const std::function<void()> &body) {
        return m.run_process("test", [&] {
            recorder.set_on(true);
            body();
            recorder.set_on(false);
        });
    }
    [[nodiscard]] std::vector<trace::Event> events(unsigned kind) const {
        std::vector<trace::Event> found;
        for (const trace::Event &e : recorder.merged())
            if (e.kind == kind) found.push_back(e);
        return found;
    }
    // Entered functions by name, in order.
    [[nodiscard]] std::vector<std::string> calls() const {
        std::vector<std::string> names;
        const auto &catalogue = trace::Catalogue::builtin();
        for (const trace::Event &e : events(SKBSCOPE_EV_ENTER))
            names.emplace_back(e.fn < catalogue.size() ? catalogue.at(e.fn).name : "?");
        return names;
    }
    [[nodiscard]] std::size_t count_calls(std::string_view name) const {
        std::size_t n = 0;
        for (const std::string &c : calls())
            n += c == name;
        return n;
    }

    trace::Recorder recorder;
    machine m;
    machine::use use;
};

} // namespace skbscope::stack
