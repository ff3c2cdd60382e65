// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/lab_files.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace skbscope::app {

namespace fs = std::filesystem;

namespace {

std::string environment(const char *name) {
    const char *value = std::getenv(name);
    return value ? value : "";
}

fs::path inPath(const std::string &program) {
    const std::string set = environment("PATH");
    std::istringstream path(set.empty() ? "/usr/local/bin:/usr/bin:/bin" : set);
    for (std::string directory; std::getline(path, directory, ':');) {
        const fs::path candidate = fs::path(directory) / program;
        if (!directory.empty() && access(candidate.c_str(), X_OK) == 0) return candidate;
    }
    return {};
}

// The newest release that is whole.
fs::path newestKernel(const fs::path &directory) {
    fs::path best;
    std::error_code error;
    for (const auto &entry : fs::directory_iterator(directory, error)) {
        const std::string release = entry.path().filename();
        if (!release.starts_with("6.1.") || !fs::exists(entry.path() / "boot" / ("vmlinuz-" + release), error))
            continue;
        if (best.empty() || fs::last_write_time(entry.path(), error) > fs::last_write_time(best, error))
            best = entry.path();
    }
    return best;
}

fs::path whereAgentIs() {
    std::error_code error;
    if (const std::string named = environment("SKBSCOPE_AGENT"); !named.empty()) return fs::absolute(named, error);
    const fs::path here = fs::read_symlink("/proc/self/exe", error).parent_path();
    for (const fs::path &candidate : {here / "skbscope-agent", here / "../libexec/skbscope/skbscope-agent",
                                      here / "../bpf/agent/skbscope-agent", fs::path(SKBSCOPE_AGENT_PATH)})
        if (access(candidate.c_str(), R_OK) == 0) return candidate;
    return {};
}

// "QEMU emulator version 7.2.22 (Debian ...)": what a prepared machine's image depends on.
std::string versionOf(const fs::path &qemu) {
    std::string text;
    FILE *out = popen(("'" + qemu.string() + "' --version").c_str(), "r");
    if (!out) return text;
    for (char part[256]; std::fgets(part, sizeof part, out) && text.empty();)
        text = part;
    pclose(out);
    return text.substr(0, text.find('\n'));
}

RunError missing(std::string place, std::string what) {
    return {RunErrorCode::notPossibleHere, std::move(place), std::move(what)};
}

} // namespace

fs::path labDirectory() {
    if (const std::string named = environment("SKBSCOPE_LAB_DIR"); !named.empty()) return named;
    const std::string cache = environment("XDG_CACHE_HOME");
    return (cache.empty() ? fs::path(environment("HOME")) / ".cache" : fs::path(cache)) / "skbscope" / "lab";
}

std::string readFile(const fs::path &path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

tl::expected<fs::path, RunError> findAgent() {
    const fs::path agent = whereAgentIs();
    if (agent.empty() || access(agent.c_str(), R_OK) != 0)
        return tl::unexpected(missing(agent.empty() ? "skbscope-agent" : agent.string(),
                                      "not found; build it with -DSKBSCOPE_AGENT=ON, or name it in $SKBSCOPE_AGENT"));
    return agent;
}

tl::expected<LabFiles, RunError> findLab() {
    LabFiles lab;
    lab.qemu = inPath("qemu-system-x86_64");
    if (lab.qemu.empty())
        return tl::unexpected(missing("qemu-system-x86_64",
                                      "not found; the lab boots its kernel in it: apt-get install "
                                      "qemu-system-x86, or use --kernel recorded"));
    const fs::path directory = newestKernel(labDirectory());
    if (directory.empty())
        return tl::unexpected(missing(labDirectory().string(), "holds no lab kernel; app/lab/fetch-kernel.sh gets one "
                                                               "(./bootstrap runs it), or use --kernel recorded"));
    lab.release = directory.filename();
    lab.kernel = directory / "boot" / ("vmlinuz-" + lab.release);
    lab.modules = directory / "lib/modules" / lab.release / "kernel";
    auto agent = findAgent();
    if (!agent) return tl::unexpected(agent.error());
    lab.agent = std::move(*agent);
    lab.qemuVersion = versionOf(lab.qemu);
    lab.images = labDirectory() / "images";
    return lab;
}

} // namespace skbscope::app
