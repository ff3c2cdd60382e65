// SPDX-License-Identifier: GPL-2.0-or-later
// Operations on packets, in any order, against plain bytes: whatever is put, pushed, pulled, trimmed, cloned, copied,
// taken apart or joined, each packet holds the bytes that the same operation leaves in a vector; queues are deques; and
// when all are freed, no memory is lost. The operations stand in skbuff_ops.h (life, data, copies), skbuff_queues.h and
// skbuff_cut.h (what is inside, cutting and joining).
#include "sim/machine.h"
#include "skbuff_cut.h"

using namespace skbscope;
using fuzz::Memory;

namespace {

using Op = void (fuzz::Cutting::*)();
using W = fuzz::Cutting;
constexpr Op ops[] = {
    &W::allocate,      &W::put,          &W::push,          &W::pull,      &W::pull_and_back, &W::trim,
    &W::reserve,       &W::put_too_much, &W::push_too_much, &W::store,     &W::read_part,     &W::sum,
    &W::trim_sum,      &W::pull_sum,     &W::clone,         &W::copy,      &W::partial_copy,  &W::copy_expand,
    &W::more_headroom, &W::expand,       &W::linearize,     &W::may_pull,  &W::condense,      &W::cow,
    &W::share,         &W::unshare,      &W::morph,         &W::pad,       &W::add_frag,      &W::append_frag,
    &W::add_member,    &W::coalesce,     &W::split,         &W::segment,   &W::cut_merged,    &W::free_one,
    &W::queue_tail,    &W::queue_head,   &W::dequeue,       &W::from_tail, &W::unlink,        &W::splice_behind,
    &W::splice_before, &W::queue_after,  &W::purge,         &W::ref_frag,
};

void play(fuzz::Input in) {
    constexpr int at_most = 128;
    fuzz::Cutting world(in);
    for (int i = 0; i < at_most && !world.over(); ++i) {
        (world.*ops[world.byte() % std::size(ops)])();
        world.check_all();
        world.drop_large();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    static stack::machine machine({.cpus = 1, .seed = 1});
    static const stack::machine::use use(machine);
    Memory before = Memory::now();
    play(fuzz::Input(data, size));
    Memory after = Memory::now();
    if (before.used != after.used || before.free.size() != after.free.size()) { // caches grew: compare the second time
        before = after;
        play(fuzz::Input(data, size));
        after = Memory::now();
    }
    fuzz::require(before == after, "memory is lost, or was freed twice");
    return 0;
}
