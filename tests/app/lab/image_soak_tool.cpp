// SPDX-License-Identifier: GPL-2.0-or-later
// image_soak_tool SCENARIO.yaml N [DELAY_US]: makes N images of a machine whose agent is ready, each at another moment
// of its life, and runs the scenario from each. Counts the machines that do not do it, and keeps their images
// ($TMPDIR/stood-still-N). Each image is made from the one before.
#include "app/lab/asked_modules.h"
#include "app/lab/initramfs.h"
#include "app/lab/request.h"
#include "app/lab/virtual_machine.h"
#include "app/scenario/loader.h"

#include <fcntl.h>
#include <iostream>
#include <random>
#include <thread>

using namespace skbscope;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

bool ready(const bpf::read_state &s) {
    return s.ready;
}
bool ended(const bpf::read_state &s) {
    return s.ended;
}

class Soak {
public:
    Soak(app::LabFiles lab, const bpf::op_list &list, unsigned delayUs)
        : lab_(std::move(lab)), request_(app::runRequest(1, list)), delayUs_(delayUs),
          directory_(fs::temp_directory_path()) {
        if (auto made = app::buildInitramfs(lab_, app::modulesFor(list))) initramfs_ = std::move(*made);
    }

    int run(unsigned tries) const {
        std::mt19937 random(1);
        unsigned bad = 0;
        fs::path last = name(0);
        if (!well(0, save(-1, {}, last, 0))) return 3;
        for (unsigned n = 1; n <= tries; ++n) {
            const app::UniqueFd from(open(last.c_str(), O_RDONLY)); // QEMU takes it with it
            const std::string attach = app::attachRequest(1 + n, {"ip_rcv"});
            std::string why = save(from.get(), attach, name(n), static_cast<unsigned>(random() % (delayUs_ + 1)));
            if (why.empty()) why = runFrom(name(n));
            if (well(n, why)) {
                fs::remove(last);
                last = name(n);
            } else {
                fs::rename(name(n), directory_ / ("stood-still-" + std::to_string(n)));
                ++bad;
            }
        }
        fs::remove(last);
        std::cerr << bad << " of " << tries << " images were bad\n";
        return bad == 0 ? 0 : 1;
    }

private:
    fs::path name(unsigned n) const {
        return directory_ / ("image-soak-" + std::to_string(getpid()) + "-" + std::to_string(n));
    }
    static bool well(unsigned n, const std::string &why) {
        std::cerr << n << ": " << (why.empty() ? "well" : why) << "\n";
        return why.empty();
    }

    // What went wrong, or nothing.
    std::string save(int from, const std::string &request, const fs::path &to, unsigned delayUs) const {
        bpf::stream_reader stream;
        app::VirtualMachine machine(lab_, stream);
        if (auto ok = machine.start({initramfs_, request, from}); !ok) return ok.error().message();
        if (auto ok = machine.waitFor(ready, 300s); !ok) return ok.error().message();
        std::this_thread::sleep_for(std::chrono::microseconds(delayUs));
        if (auto ok = machine.saveTo(to); !ok) return ok.error().message();
        return {};
    }
    std::string runFrom(const fs::path &path) const {
        const app::UniqueFd image(open(path.c_str(), O_RDONLY));
        bpf::stream_reader stream;
        app::VirtualMachine machine(lab_, stream);
        if (auto ok = machine.start({initramfs_, request_, image.get()}); !ok) return ok.error().message();
        const auto ok = machine.waitFor(ended, 60s, 8s);
        if (ok) return {};
        return (stream.state().hello ? "after the greeting: " : "no greeting: ") + ok.error().message();
    }

    app::LabFiles lab_;
    std::string initramfs_, request_;
    unsigned delayUs_;
    fs::path directory_;
};

} // namespace

int main(int argc, char **argv) {
    if (argc < 3) {
        std::cerr << "usage: image_soak_tool SCENARIO.yaml N [DELAY_US]\n";
        return 2;
    }
    const auto scenario = app::loadScenario(argv[1]);
    auto lab = app::findLab();
    if (!scenario || !lab) {
        std::cerr << (scenario ? lab.error().message() : scenario.error().message()) << "\n";
        return 2;
    }
    const Soak soak(std::move(*lab), scenario->ops.list(), argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : 3000);
    return soak.run(static_cast<unsigned>(std::atoi(argv[2])));
}
