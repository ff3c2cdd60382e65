// SPDX-License-Identifier: GPL-2.0-or-later
// Checksums in GRO: what is merged cannot be checked afterwards, so it is checked here, unless the device did.
// Linux 6.1: include/net/gro.h, net/core/gro.c
#include "linux/ip.h"
#include "net/checksum.h"
#include "net/gro.h"

namespace skbscope::stack {

// Linux 6.1: net/core/gro.c
sum16 __skb_gro_checksum_complete(sk_buff *skb) {
    TRACE_FN(skb);
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    const wsum all = skb_checksum(skb, static_cast<int>(skb_gro_offset(skb)), static_cast<int>(skb_gro_len(skb)), 0);
    const sum16 sum = csum_fold(csum_add(cb->csum, all)); // csum holds the pseudo header's
    cb->csum = all;
    cb->csum_valid = 1;
    return TRACE_RET(sum);
}

namespace {

wsum inet_gro_compute_pseudo(sk_buff *skb, u8 proto) {
    const auto *iph = reinterpret_cast<const iphdr *>(skb_gro_network_header(skb));
    return csum_tcpudp_nofold(iph->saddr, iph->daddr, skb_gro_len(skb), proto, 0);
}

// Not what this machine will still fill in, and not what hardware has checked.
bool gro_checksum_needed(sk_buff *skb) {
    if (skb->ip_summed == CHECKSUM_PARTIAL && skb_checksum_start_offset(skb) >= static_cast<int>(skb_gro_offset(skb)))
        return false;
    return NAPI_GRO_CB(skb)->csum_cnt == 0 && NAPI_GRO_CB(skb)->gro_remcsum_start != skb_gro_offset(skb);
}

sum16 gro_checksum_complete(sk_buff *skb, wsum pseudo) {
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    if (cb->csum_valid && csum_fold(csum_add(pseudo, cb->csum)) == 0) return 0;
    cb->csum = pseudo;
    return __skb_gro_checksum_complete(skb);
}

sum16 gro_checksum_validate(sk_buff *skb, u8 proto, bool none_sent) {
    if (!none_sent && gro_checksum_needed(skb)) {
        const sum16 wrong = gro_checksum_complete(skb, inet_gro_compute_pseudo(skb, proto));
        if (wrong != 0) return wrong;
    }
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    if (cb->csum_cnt > 0)
        cb->csum_cnt = static_cast<u8>(cb->csum_cnt - 1) & 7;
    else
        __skb_incr_checksum_unnecessary(skb); // so that nobody checks it again
    return 0;
}

} // namespace

sum16 skb_gro_checksum_validate(sk_buff *skb, u8 proto) {
    return gro_checksum_validate(skb, proto, false);
}

sum16 skb_gro_checksum_validate_zero_check(sk_buff *skb, u8 proto, u16 check) {
    return gro_checksum_validate(skb, proto, check == 0);
}

void skb_gro_checksum_try_convert(sk_buff *skb, u8 proto) {
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    if (cb->csum_cnt != 0 || cb->csum_valid) return;
    cb->csum = ~inet_gro_compute_pseudo(skb, proto);
    cb->csum_valid = 1;
}

} // namespace skbscope::stack
