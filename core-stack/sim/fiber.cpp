// SPDX-License-Identifier: GPL-2.0-or-later
#include "sim/fiber.h"

#include "sim/asan.h"

#include <boost/context/detail/fcontext.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace skbscope::stack {

namespace ctx = boost::context::detail;

namespace {

constexpr std::size_t stack_bytes = SKBSCOPE_ASAN ? (1U << 20) : (256U << 10);

// What travels with a switch: who left, and who comes.
struct hand_over {
    fiber *from;
    fiber *to;
};

// On the new stack: note where the one that left goes on.
void arrive(ctx::transfer_t t) {
    const auto *h = static_cast<hand_over *>(t.data);
    h->from->context = t.fctx;
    const void *bottom = nullptr;
    std::size_t size = 0;
    asan_switch_end(h->to->fake_stack, &bottom, &size);
    if (!h->from->stack_bottom) { // the machine's own stack: only the sanitizer knows its bounds
        h->from->stack_bottom = bottom;
        h->from->stack_size = size;
    }
}

void start(ctx::transfer_t t) {
    fiber *self = static_cast<hand_over *>(t.data)->to;
    arrive(t);
    self->entry();
    std::abort(); // entry never returns
}

} // namespace

fiber::fiber(std::function<void()> e) : memory_size(stack_bytes), entry(std::move(e)) {
    const auto guard = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    memory_size += guard;
    memory = mmap(nullptr, memory_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "stack of a task");
    mprotect(memory, guard, PROT_NONE);
    stack_bottom = static_cast<char *>(memory) + guard;
    stack_size = stack_bytes;
    context = ctx::make_fcontext(static_cast<char *>(memory) + memory_size, stack_size, start);
}

// Frames that never returned left their marks for the sanitizer; the next stack may be mapped at the same place.
fiber::~fiber() {
    if (!memory) return;
    asan_unpoison(const_cast<void *>(stack_bottom), stack_size);
    munmap(memory, memory_size);
}

void fiber_switch(fiber &from, fiber &to, bool last) {
    hand_over h{&from, &to};
    asan_switch_begin(last ? nullptr : &from.fake_stack, to.stack_bottom, to.stack_size);
    arrive(ctx::jump_fcontext(to.context, &h));
}

} // namespace skbscope::stack
