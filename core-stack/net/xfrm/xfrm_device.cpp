// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: net/xfrm/xfrm_device.c. Not modelled: packets that a device encrypts; so nothing waits for it.
#include "linux/trace_fn.h"
#include "net/xfrm.h"

namespace skbscope::stack {

// A packet that a device is to encrypt carries an extension saying so; the model's never do.
sk_buff *validate_xmit_xfrm(sk_buff *skb, netdev_features_t, bool *) {
    TRACE_FN(skb);
    return TRACE_RET(skb);
}

// Linux 6.1: net/xfrm/xfrm_device.c
void xfrm_dev_backlog(softnet_data *) {
    TRACE_FN();
}

} // namespace skbscope::stack
