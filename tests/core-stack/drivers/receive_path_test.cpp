// SPDX-License-Identifier: GPL-2.0-or-later
// From the card's interrupt to the protocol: who calls whom, in the kernel's order. Linux 6.1: arch/x86/kernel/irq.c,
// kernel/irq/handle.c, kernel/softirq.c, net/core/dev.c, net/core/gro.c
#include "../sim/entered.h"
#include "../udp/card_host.h"

namespace skbscope::stack {
namespace {

class ReceivePath : public CardHost {};

TEST_F(ReceivePath, FromTheInterruptToTheSocket) {
    std::vector<u8> room(100);
    run([&] {
        EXPECT_EQ(sys_setns(b), 0);
        const int fd = sys_socket(AF_INET, SOCK_DGRAM, 0);
        EXPECT_EQ(sys_bind(fd, address(host_b, 7000)), 0);
        recorder.set_on(true);
        EXPECT_TRUE(simnic_receive(dev, Frame(12).bytes()));
        EXPECT_EQ(sys_recvfrom(fd, room, 0, nullptr), 12); // sleeps: the interrupt is taken now
        recorder.set_on(false);
    });
    expect_in_order(entered(recorder), {"common_interrupt",
                                        "handle_irq_event",
                                        "napi_schedule_prep",
                                        "____napi_schedule",
                                        "__raise_softirq_irqoff",
                                        "irq_exit_rcu",
                                        "__do_softirq",
                                        "net_rx_action",
                                        "napi_poll",
                                        "__napi_poll",
                                        "simnic_poll",
                                        "eth_type_trans",
                                        "napi_gro_receive",
                                        "dev_gro_receive",
                                        "inet_gro_receive",
                                        "udp4_gro_receive",
                                        "udp_gro_receive",
                                        "napi_skb_finish",
                                        "gro_normal_one",
                                        "napi_complete_done",
                                        "gro_normal_list",
                                        "netif_receive_skb_list_internal",
                                        "__netif_receive_skb_list_core",
                                        "__netif_receive_skb_core",
                                        "ip_list_rcv",
                                        "ip_local_deliver",
                                        "udp_rcv",
                                        "sock_def_readable"});
}

} // namespace
} // namespace skbscope::stack
