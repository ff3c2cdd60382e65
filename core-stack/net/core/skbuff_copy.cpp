// SPDX-License-Identifier: GPL-2.0-or-later
// Reading and writing a packet's bytes wherever they lie (linear part, pages, further sk_buffs), and summing them.
// Linux 6.1: net/core/skbuff.c, net/core/dev.c (skb_checksum_help)
#include "linux/skbuff_gso.h"
#include "net/core/skbuff_internal.h"
#include "sim/trace_emit.h"

#include <cstring>

namespace skbscope::stack {

namespace {

// Calls visit(bytes, count) for each piece of [offset, offset + len), in order; offset counts from data. False: the
// packet ends before.
template <class Visit> bool walk(const sk_buff *skb, int offset, int len, Visit &&visit) {
    if (len < 0 || offset > static_cast<int>(skb->len) - len) return false;
    int start = 0;
    // One piece after the other; `start` is where it begins in the packet. The linear part may be read from before
    // data (negative offsets: the headroom).
    const auto piece = [&](u8 *bytes, int size) {
        const int end = start + size;
        if (const int have = end - offset; have > 0 && len > 0) {
            const int n = std::min(have, len);
            visit(bytes + (offset - start), n);
            offset += n;
            len -= n;
        }
        start = end;
    };
    piece(skb->data, static_cast<int>(skb_headlen(skb)));
    const skb_shared_info *shinfo = skb_shinfo(skb);
    for (int i = 0; len > 0 && i < shinfo->nr_frags; ++i)
        piece(skb_frag_address(&shinfo->frags[i]), static_cast<int>(skb_frag_size(&shinfo->frags[i])));
    for (sk_buff *frag = shinfo->frag_list; len > 0 && frag; frag = frag->next) {
        const int size = static_cast<int>(frag->len);
        if (const int have = start + size - offset; have > 0) {
            const int n = std::min(have, len);
            if (!walk(frag, offset - start, n, visit)) return false;
            offset += n;
            len -= n;
        }
        start += size;
    }
    return len == 0;
}

} // namespace

// Linux 6.1: net/core/skbuff.c
int skb_copy_bits(const sk_buff *skb, int offset, void *to, int len) {
    TRACE_FN(skb);
    u8 *out = static_cast<u8 *>(to);
    const bool whole = walk(skb, offset, len, [&](const u8 *bytes, int n) {
        std::memcpy(out, bytes, static_cast<std::size_t>(n));
        out += n;
    });
    return TRACE_RET(whole ? 0 : -EFAULT);
}

// Linux 6.1: net/core/skbuff.c
int skb_store_bits(sk_buff *skb, int offset, const void *from, int len) {
    TRACE_FN(skb);
    const u8 *in = static_cast<const u8 *>(from);
    const bool whole = walk(skb, offset, len, [&](u8 *bytes, int n) {
        std::memcpy(bytes, in, static_cast<std::size_t>(n));
        in += n;
    });
    return TRACE_RET(whole ? 0 : -EFAULT);
}

// Linux 6.1: include/linux/skbuff.h
void *skb_header_pointer(const sk_buff *skb, int offset, int len, void *buffer) {
    if (static_cast<int>(skb_headlen(skb)) - offset >= len) return skb->data + offset;
    return skb_copy_bits(skb, offset, buffer, len) < 0 ? nullptr : buffer;
}

static wsum __skb_checksum(const sk_buff *skb, int offset, int len, wsum csum) {
    TRACE_FN(skb);
    std::size_t pos = 0;
    const bool whole = walk(skb, offset, len, [&](const u8 *bytes, int n) {
        csum = csum_block_add(csum, csum_partial(bytes, static_cast<std::size_t>(n), 0), pos);
        pos += static_cast<std::size_t>(n);
    });
    BUG_ON(!whole);
    return TRACE_RET(csum);
}

// Linux 6.1: net/core/skbuff.c
wsum skb_checksum(const sk_buff *skb, int offset, int len, wsum csum) {
    TRACE_FN(skb);
    return TRACE_RET(__skb_checksum(skb, offset, len, csum));
}

// Linux 6.1: net/core/skbuff.c
wsum skb_copy_and_csum_bits(const sk_buff *skb, int offset, u8 *to, int len) {
    TRACE_FN(skb);
    wsum csum = 0;
    std::size_t pos = 0;
    const bool whole = walk(skb, offset, len, [&](const u8 *bytes, int n) {
        csum = csum_block_add(csum, csum_partial_copy_nocheck(bytes, to + pos, static_cast<std::size_t>(n)), pos);
        pos += static_cast<std::size_t>(n);
    });
    BUG_ON(!whole);
    return TRACE_RET(csum);
}

// Linux 6.1: net/core/skbuff.c
void skb_copy_and_csum_dev(const sk_buff *skb, u8 *to) {
    TRACE_FN(skb);
    const int csstart =
        skb->ip_summed == CHECKSUM_PARTIAL ? skb_checksum_start_offset(skb) : static_cast<int>(skb_headlen(skb));
    BUG_ON(csstart > static_cast<int>(skb_headlen(skb)));
    std::memcpy(to, skb->data, static_cast<std::size_t>(csstart));
    wsum csum = 0;
    if (csstart != static_cast<int>(skb->len))
        csum = skb_copy_and_csum_bits(skb, csstart, to + csstart, static_cast<int>(skb->len) - csstart);
    if (skb->ip_summed != CHECKSUM_PARTIAL) return;
    const sum16 sum = csum_fold(csum);
    std::memcpy(to + csstart + skb->csum_offset, &sum, sizeof sum);
}

// Linux 6.1: net/core/skbuff.c
sum16 __skb_checksum_complete_head(sk_buff *skb, int len) {
    TRACE_FN(skb);
    const sum16 sum = csum_fold(skb_checksum(skb, 0, len, skb->csum));
    if (!skb_shared(skb)) skb->csum_valid = sum == 0;
    return TRACE_RET(sum);
}

// Linux 6.1: net/core/skbuff.c
sum16 __skb_checksum_complete(sk_buff *skb) {
    TRACE_FN(skb);
    const wsum csum = skb_checksum(skb, 0, static_cast<int>(skb->len), 0);
    const sum16 sum = csum_fold(csum_add(skb->csum, csum));
    if (!skb_shared(skb)) { // so that nobody sums it again
        skb->csum = csum;
        skb->ip_summed = CHECKSUM_COMPLETE;
        skb->csum_complete_sw = 1;
        skb->csum_valid = sum == 0;
    }
    return TRACE_RET(sum);
}

sum16 skb_checksum_complete(sk_buff *skb) {
    return skb_csum_unnecessary(skb) ? sum16{0} : __skb_checksum_complete(skb);
}

// Linux 6.1: include/linux/skbuff.h
void __skb_decr_checksum_unnecessary(sk_buff *skb) {
    if (skb->ip_summed != CHECKSUM_UNNECESSARY) return;
    if (skb->csum_level == 0)
        skb->ip_summed = CHECKSUM_NONE;
    else
        skb->csum_level = static_cast<u8>(skb->csum_level - 1) & 3;
}
void __skb_incr_checksum_unnecessary(sk_buff *skb) {
    constexpr unsigned SKB_MAX_CSUM_LEVEL = 3;
    if (skb->ip_summed == CHECKSUM_UNNECESSARY) {
        if (skb->csum_level < SKB_MAX_CSUM_LEVEL) skb->csum_level = static_cast<u8>(skb->csum_level + 1) & 3;
    } else if (skb->ip_summed == CHECKSUM_NONE) {
        skb->ip_summed = CHECKSUM_UNNECESSARY;
        skb->csum_level = 0;
    }
}

// Linux 6.1: net/core/skbuff.c
bool skb_partial_csum_set(sk_buff *skb, u16 start, u16 off) {
    TRACE_FN(skb);
    const u32 csum_end = u32{start} + off + u32{sizeof(sum16)};
    const u32 csum_start = skb_headroom(skb) + start;
    if (csum_start >= 0xffff || csum_end > skb_headlen(skb)) return TRACE_RET(false);
    skb->ip_summed = CHECKSUM_PARTIAL;
    skb->csum_start = static_cast<u16>(csum_start);
    skb->csum_offset = off;
    skb->transport_header = skb->csum_start;
    return TRACE_RET(true);
}

static int skb_ensure_writable(sk_buff *skb, unsigned write_len) {
    TRACE_FN(skb);
    if (!pskb_may_pull(skb, write_len)) return TRACE_RET(-ENOMEM);
    if (!skb_cloned(skb) || skb_clone_writable(skb, write_len)) return TRACE_RET(0);
    return TRACE_RET(pskb_expand_head(skb, 0, 0, GFP_ATOMIC));
}

// The checksum that a device could not do: sum, and store it.
// Linux 6.1: net/core/dev.c
int skb_checksum_help(sk_buff *skb) {
    TRACE_FN(skb);
    if (skb->ip_summed == CHECKSUM_COMPLETE) {
        skb->ip_summed = CHECKSUM_NONE;
        return TRACE_RET(0);
    }
    if (skb_is_gso(skb)) { // each segment has one of its own
        skb_warn_bad_offload(skb);
        return TRACE_RET(-EINVAL);
    }
    if (skb_has_shared_frag(skb))
        if (const int ret = __skb_linearize(skb)) return TRACE_RET(ret);
    int offset = skb_checksum_start_offset(skb);
    if (offset >= static_cast<int>(skb_headlen(skb))) return TRACE_RET(-EINVAL);
    const wsum csum = skb_checksum(skb, offset, static_cast<int>(skb->len) - offset, 0);
    offset += skb->csum_offset;
    const unsigned end = static_cast<unsigned>(offset) + unsigned{sizeof(sum16)};
    if (end > skb_headlen(skb)) return TRACE_RET(-EINVAL);
    if (const int ret = skb_ensure_writable(skb, end)) return TRACE_RET(ret);
    const sum16 folded = csum_fold(csum);
    const sum16 stored = folded ? folded : CSUM_MANGLED_0;
    std::memcpy(skb->data + offset, &stored, sizeof stored);
    skb->ip_summed = CHECKSUM_NONE;
    return TRACE_RET(0);
}

// Linux 6.1: include/linux/skbuff.h
void skb_orphan(sk_buff *skb) {
    TRACE_FN(skb);
    if (skb->destructor) {
        skb->destructor(skb);
        skb->destructor = nullptr;
        skb->sk = nullptr;
    } else {
        BUG_ON(skb->sk);
    }
}

} // namespace skbscope::stack
