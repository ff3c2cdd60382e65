// SPDX-License-Identifier: GPL-2.0-or-later
// What the model itself takes of `skbscope attach`: frames from memory, answers to nowhere. "calls" is an echoed
// datagram each; Quiet: nothing is recorded; Recorded: what came is, to make the events of (the default of -o); Direct:
// every event is written when it happens.
#include "../app/attach/frames.h"
#include "app/attach/attachment.h"

#include <arpa/inet.h>
#include <benchmark/benchmark.h>

namespace {

using skbscope::test::Bytes;

// Gives the same frame again and again.
class RepeatingWire final : public skbscope::app::Wire {
public:
    [[nodiscard]] int descriptor() const override { return ready_.get(); }
    [[nodiscard]] tl::expected<std::span<const std::uint8_t>, skbscope::app::RunError> receive() override {
        if (left == 0 || held_ == burst) {
            held_ = 0;
            return std::span<const std::uint8_t>();
        }
        --left;
        ++held_;
        return std::span<const std::uint8_t>(frame);
    }
    void send(std::span<const std::uint8_t> /*frame*/) override { ++sent; }
    // What waiting costs is the host kernel's.
    [[nodiscard]] tl::expected<bool, skbscope::app::RunError> wait(int /*wake*/, std::uint64_t /*deadline*/) override {
        return left == 0 && held_ == 0;
    }

    Bytes frame;
    std::uint64_t left = 0, sent = 0;
    unsigned burst = 1; // so many at a look

private:
    skbscope::app::UniqueFd ready_{eventfd(1, EFD_CLOEXEC)};
    unsigned held_ = 0;
};

enum class Record : std::uint8_t { no, whatCame, events };

void echo(benchmark::State &state, Record record) {
    using namespace skbscope::app;
    AttachOptions options;
    options.address = inet_addr("10.9.0.2");
    options.services = {{ServiceKind::echo, 7}};
    options.record = record != Record::no;
    options.direct = record == Record::events;
    options.eventsMax = static_cast<std::uint64_t>(state.range(1)); // of 64 bytes, written over and over
    RepeatingWire wire;
    wire.burst = static_cast<unsigned>(state.range(0));
    Attachment model(options, wire, nullptr);
    if (!model.begin()) return state.SkipWithError("the model cannot be set up");
    const auto run = [&](const Bytes &frame, std::uint64_t count) {
        wire.frame = frame;
        wire.left = count;
        (void)model.run(wire.descriptor(), [&wire] { return wire.left == 0; });
    };
    const skbscope::app::MacAddress address = model.mac();
    const Bytes mac(address.begin(), address.end());
    run(skbscope::test::arpRequest(), 1);
    const Bytes request = skbscope::test::udpFrame(mac, 7, std::string(64, 'x'));
    constexpr std::uint64_t atOnce = 1024;
    wire.sent = 0;
    for ([[maybe_unused]] auto iteration : state)
        run(request, atOnce);
    const auto echoes = static_cast<std::int64_t>(wire.sent);
    if (wire.sent < static_cast<std::uint64_t>(state.iterations()) * atOnce - 64)
        state.SkipWithError("datagrams were lost");
    state.SetItemsProcessed(echoes);
    state.counters["events"] = static_cast<double>(model.counters().events) / static_cast<double>(echoes);
}
BENCHMARK_CAPTURE(echo, Quiet, Record::no)->Args({1, 0})->Args({16, 0})->UseRealTime();
BENCHMARK_CAPTURE(echo, Recorded, Record::whatCame)->Args({1, 20'000'000})->UseRealTime();
BENCHMARK_CAPTURE(echo, Direct, Record::events)->Args({1, 4096})->Args({1, 1'000'000})->UseRealTime();

} // namespace

BENCHMARK_MAIN();
