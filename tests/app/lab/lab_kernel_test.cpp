// SPDX-License-Identifier: GPL-2.0-or-later
// A kernel of the user's own: what is wrong with it is said before anything boots; and what a machine is built of.
#include "app/lab/initramfs.h"
#include "app/lab/kernel_modules.h"
#include "app/lab/lab_files.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace {

using namespace skbscope;
using app::RunErrorCode;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

class UserKernel : public testing::Test {
protected:
    void SetUp() override {
        if (app::findProgram("qemu-system-x86_64").empty()) GTEST_SKIP() << "no qemu-system-x86_64 here";
        directory_ = fs::temp_directory_path() / ("skbscope-kernel-test-" + std::to_string(getpid()));
        fs::create_directories(directory_);
        options_.vmlinuz = directory_ / "vmlinuz";
        options_.modules = directory_ / "modules";
        setenv("SKBSCOPE_AGENT", (directory_ / "agent").c_str(), 1);
        write("agent", "no program");
        std::string image(0x1000, '\0');
        image.replace(0x202, 4, "HdrS");
        image[0x20e] = 0x10; // 0x200 + 0x310
        image[0x20f] = 0x03;
        image.replace(0x510, 20, std::string_view("6.9.0-mine (me@here)"));
        write("vmlinuz", image);
        for (const char *m : {"drivers/virtio/virtio_ring", "drivers/virtio/virtio", "drivers/virtio/virtio_pci",
                              "drivers/char/virtio_console", "drivers/net/veth"})
            write("modules/kernel/" + std::string(m) + ".ko", "no module");
    }
    void TearDown() override {
        unsetenv("SKBSCOPE_AGENT");
        fs::remove_all(directory_);
    }
    void write(const fs::path &path, const std::string &text) const {
        fs::create_directories((directory_ / path).parent_path());
        std::ofstream(directory_ / path, std::ios::binary) << text;
    }
    [[nodiscard]] app::RunError failure() const {
        const auto lab = app::findLab(options_);
        if (!lab) return lab.error();
        const auto initramfs = app::buildInitramfs(*lab);
        return initramfs ? app::RunError{RunErrorCode::badInput, "nothing", "is wrong"} : initramfs.error();
    }
    fs::path directory_;
    app::LabOptions options_;
};

TEST_F(UserKernel, SaysItsRelease) {
    const auto release = app::kernelRelease(options_.vmlinuz);
    ASSERT_TRUE(release) << release.error().message();
    EXPECT_EQ(*release, "6.9.0-mine");
}

TEST_F(UserKernel, IsNoKernel) {
    write("vmlinuz", "#!/bin/sh\n");
    EXPECT_EQ(failure().code, RunErrorCode::badInput);
    EXPECT_THAT(failure().message(), HasSubstr("vmlinuz: is no x86 kernel image"));
    fs::remove(options_.vmlinuz);
    EXPECT_THAT(failure().message(), HasSubstr("vmlinuz: cannot be read"));
}

TEST_F(UserKernel, ModulesThatAreNotThere) {
    EXPECT_EQ(failure().code, RunErrorCode::badInput);
    EXPECT_THAT(failure().message(), HasSubstr("has no module drivers/net/tun.ko"));
    write("modules/modules.builtin", "kernel/drivers/net/tun.ko\n");
    EXPECT_EQ(failure().place, "nothing") << failure().message();
    options_.modules.clear();
    EXPECT_THAT(failure().message(), HasSubstr("--modules DIR names the modules of 6.9.0-mine"));
    options_.vmlinuz.clear();
    options_.modules = directory_;
    EXPECT_THAT(failure().message(), HasSubstr("give --vmlinuz too"));
}

TEST_F(UserKernel, PackedModulesAreUnpacked) {
    write("modules/kernel/drivers/net/tun.ko", "the module");
    const std::string pack = "gzip '" + (options_.modules / "kernel/drivers/net/tun.ko").string() + "'";
    ASSERT_EQ(std::system(pack.c_str()), 0);
    EXPECT_EQ(app::KernelModules(options_.modules).read("drivers/net/tun"), "the module");
}

TEST(Machine, CountsInstructionsOnOneCpuAlone) {
    app::LabOptions options;
    EXPECT_THAT(app::Machine(options).arguments(), Contains("-icount"));
    options.cpus = 2;
    EXPECT_THAT(app::Machine(options).arguments(), Not(Contains("-icount")));
    EXPECT_THAT(app::Machine(options).determinism(), HasSubstr("task by task"));
    options = {};
    options.realTime = true;
    EXPECT_THAT(app::Machine(options).arguments(), Not(Contains("-icount")));
    EXPECT_NE(app::Machine(options).describe(), app::Machine(app::LabOptions()).describe());
}

} // namespace
