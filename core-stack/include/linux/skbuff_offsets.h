// SPDX-License-Identifier: GPL-2.0-or-later
// Where the headers begin, counted from head. Linux 6.1: include/linux/skbuff.h
#pragma once

#include "linux/skbuff_room.h"

namespace skbscope::stack {

[[nodiscard]] inline u16 skb_data_offset(const sk_buff *skb) {
    return static_cast<u16>(skb->data - skb->head);
}
[[nodiscard]] inline u8 *skb_transport_header(const sk_buff *skb) {
    return skb->head + skb->transport_header;
}
inline void skb_reset_transport_header(sk_buff *skb) {
    skb->transport_header = skb_data_offset(skb);
}
inline void skb_set_transport_header(sk_buff *skb, int offset) {
    skb->transport_header = static_cast<u16>(skb_data_offset(skb) + offset);
}
[[nodiscard]] inline bool skb_transport_header_was_set(const sk_buff *skb) {
    return skb->transport_header != SKB_HEADER_UNSET;
}
[[nodiscard]] inline int skb_transport_offset(const sk_buff *skb) {
    return static_cast<int>(skb_transport_header(skb) - skb->data);
}
[[nodiscard]] inline u8 *skb_network_header(const sk_buff *skb) {
    return skb->head + skb->network_header;
}
inline void skb_reset_network_header(sk_buff *skb) {
    skb->network_header = skb_data_offset(skb);
}
inline void skb_set_network_header(sk_buff *skb, int offset) {
    skb->network_header = static_cast<u16>(skb_data_offset(skb) + offset);
}
[[nodiscard]] inline int skb_network_offset(const sk_buff *skb) {
    return static_cast<int>(skb_network_header(skb) - skb->data);
}
[[nodiscard]] inline u32 skb_network_header_len(const sk_buff *skb) {
    return static_cast<u32>(skb->transport_header - skb->network_header);
}
[[nodiscard]] inline u8 *skb_mac_header(const sk_buff *skb) {
    return skb->head + skb->mac_header;
}
[[nodiscard]] inline bool skb_mac_header_was_set(const sk_buff *skb) {
    return skb->mac_header != SKB_HEADER_UNSET;
}
inline void skb_reset_mac_header(sk_buff *skb) {
    skb->mac_header = skb_data_offset(skb);
}
inline void skb_set_mac_header(sk_buff *skb, int offset) {
    skb->mac_header = static_cast<u16>(skb_data_offset(skb) + offset);
}
inline void skb_unset_mac_header(sk_buff *skb) {
    skb->mac_header = SKB_HEADER_UNSET;
}
[[nodiscard]] inline int skb_mac_offset(const sk_buff *skb) {
    return static_cast<int>(skb_mac_header(skb) - skb->data);
}
inline void skb_reset_mac_len(sk_buff *skb) {
    skb->mac_len = static_cast<u16>(skb->network_header - skb->mac_header);
}
void skb_probe_transport_header(sk_buff *skb);
[[nodiscard]] inline int skb_checksum_start_offset(const sk_buff *skb) {
    return skb->csum_start - static_cast<int>(skb_headroom(skb));
}
[[nodiscard]] inline u8 *skb_checksum_start(const sk_buff *skb) {
    return skb->head + skb->csum_start;
}

} // namespace skbscope::stack
