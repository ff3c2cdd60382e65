// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/filter_jit.h"

#include "bpf/filter_codes.h"

namespace skbscope::bpf {

namespace {

using namespace codes;

constexpr std::uint32_t memory_words = 16;

// Registers of the translation: what a call leaves alone holds the filter's state.
enum reg : unsigned { r0, r1, r2, r3, r4, r5, r_data, r_have, r_a, r_x, r_frame };
constexpr std::int32_t probe_read_kernel = 113;
// below the frame pointer
constexpr std::int16_t buffer_at = -8, length_at = -16;
constexpr std::int16_t memory_at(std::uint32_t index) {
    return static_cast<std::int16_t>(-20 - static_cast<int>(index) * 4);
}

constexpr unsigned class_of(const classic_insn &i) {
    return i.code & 7U;
}

bool is_load(std::uint16_t code) {
    for (const unsigned size : {word, half, byte})
        if (code == (ld | size | abs_) || code == (ld | size | ind)) return true;
    return code == (ldx | byte | msh);
}

bool is_alu(std::uint16_t code) {
    if (code == (alu | neg)) return true;
    const unsigned op = code & 0xf0U;
    return op <= xor_ && op != neg && (code & 7U) == alu && code < 0x100;
}

bool is_jump(std::uint16_t code) {
    if (code == (jmp | ja)) return true;
    const unsigned op = code & 0xf0U;
    return op >= jeq && op <= jset && (code & 7U) == jmp && code < 0x100;
}

bool is_known(std::uint16_t code) {
    for (const unsigned one : {ld | imm, ldx | imm, ld | mem, ldx | mem, ld | len, ldx | len, st, stx, ret,
                               ret | from_a, misc | tax, misc | txa})
        if (code == one) return true;
    return is_load(code) || is_alu(code) || is_jump(code);
}

// What is wrong with an instruction that stands at `at` of `count`.
std::string fault(const classic_insn &i, std::size_t at, std::size_t count) {
    if (!is_known(i.code)) return "unknown opcode " + std::to_string(i.code);
    const std::size_t after = count - at - 1;
    if (class_of(i) == jmp) {
        const bool out = i.code == (jmp | ja) ? i.k >= after : i.jt >= after || i.jf >= after;
        return out ? "jumps out of the filter" : "";
    }
    const bool memory = class_of(i) == st || class_of(i) == stx || i.code == (ld | mem) || i.code == (ldx | mem);
    if (memory && i.k >= memory_words) return "no memory word " + std::to_string(i.k);
    if (class_of(i) == alu && (i.code & from_x) == 0) {
        const unsigned op = i.code & 0xf0U;
        if ((op == div || op == mod) && i.k == 0) return "divides by 0";
        if ((op == lsh || op == rsh) && i.k > 31) return "shifts by more than 31";
    }
    if (after == 0 && class_of(i) != ret) return "the filter does not end with a return";
    return {};
}

// Instructions that are reached. The kernel refuses programs that hold others. Jumps only lead forward.
std::vector<bool> reached(std::span<const classic_insn> filter) {
    std::vector<bool> is(filter.size() + 1);
    is[0] = true;
    for (std::size_t at = 0; at < filter.size(); ++at) {
        const classic_insn &i = filter[at];
        if (!is[at] || class_of(i) == ret) continue;
        if (i.code == (jmp | ja)) {
            is[at + 1 + i.k] = true;
        } else if (class_of(i) == jmp) {
            is[at + 1 + i.jt] = is[at + 1 + i.jf] = true;
        } else {
            is[at + 1] = true;
        }
    }
    return is;
}

class translator {
public:
    explicit translator(std::span<const classic_insn> filter) : filter_(filter), start_(filter.size() + 1) {}

    tl::expected<std::vector<kernel_insn>, std::string> run() {
        const std::vector<bool> live = reached(filter_);
        prologue();
        for (at_ = 0; at_ < filter_.size(); ++at_) {
            start_[at_] = out_.size();
            if (live[at_]) one(filter_[at_]);
        }
        start_[filter_.size()] = out_.size(); // where everything goes that is not wanted
        if (rejects_) {
            emit(alu32 | move, r0, 0, 0, 0);
            emit(leave, r0);
        }
        for (const auto &[from, to] : jumps_) {
            const auto distance = static_cast<std::int64_t>(start_[to]) - static_cast<std::int64_t>(from) - 1;
            if (distance > INT16_MAX) return tl::unexpected(std::string("the filter is too long"));
            out_[from].off = static_cast<std::int16_t>(distance);
        }
        return std::move(out_);
    }

private:
    void emit(unsigned code, unsigned dst, unsigned src = 0, int off = 0, std::uint32_t value = 0) {
        out_.push_back({static_cast<std::uint8_t>(code), static_cast<std::uint8_t>(dst | src << 4U),
                        static_cast<std::int16_t>(off), static_cast<std::int32_t>(value)});
    }
    void go_to(std::size_t target, unsigned code, unsigned dst = 0, unsigned src = 0, std::uint32_t value = 0) {
        jumps_.emplace_back(out_.size(), target);
        emit(code, dst, src, 0, value);
    }
    void reject_if(unsigned code, unsigned dst, unsigned src = 0, std::uint32_t value = 0) {
        rejects_ = true;
        go_to(filter_.size(), code, dst, src, value);
    }

    void prologue() {
        emit(alu64 | move | source_reg, r_data, r1);
        emit(alu32 | move | source_reg, r_have, r3);
        emit(alu32 | move | source_reg, r2, r2);
        emit(store_double, r_frame, r2, length_at);
        emit(alu32 | move, r_a);
        emit(alu32 | move, r_x);
        bool used[memory_words] = {};
        for (const classic_insn &i : filter_)
            if (i.code == (ld | mem) || i.code == (ldx | mem)) used[i.k] = true;
        for (std::uint32_t m = 0; m < memory_words; ++m) // the kernel refuses to read a word that was never written
            if (used[m]) emit(store_imm, r_frame, 0, memory_at(m));
    }

