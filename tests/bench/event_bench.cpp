// SPDX-License-Identifier: GPL-2.0-or-later
// What an event costs. The bar: at most 25 ns switched on, at most 1 ns switched off, a call being two events (enter
// and leave). For scale: reading the time stamp counter and storing 64 bytes, the least that any tracer could do.
#include "linux/netdevice.h"
#include "linux/skbuff.h"
#include "net/net_namespace.h"
#include "sim/machine.h"
#include "trace/event.h"
#include "trace/recorder.h"
#include "traced_functions.h"

#include <benchmark/benchmark.h>

#include <cstring>
#include <memory>
#include <vector>
#include <x86intrin.h>

namespace {

using namespace skbscope;
using namespace skbscope::stack;

constexpr std::size_t events_kept = 1 << 20; // 64 MiB, then the recorder starts afresh

struct bench_machine {
    trace::Recorder recorder{1};
    machine m{{.cpus = 1, .seed = 1}, &recorder};
    machine::use use{m};
    sk_buff *skb = nullptr;

    explicit bench_machine(unsigned payload) {
        skb = alloc_skb(payload + 64, GFP_KERNEL);
        skb_reserve(skb, 64);
        std::memset(skb_put(skb, payload), 'x', payload);
        skb->dev = init_net()->loopback_dev;
        skb_reset_mac_header(skb);
        skb_reset_network_header(skb);
        skb_set_transport_header(skb, 20);
    }
    ~bench_machine() {
        recorder.set_on(false);
        kfree_skb(skb);
    }
    void keep_it_small(benchmark::State &state) {
        if (recorder.size() < events_kept) return;
        state.PauseTiming();
        recorder.clear();
        state.ResumeTiming();
    }
};

void rdtsc_and_store(benchmark::State &state) {
    constexpr std::size_t slots = events_kept;
    auto memory = std::make_unique<trace::Event[]>(slots);
    std::size_t i = 0;
    for (auto _ : state) {
        trace::Event e{};
        e.time = __rdtsc();
        memory[i++ & (slots - 1)] = e;
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(rdtsc_and_store);

template <int (*function)(sk_buff *, int)> void switched_off(benchmark::State &state) {
    bench_machine b(60);
    int x = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(x = function(b.skb, x));
}
BENCHMARK(switched_off<plain_function>);
BENCHMARK(switched_off<traced_function>);
BENCHMARK(switched_off<traced_skb_function>);

// A thousand calls an iteration, two events a call: per_event is what one event costs.
template <int (*function)(sk_buff *, int)> void switched_on(benchmark::State &state) {
    bench_machine b(static_cast<unsigned>(state.range(0)));
    b.recorder.set_on(true);
    int x = 0;
    std::int64_t calls = 0;
    for (auto _ : state) {
        for (int i = 0; i < 1024; ++i)
            benchmark::DoNotOptimize(x = function(b.skb, x));
        calls += 1024;
        b.keep_it_small(state);
    }
    state.SetItemsProcessed(2 * calls);
    state.counters["per_event"] =
        benchmark::Counter(static_cast<double>(2 * calls), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(switched_on<traced_function>)->Arg(60);
BENCHMARK(switched_on<traced_skb_function>)->Arg(60)->Arg(1500);

} // namespace

BENCHMARK_MAIN();
