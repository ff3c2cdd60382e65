// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/lab_files.h"

#include "app/lab/kernel_modules.h"

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

fs::path inPath(const std::string &program, const std::string &directories) {
    std::istringstream path(directories);
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

// A kernel of the user's own. Its modules: where they were said to be, else where a package or an installation has
// them.
tl::expected<void, RunError> useKernel(LabFiles &lab, const LabOptions &options) {
    const auto release = kernelRelease(options.vmlinuz);
    if (!release) return tl::unexpected(release.error());
    lab.fetched = false;
    lab.release = *release;
    lab.kernel = options.vmlinuz;
    std::error_code error;
    const fs::path root = fs::absolute(options.vmlinuz, error).parent_path().parent_path();
    const fs::path beside = root / "lib/modules" / lab.release;
    lab.modules = !options.modules.empty()          ? options.modules
                  : fs::is_directory(beside, error) ? beside
                                                    : fs::path("/lib/modules") / lab.release;
    if (!fs::is_directory(lab.modules, error))
        return tl::unexpected(RunError{RunErrorCode::badInput, lab.modules.string(),
                                       "no such directory; --modules DIR names the modules of " + lab.release});
    return {};
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
                                      "not found; build with SKBSCOPE_AGENT=ON, or name it in $SKBSCOPE_AGENT"));
    return agent;
}

fs::path findProgram(const std::string &name) {
    if (name.find('/') != name.npos) return access(name.c_str(), X_OK) == 0 ? fs::path(name) : fs::path();
    const std::string set = environment("PATH");
    return inPath(name, (set.empty() ? "/usr/local/bin:/usr/bin:/bin" : set) + ":/usr/sbin:/sbin");
}

namespace {

// The kernel that the user gave, or the newest that was fetched.
tl::expected<void, RunError> chooseKernel(LabFiles &lab, const LabOptions &options) {
    if (!options.vmlinuz.empty()) return useKernel(lab, options);
    if (!options.modules.empty())
        return tl::unexpected(RunError{RunErrorCode::badInput, options.modules.string(),
                                       "modules without their kernel; give --vmlinuz too"});
    const fs::path directory = newestKernel(labDirectory());
    if (directory.empty())
        return tl::unexpected(missing(labDirectory().string(),
                                      "holds no lab kernel; app/lab/fetch-kernel.sh gets one "
                                      "(./bootstrap runs it), or take the recorded kernel (--kernel recorded)"));
    lab.release = directory.filename();
    lab.kernel = directory / "boot" / ("vmlinuz-" + lab.release);
    lab.modules = directory / "lib/modules" / lab.release;
    return {};
}

} // namespace

tl::expected<LabFiles, RunError> findLab(const LabOptions &options) {
    LabFiles lab;
    lab.machine = Machine(options);
    const bool own = !options.vmlinuz.empty() || !options.modules.empty(); // what is wrong with it comes first
    if (own)
        if (auto ok = chooseKernel(lab, options); !ok) return tl::unexpected(ok.error());
    lab.qemu = findProgram("qemu-system-x86_64");
    if (lab.qemu.empty())
        return tl::unexpected(missing("qemu-system-x86_64",
                                      "not found; the lab boots its kernel in it: apt-get install "
                                      "qemu-system-x86, or take the recorded kernel (--kernel recorded)"));
    if (!own)
        if (auto ok = chooseKernel(lab, options); !ok) return tl::unexpected(ok.error());
    auto agent = findAgent();
    if (!agent) return tl::unexpected(agent.error());
    lab.agent = std::move(*agent);
    lab.qemuVersion = versionOf(lab.qemu);
    lab.images = labDirectory() / "images";
    return lab;
}

} // namespace skbscope::app