    void one(const classic_insn &i) {
        if (is_load(i.code)) return load_packet(i);
        if (class_of(i) == alu) return arithmetic(i);
        if (class_of(i) == jmp) return jump(i);
        switch (i.code) {
        case ld | imm:
            return emit(alu32 | move, r_a, 0, 0, i.k);
        case ldx | imm:
            return emit(alu32 | move, r_x, 0, 0, i.k);
        case ld | mem:
            return emit(load, r_a, r_frame, memory_at(i.k));
        case ldx | mem:
            return emit(load, r_x, r_frame, memory_at(i.k));
        case ld | len:
            return emit(load_double, r_a, r_frame, length_at);
        case ldx | len:
            return emit(load_double, r_x, r_frame, length_at);
        case st:
            return emit(store, r_frame, r_a, memory_at(i.k));
        case stx:
            return emit(store, r_frame, r_x, memory_at(i.k));
        case misc | tax:
            return emit(alu32 | move | source_reg, r_x, r_a);
        case misc | txa:
            return emit(alu32 | move | source_reg, r_a, r_x);
        case ret | from_a:
            emit(alu32 | move | source_reg, r0, r_a);
            return emit(leave, r0);
        default: // ret
            emit(alu32 | move, r0, 0, 0, i.k);
            return emit(leave, r0);
        }
    }

    // The offset goes to r3, as a sum that cannot wrap: both parts are 32 bits wide.
    void load_packet(const classic_insn &i) {
        const unsigned size = i.code & 0x18U;
        const std::uint32_t bytes = size == word ? 4 : size == half ? 2 : 1;
        emit(alu32 | move, r3, 0, 0, i.k);
        if ((i.code & 0xe0U) == ind) emit(alu64 | add | source_reg, r3, r_x);
        emit(alu64 | move | source_reg, r1, r3);
        emit(alu64 | add, r1, 0, 0, bytes);
        reject_if(jump64 | jgt | source_reg, r1, r_have);
        emit(alu64 | add | source_reg, r3, r_data);
        emit(alu32 | move, r2, 0, 0, bytes);
        emit(alu64 | move | source_reg, r1, r_frame);
        emit(alu64 | add, r1, 0, 0, static_cast<std::uint32_t>(buffer_at));
        emit(call, 0, 0, 0, probe_read_kernel);
        reject_if(jump64 | jne, r0);
        const unsigned to = class_of(i) == ldx ? r_x : r_a;
        emit(size == word ? load : size == half ? load_half : load_byte, to, r_frame, buffer_at);
        if (bytes > 1) emit(to_big_endian, to, 0, 0, bytes * 8);
        if (class_of(i) == ldx) { // 4 * (byte & 0xf): the length of an IPv4 header
            emit(alu32 | and_, to, 0, 0, 0xf);
            emit(alu32 | lsh, to, 0, 0, 2);
        }
    }

    void arithmetic(const classic_insn &i) {
        const unsigned op = i.code & 0xf0U;
        const bool by_x = (i.code & from_x) != 0 && op != neg;
        if (by_x && (op == div || op == mod)) reject_if(jump32 | jeq, r_x);
        if (by_x && (op == lsh || op == rsh)) { // the kernel's BPF looks at five bits of X, classic BPF at all
            emit(jump32 | jle, r_x, 0, 2, 31);
            emit(alu32 | move, r_a);
            emit(jump64 | ja, 0, 0, 1);
        }
        if (by_x)
            emit(alu32 | op | source_reg, r_a, r_x);
        else
            emit(alu32 | op, r_a, 0, 0, op == neg ? 0 : i.k);
    }

    void jump(const classic_insn &i) {
        const std::size_t next = at_ + 1;
        if (i.code == (jmp | ja)) return go_to(next + i.k, jump64 | ja);
        if (i.jt == i.jf) return go_to(next + i.jt, jump64 | ja);
        const unsigned op = i.code & 0xf0U, source = i.code & from_x;
        const std::uint32_t value = source != 0 ? 0 : i.k;
        const auto when = [&](unsigned what, std::size_t target) {
            go_to(target, jump32 | what | source, r_a, source != 0 ? r_x : r0, value);
        };
        if (i.jt == 0 && op != jset) return when(op == jeq ? jne : op == jgt ? jle : jlt, next + i.jf);
        when(op, next + i.jt);
        if (i.jf != 0) go_to(next + i.jf, jump64 | ja);
    }

    std::span<const classic_insn> filter_;
    std::vector<kernel_insn> out_;
    std::vector<std::size_t> start_; // of each classic instruction in out_; the last one: of the rejection
    std::vector<std::pair<std::size_t, std::size_t>> jumps_;
    std::size_t at_ = 0;
    bool rejects_ = false;
};

} // namespace

tl::expected<std::vector<kernel_insn>, std::string> translate(std::span<const classic_insn> filter) {
    const auto wrong = [](const std::string &why) { return tl::unexpected("packet filter: " + why); };
    if (filter.empty()) return wrong("is empty");
    if (filter.size() > classic_insns_max) return wrong("more than " + std::to_string(classic_insns_max));
    for (std::size_t i = 0; i < filter.size(); ++i)
        if (const std::string why = fault(filter[i], i, filter.size()); !why.empty())
            return wrong("instruction " + std::to_string(i) + ": " + why);
    auto done = translator(filter).run();
    if (!done) return wrong(done.error());
    return done;
}

} // namespace skbscope::bpf
