// SPDX-License-Identifier: GPL-2.0-or-later
// A device whose driver tells what it is asked, and a listener who tells what is said of it: in one list, in order.
#pragma once

#include "devices.h"

#include "linux/rtnetlink.h"

#include <map>
#include <utility>

namespace skbscope::stack {

inline std::vector<std::string> life; // what happened, in order

inline std::string event_name(unsigned long event) {
    static const std::map<unsigned long, std::string> names = {
        {NETDEV_UP, "UP"},
        {NETDEV_DOWN, "DOWN"},
        {NETDEV_CHANGE, "CHANGE"},
        {NETDEV_REGISTER, "REGISTER"},
        {NETDEV_UNREGISTER, "UNREGISTER"},
        {NETDEV_GOING_DOWN, "GOING_DOWN"},
        {NETDEV_PRE_UP, "PRE_UP"},
        {NETDEV_POST_INIT, "POST_INIT"},
        {NETDEV_CHANGEUPPER, "CHANGEUPPER"},
        {NETDEV_PRECHANGEUPPER, "PRECHANGEUPPER"},
        {NETDEV_FEAT_CHANGE, "FEAT_CHANGE"},
        {NETDEV_PRECHANGEMTU, "PRECHANGEMTU"},
        {NETDEV_CHANGEMTU, "CHANGEMTU"},
        {NETDEV_PRE_CHANGEADDR, "PRE_CHANGEADDR"},
        {NETDEV_CHANGEADDR, "CHANGEADDR"},
    };
    const auto at = names.find(event);
    return at == names.end() ? std::to_string(event) : at->second;
}

struct plain_driver {
    static inline int open_result = 0;
    static inline unsigned rx_flags = 0;
    static int init(net_device *) {
        life.emplace_back("ndo_init");
        return 0;
    }
    static void uninit(net_device *) { life.emplace_back("ndo_uninit"); }
    static int open(net_device *) {
        life.emplace_back("ndo_open");
        return open_result;
    }
    static int stop(net_device *) {
        life.emplace_back("ndo_stop");
        return 0;
    }
    static netdev_tx_t xmit(sk_buff *skb, net_device *) {
        consume_skb(skb);
        return NETDEV_TX_OK;
    }
    static void set_rx_mode(net_device *) { life.emplace_back("ndo_set_rx_mode"); }
    static void change_rx_flags(net_device *dev, int change) {
        rx_flags = static_cast<unsigned>(change);
        life.emplace_back(dev->flags & static_cast<unsigned>(change) ? "rx flag on" : "rx flag off");
    }
    static void destructor(net_device *) { life.emplace_back("priv_destructor"); }
};
inline constexpr net_device_ops plain_ops = {
    .ndo_init = plain_driver::init,
    .ndo_uninit = plain_driver::uninit,
    .ndo_open = plain_driver::open,
    .ndo_stop = plain_driver::stop,
    .ndo_start_xmit = plain_driver::xmit,
    .ndo_change_rx_flags = plain_driver::change_rx_flags,
    .ndo_set_rx_mode = plain_driver::set_rx_mode,
};

class DeviceLife : public machine_fixture {
protected:
    DeviceLife() : ns(netns_add("a")) {
        plain_driver::open_result = 0;
        nb.notifier_call = [](notifier_block *, unsigned long event, void *info) {
            const std::string_view name = netdev_notifier_info_to_dev(info)->name;
            if (name.starts_with("p")) life.push_back(event_name(event) + " " + std::string(name));
            return NOTIFY_DONE;
        };
        register_netdevice_notifier(&nb);
        life.clear();
    }
    ~DeviceLife() override { unregister_netdevice_notifier(&nb); }
    net_device *make(const char *name) {
        net_device *dev = alloc_netdev<int>(name, [](net_device *d) {
            ether_setup(d);
            d->netdev_ops = &plain_ops;
            d->priv_flags |= IFF_UNICAST_FLT;
            d->needs_free_netdev = true;
            d->priv_destructor = plain_driver::destructor;
        });
        dev_net_set(dev, ns);
        const u8 mac[6] = {2, 0, 0, 0, 0, 7};
        dev_addr_set(dev, mac);
        EXPECT_EQ(register_netdev(dev), 0);
        return dev;
    }
    static std::vector<std::string> what_happened() { return std::exchange(life, {}); }
    net *ns;
    notifier_block nb;
};

} // namespace skbscope::stack
