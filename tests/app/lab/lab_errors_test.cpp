// SPDX-License-Identifier: GPL-2.0-or-later
// A lab that is not there says what is missing and how to get it: one line, and the exit code for "not possible here".
#include "app/lab/cpio.h"
#include "app/lab/kernel_run.h"
#include "app/lab/lab_files.h"
#include "oplists.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace {

using namespace skbscope;
using app::KernelTarget;
using app::RunErrorCode;
using testing::HasSubstr;
namespace fs = std::filesystem;

// A lab of our own making in a directory of its own, all of it made up.
class MadeUpLab : public testing::Test {
protected:
    void SetUp() override {
        directory_ = fs::temp_directory_path() / ("skbscope-lab-test-" + std::to_string(getpid()));
        fs::create_directories(directory_ / "bin");
        path_ = std::getenv("PATH");
        setenv("SKBSCOPE_LAB_DIR", directory_.c_str(), 1);
    }
    void TearDown() override {
        setenv("PATH", path_.c_str(), 1);
        unsetenv("SKBSCOPE_LAB_DIR");
        unsetenv("SKBSCOPE_AGENT");
        fs::remove_all(directory_);
    }
    void write(const fs::path &path, const std::string &text, bool executable = false) const {
        fs::create_directories((directory_ / path).parent_path());
        std::ofstream(directory_ / path) << text;
        if (executable) fs::permissions(directory_ / path, fs::perms::owner_all);
    }
    void writeKernel() const {
        write("6.1.0-1/boot/vmlinuz-6.1.0-1", "no kernel");
        for (const char *m :
             {"drivers/virtio/virtio_ring", "drivers/virtio/virtio", "drivers/virtio/virtio_pci_legacy_dev",
              "drivers/virtio/virtio_pci_modern_dev", "drivers/virtio/virtio_pci", "drivers/char/virtio_console",
              "drivers/net/veth", "drivers/net/tun"})
            write(fs::path("6.1.0-1/lib/modules/6.1.0-1/kernel") / (std::string(m) + ".ko"), "no module");
    }
    void useQemu(const std::string &script) const {
        write("bin/qemu-system-x86_64", "#!/bin/sh\n" + script + "\n", true);
        setenv("PATH", ((directory_ / "bin").string() + ":" + path_).c_str(), 1);
    }
    void useAgent() const {
        write("agent", "no program");
        setenv("SKBSCOPE_AGENT", (directory_ / "agent").c_str(), 1);
    }
    static app::RunError failure() {
        const auto side = app::runOnKernel(test::udp_loopback(), KernelTarget::lab());
        EXPECT_FALSE(side);
        return side ? app::RunError() : side.error();
    }

    fs::path directory_;
    std::string path_;
};

TEST_F(MadeUpLab, NoQemu) {
    setenv("PATH", (directory_ / "bin").c_str(), 1);
    EXPECT_EQ(failure().code, RunErrorCode::notPossibleHere);
    EXPECT_THAT(failure().message(), HasSubstr("apt-get install qemu-system-x86"));
}

TEST_F(MadeUpLab, NoKernel) {
    useQemu("exit 0");
    EXPECT_EQ(failure().code, RunErrorCode::notPossibleHere);
    EXPECT_THAT(failure().message(), HasSubstr("fetch-kernel.sh"));
}

TEST_F(MadeUpLab, NoAgent) {
    useQemu("exit 0");
    writeKernel();
    setenv("SKBSCOPE_AGENT", "/nowhere/agent", 1);
    EXPECT_THAT(failure().message(), HasSubstr("/nowhere/agent: not found"));
}

TEST_F(MadeUpLab, AModuleIsMissing) {
    useQemu("exit 0");
    writeKernel();
    useAgent();
    fs::remove(directory_ / "6.1.0-1/lib/modules/6.1.0-1/kernel/drivers/net/veth.ko");
    EXPECT_THAT(failure().message(), HasSubstr("veth.ko: cannot be read"));
}

TEST_F(MadeUpLab, QemuDiesAtOnce) {
    useQemu("case $1 in --version) echo QEMU 0; exit 0;; esac; echo 'qemu: out of luck' >&2; exit 1");
    writeKernel();
    useAgent();
    const app::RunError e = failure();
    EXPECT_EQ(e.code, RunErrorCode::notPossibleHere);
    EXPECT_THAT(e.message(), HasSubstr("ended with status 1 before the run did"));
    EXPECT_THAT(e.message(), HasSubstr("out of luck"));
    EXPECT_EQ(e.message().find('\n'), std::string::npos);
}

TEST_F(MadeUpLab, QemuIsKilled) {
    useQemu("case $1 in --version) echo QEMU 0; exit 0;; esac; kill -9 $$");
    writeKernel();
    useAgent();
    EXPECT_THAT(failure().message(), HasSubstr("(qemu-system-x86_64) was killed by signal 9"));
}

TEST(Lab, ABadListIsBadInput) {
    bpf::op_list list = test::udp_loopback();
    list.ops[2].sock = 999;
    list.ops[2].line = 8;
    const auto side = app::runOnKernel(list, KernelTarget::lab());
    ASSERT_FALSE(side);
    EXPECT_EQ(side.error().code, RunErrorCode::badInput);
    EXPECT_THAT(side.error().message(), HasSubstr("line 8"));
}

TEST(Cpio, IsWhatCpioReads) {
    app::CpioArchive archive;
    archive.addDirectory("dev");
    archive.addFile("init", "#!/bin/sh\n", true);
    const std::string bytes = archive.finish();
    EXPECT_EQ(bytes.substr(0, 6), "070701");
    EXPECT_EQ(bytes.size() % 4, 0U);
    // the second member: 110 bytes of header, "dev" and its end fill 114, padded to 116
    EXPECT_EQ(bytes.substr(116, 6), "070701");
    EXPECT_EQ(bytes.substr(116 + 14, 8), "000081ED"); // a regular file, 0755
    EXPECT_EQ(bytes.substr(116 + 54, 8), "0000000A"); // its size
    EXPECT_NE(bytes.find("TRAILER!!!"), std::string::npos);
}

} // namespace
