// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/shell_initramfs.h"

#include "app/lab/initramfs.h"

#include <array>
#include <cstdio>
#include <set>

namespace skbscope::app {

namespace fs = std::filesystem;

namespace {

constexpr std::array welcomePrograms = {"ip", "tc", "ss", "ethtool", "bpftool", "tcpdump", "strace"};

// What ldd says that a program needs: paths.
std::vector<std::string> librariesOf(const fs::path &program) {
    std::vector<std::string> paths;
    FILE *in = popen(("ldd '" + program.string() + "' 2>/dev/null").c_str(), "r");
    if (!in) return paths;
    for (char line[4096]; std::fgets(line, sizeof line, in);) {
        const std::string_view text(line);
        const std::size_t at = text.find('/');
        if (at != text.npos) paths.emplace_back(text.substr(at, text.find_first_of(" :\n", at) - at));
    }
    pclose(in);
    return paths;
}

class Tree {
public:
    explicit Tree(CpioArchive &archive) : archive_(archive) {}

    void directory(const fs::path &path) {
        if (path.empty() || !known_.insert(path.string()).second) return;
        directory(path.parent_path());
        archive_.addDirectory(path.string());
    }
    // Under the same path as here.
    void file(const fs::path &path, const fs::path &as, bool executable) {
        const fs::path inside = as.relative_path();
        if (known_.contains(inside.string())) return;
        directory(inside.parent_path());
        known_.insert(inside.string());
        archive_.addFile(inside.string(), readFile(path), executable);
    }
    void program(const fs::path &path, const fs::path &as = {}) {
        file(path, as.empty() ? fs::path("/usr/bin") / path.filename() : as, true);
        for (const std::string &library : librariesOf(path))
            file(library, library, true);
    }

private:
    CpioArchive &archive_;
    std::set<std::string> known_{"dev", "lab", "lab/modules", "lab/on-demand"};
};

} // namespace

tl::expected<std::string, RunError> buildShellInitramfs(const LabFiles &lab, const std::vector<std::string> &programs) {
    CpioArchive archive;
    if (auto ok = addLabFiles(archive, lab); !ok) return tl::unexpected(ok.error());
    Tree tree(archive);
    for (const char *d : {"bin", "etc", "proc", "root", "run", "sys", "tmp", "usr/bin", "usr/sbin", "var/run"})
        tree.directory(d);
    const fs::path busybox = findProgram("busybox");
    if (busybox.empty() || !librariesOf(busybox).empty())
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "busybox",
                                       "not found, or not the static one; the lab's shell is of it: apt-get install "
                                       "busybox-static"});
    tree.file(busybox, "/bin/busybox", true);
    // busybox's own shell would take its applets before the programs of the same name.
    if (const fs::path bash = findProgram("bash"); !bash.empty()) tree.program(bash, "/bin/sh");
    for (const char *name : welcomePrograms)
        if (const fs::path p = findProgram(name); !p.empty()) tree.program(p);
    for (const std::string &name : programs) {
        const fs::path p = findProgram(name);
        if (p.empty())
            return tl::unexpected(RunError{RunErrorCode::badInput, "--program " + name, "no such program here"});
        tree.program(p);
    }
    archive.addFile("etc/passwd", "root::0:0:root:/root:/bin/sh\n");
    archive.addFile("etc/group", "root:x:0:\n");
    archive.addFile("lab/shell", "1\n");
    return archive.finish();
}

} // namespace skbscope::app
