// SPDX-License-Identifier: GPL-2.0-or-later
// The instructions of generic programs as libbpf relocates them. libbpf relocates only what it loads, and what is
// loaded in the end are copies for other functions, each of which the kernel verifies for itself: so two instructions
// are loaded in a program's place, which costs a hundredth of verifying it once more.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

struct bpf_insn;
struct bpf_prog_load_opts;
struct bpf_program;

namespace skbscope::bpf {

class relocated_programs {
public:
    // From now on libbpf asks this object about programs in sections "fentry" and "fexit": make it before an object
    // file is opened. One at a time. Throws agent_failure.
    relocated_programs();
    ~relocated_programs();
    relocated_programs(const relocated_programs &) = delete;
    relocated_programs &operator=(const relocated_programs &) = delete;

    // Before loading: a function (by its id in the BTF of the kernel image) that the program would fit. `whole`: load
    // it as it is, so that a kernel that refuses such programs says so now.
    void aim(const bpf_program *program, std::uint32_t btf_id, bool whole);
    // libbpf asks this object no more; what was kept stays.
    void loaded();
    // After loading. Empty for a program that was not loaded.
    [[nodiscard]] std::span<const bpf_insn> of(const bpf_program *program) const;

private:
    struct generic {
        std::uint32_t btf_id = 0;
        bool whole = false;
        std::vector<bpf_insn> insns;
    };
    static int prepare(bpf_program *program, bpf_prog_load_opts *opts, long cookie);
    static void register_handlers();

    std::map<const bpf_program *, generic> generics_;
};

} // namespace skbscope::bpf
