// SPDX-License-Identifier: GPL-2.0-or-later
#include "sample_sides.h"

#include "side_builder.h"

namespace skbscope::app {

const char *const sampleScenario = "name: sample\ntitle: A short story\nhosts: [a, b]\n"
                                   "links:\n  - veth: [a.va, b.vb]\nsteps:\n"
                                   "  - { host: b, do: socket, as: r, type: udp }\n"
                                   "  - { host: a, do: socket, as: s, type: udp }\n"
                                   "  - { trace: on }\n"
                                   "  - { do: sendto, socket: s, to: \"10.9.0.2:7000\", length: 12 }\n"
                                   "  - { do: recv, socket: r, length: 100, flags: dontwait }\n"
                                   "  - { trace: off }\n";

namespace {

constexpr std::uint32_t netRx = 3;

trace::Side story(trace::SideKind kind) {
    const bool model = kind == trace::SideKind::model;
    SideBuilder b(kind);
    b.task(model ? 100 : 104, model ? "skbscope" : "agent").at("a", "va");
    b.mark(SKBSCOPE_EV_STEP_BEGIN, 2, 9).mark(SKBSCOPE_EV_TRACE_ON, 2, 9).mark(SKBSCOPE_EV_STEP_END, 2, 9);
    b.mark(SKBSCOPE_EV_STEP_BEGIN, 3, 10);
    b.enter("__sys_sendto").enter("udp_sendmsg").enter("ip_send_skb");
    b.packet(1, datagram(16, 40));
    if (model) b.enter("ip_local_out"); // inlined at this call
    b.enter("ip_output").enter("dev_hard_start_xmit").enter("veth_xmit").enter("eth_type_trans");
    if (model) b.enter("skb_pull_inline").op(SKBSCOPE_EV_PULL, 14).leave(); // inlined in this kernel
    b.packet(1, datagram(30, 26)).leave();
    b.enter("netif_rx").queue(SKBSCOPE_EV_ENQUEUE, "backlog", 1).leave(0);
    b.leave().leave().leave();
    if (model) b.leave();
    b.noPacket().enter("do_softirq").softirq(SKBSCOPE_EV_SOFTIRQ_ENTER, netRx).context(trace::Context::softirq);
    b.at("b", "vb").enter("net_rx_action").enter("process_backlog").queue(SKBSCOPE_EV_DEQUEUE, "backlog", 0);
    b.packet(1, datagram(30, 26)).enter("ip_rcv");
    if (!model) b.enter("ip_rcv_finish_core").leave(); // nobody explains this one
    b.leave(0).noPacket().leave().leave();
    b.context(trace::Context::process).softirq(SKBSCOPE_EV_SOFTIRQ_EXIT, netRx).at("a", "va").leave();
    b.leave().leave().leave(12);
    b.mark(SKBSCOPE_EV_STEP_END, 3, 10, 12).mark(SKBSCOPE_EV_STEP_BEGIN, 4, 11);
    b.at("b").enter("__sys_recvfrom").leave(-11);
    b.mark(SKBSCOPE_EV_STEP_END, 4, 11, model ? -11 : 12);
    b.mark(SKBSCOPE_EV_STEP_BEGIN, 5, 12).mark(SKBSCOPE_EV_TRACE_OFF, 5, 12).mark(SKBSCOPE_EV_STEP_END, 5, 12);
    if (!model) b.loss(3);
    return b.take();
}

} // namespace

trace::Side sampleModel() {
    return story(trace::SideKind::model);
}

trace::Side sampleKernel() {
    return story(trace::SideKind::kernel);
}

} // namespace skbscope::app
