// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/unprobed.h"

#include "bpf/agent/agent_error.h"

#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace skbscope::bpf {

namespace {

const std::string tracing = "/sys/kernel/tracing/";

void write_file(const std::string &name, const std::string &text) {
    const int fd = open((tracing + name).c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (fd < 0) throw agent_failure(tracing + name, errno_text());
    const ssize_t n = write(fd, text.data(), text.size());
    const std::string why = n < 0 ? errno_text() : std::string();
    close(fd);
    if (!why.empty()) throw agent_failure(tracing + name, why);
}

// The file takes one number a write; the filter is in force when it is closed.
void write_filter(const std::vector<std::uint32_t> &lines) {
    const std::string name = tracing + "set_ftrace_filter";
    const int fd = open(name.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (fd < 0) throw agent_failure(name, errno_text());
    for (const std::uint32_t line : lines) {
        const std::string text = std::to_string(line) + "\n";
        if (write(fd, text.data(), text.size()) < 0) {
            const std::string why = errno_text();
            close(fd);
            throw agent_failure(name, why);
        }
    }
    close(fd);
}

// "  comm-123     [000] d..1.  12.345678: function <-caller"; comm may hold anything.
bool parse(const std::string &line, std::uint32_t &task, std::string &function) {
    const std::size_t cpu = line.find(" [");
    const std::size_t name = line.find(": ", cpu == line.npos ? 0 : cpu);
    if (line.empty() || line[0] == '#' || cpu == line.npos || name == line.npos) return false;
    const std::size_t dash = line.rfind('-', cpu);
    if (dash == line.npos) return false;
    task = static_cast<std::uint32_t>(std::strtoul(line.c_str() + dash + 1, nullptr, 10));
    function = line.substr(name + 2, line.find_first_of(" [", name + 2) - name - 2);
    return true;
}

} // namespace

unprobed_watch::unprobed_watch(const kernel_index &index, const probe_set &probes) {
    write_file("tracing_on", "0");
    write_file("current_tracer", "nop");
    write_file("buffer_size_kb", "8192");
    std::vector<std::uint32_t> lines;
    for (const kernel_function &f : index.functions())
        if (!probes.attached(f.name)) lines.push_back(f.line);
    write_filter(lines);
    if (!lines.empty()) write_file("current_tracer", "function"); // an empty filter would mean every function
    write_file("trace", "");
    switch_ = open((tracing + "tracing_on").c_str(), O_WRONLY | O_CLOEXEC);
    if (switch_ < 0) throw agent_failure(tracing + "tracing_on", errno_text());
}

unprobed_watch::~unprobed_watch() {
    if (switch_ >= 0) close(switch_);
}

void unprobed_watch::on() const {
    (void)!write(switch_, "1", 1);
}

void unprobed_watch::off() const {
    (void)!write(switch_, "0", 1);
}

std::vector<std::string> unprobed_watch::called(const std::set<std::uint32_t> &tasks) const {
    std::ifstream in(tracing + "trace");
    std::set<std::string> names;
    std::string line, function;
    std::uint32_t task = 0;
    while (std::getline(in, line))
        if (parse(line, task, function) && tasks.contains(task)) names.emplace(without_suffix(function));
    return {names.begin(), names.end()};
}

} // namespace skbscope::bpf
