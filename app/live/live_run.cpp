// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/live/live_run.h"

#include "app/agent/ssh_way.h"
#include "app/lab/initramfs.h"
#include "app/lab/lab_images.h"
#include "app/lab/request.h"
#include "app/lab/run_facts.h"
#include "app/lab/virtual_machine.h"
#include "app/live/live_select.h"
#include "bpf/frame.h"

#include <algorithm>

namespace skbscope::app {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto look = 100ms;                     // how long a count or a duration may be overdrawn
constexpr auto quiet = 500ms;                    // after the last wanted packet: it has arrived
constexpr auto detachLimit = 10s;                // without a sign, while what is on its way still comes
constexpr auto labLimit = 2s;                    // ... of a machine that may be busy with anything
constexpr std::uint32_t liveSerial = 0x7fffffff; // no image has served it

// How bytes come from the agent, whatever the way.
struct Way {
    std::function<tl::expected<void, RunError>(Clock::time_point until)> read;
    std::function<void()> stop; // asks the agent to end the watch
    std::chrono::milliseconds limit;
    bool mayEndAlone = false; // an agent that does not answer in time ends with its machine: no failure
};

class Watch {
public:
    Watch(const LiveOptions &options, const LiveCalls &calls, bpf::stream_reader &stream)
        : options_(options), calls_(calls), stream_(stream), select_(options.only, options.count) {}

    tl::expected<LiveResult, RunError> run(const Way &way) {
        while (!finished(way)) {
            if (auto ok = way.read(Clock::now() + look); !ok) broke_ = ok.error();
            tell();
            if (calls_.meanwhile) calls_.meanwhile();
        }
        if (broke_ && !begun_) return tl::unexpected(*broke_);
        LiveResult result{{}, shown_, select_.packets(), std::move(broke_)};
        result.state = stream_.take();
        std::vector<trace::Event> &last = result.state.side.events; // where the stream was cut
        kept_.insert(kept_.end(), last.begin(), last.end());
        last = std::move(kept_);
        std::ranges::stable_sort(last, {}, [](const trace::Event &e) { return std::uint64_t{e.time}; });
        return result;
    }

private:
    // Also asks for the end when it is time.
    bool finished(const Way &way) {
        const bpf::read_state &s = stream_.state();
        if (s.error && !broke_) {
            const auto code = s.error->code == 2 ? RunErrorCode::badInput : RunErrorCode::notPossibleHere;
            broke_ = RunError{code, s.error->place, s.error->what};
        }
        if (s.ended || broke_) return true;
        const unsigned interrupts = calls_.interrupts ? calls_.interrupts() : 0;
        if (asked_) return interrupts > 1 || tooLate(way);
        if (interrupts == 0 && !enough()) return false;
        asked_ = Clock::now();
        way.stop();
        return false;
    }

    bool tooLate(const Way &way) {
        if (Clock::now() <= std::max(*asked_, news_) + way.limit) return false;
        if (!way.mayEndAlone) broke_ = RunError{RunErrorCode::notPossibleHere, "the agent", "does not end the watch"};
        return true;
    }

    [[nodiscard]] bool enough() const {
        if (select_.over()) return true;
        if (select_.full() && Clock::now() > news_ + quiet) return true;
        return options_.duration && begun_ && Clock::now() > *begun_ + *options_.duration;
    }

    void tell() {
        const bpf::read_state &s = stream_.state();
        if (s.ready && !begun_) {
            begun_ = Clock::now();
            if (calls_.begun) calls_.begun(s);
        }
        if (s.side.events.empty()) return;
        const std::vector<trace::Event> news = select_.take(s.side, s.side.events);
        if (!news.empty()) {
            news_ = Clock::now();
            shown_ += news.size();
            if (calls_.show) calls_.show(s.side, news);
            if (options_.keep) kept_.insert(kept_.end(), news.begin(), news.end());
        }
        stream_.forget_events();
    }

    const LiveOptions &options_;
    const LiveCalls &calls_;
    bpf::stream_reader &stream_;
    LiveSelect select_;
    std::vector<trace::Event> kept_;
    std::uint64_t shown_ = 0;
    Clock::time_point news_;
    std::optional<Clock::time_point> begun_, asked_;
    std::optional<RunError> broke_;
};

bpf::stream_reader::progress_sink relay(const ProgressSink &progress) {
    return [&progress](const bpf::progress_note &n) {
        if (progress) progress({n.what, n.done, n.of});
    };
}

tl::expected<LiveResult, RunError> onAgent(tl::expected<AgentWay, RunError> way, const LiveOptions &options,
                                           const LiveCalls &calls) {
    if (!way) return tl::unexpected(way.error());
    bpf::stream_reader stream(relay(calls.progress));
    AgentProcess agent(way->place, stream, way->program);
    if (auto ok = startAgent(agent, *way); !ok) return tl::unexpected(ok.error());
    agent.send(liveRequest(liveSerial, catalogueText(), options.request, options.functions));
    const Way link{[&](Clock::time_point until) { return agent.readSome(until, calls.wake); },
                   [&agent] { agent.send(bpf::make_frame(SKBSCOPE_FRAME_STOP, {})); }, detachLimit};
    auto result = Watch(options, calls, stream).run(link);
    if (result) addRunFacts(result->state, way->place, "host");
    return result;
}

// From the newest image: its functions are those that scenarios needed so far.
tl::expected<LiveResult, RunError> onLab(const LiveOptions &options, const LiveCalls &calls) {
    const auto lab = findLab(options.target.labOptions);
    if (!lab) return tl::unexpected(lab.error());
    const auto initramfs = buildInitramfs(*lab);
    if (!initramfs) return tl::unexpected(initramfs.error());
    const LabImages images(*lab, *initramfs);
    const std::optional<LabImage> image = images.usable() ? images.newest() : std::nullopt;
    if (calls.progress) calls.progress({image ? "starting the lab" : "booting the lab", 0, 0});
    bpf::stream_reader stream(relay(calls.progress));
    VirtualMachine machine(*lab, stream);
    const std::string catalogue = image ? std::string() : catalogueText();
    const std::string request = liveRequest(liveSerial, catalogue, options.request, options.functions);
    if (auto ok = machine.start({*initramfs, request, image ? image->file.get() : -1}); !ok)
        return tl::unexpected(ok.error());
    machine.listen(calls.wake, [] { return true; }); // to be woken is enough
    // The machine is for this watch alone, and ends with it: asked first, so that it says what it lost.
    const Way link{[&machine](Clock::time_point until) { return machine.readSome(until); },
                   [&machine] { machine.send(bpf::make_frame(SKBSCOPE_FRAME_STOP, {})); }, labLimit, true};
    auto result = Watch(options, calls, stream).run(link);
    if (result) addRunFacts(result->state, "lab", "lab");
    return result;
}

} // namespace

tl::expected<LiveResult, RunError> watchLive(const LiveOptions &options, const LiveCalls &calls) {
    switch (options.target.kind) {
    case KernelTarget::Kind::lab:
        return onLab(options, calls);
    case KernelTarget::Kind::ssh:
        return onAgent(sshWay(options.target.sshHost), options, calls);
    case KernelTarget::Kind::host:
        break;
    }
    return onAgent(hostWay(), options, calls);
}

} // namespace skbscope::app
