// SPDX-License-Identifier: GPL-2.0-or-later
// The ones' complement sum (RFC 1071): the order of the words does not matter, nor does the machine's byte order as
// long as the sum is stored the way the words were read. Linux 6.1: lib/checksum.c, arch/x86/lib/csum-partial_64.c
#include "net/checksum.h"

#include "linux/trace_fn.h"

#include <cstring>

namespace skbscope::stack {

namespace {

wsum fold64(u64 sum) {
    sum = (sum & 0xffffffff) + (sum >> 32);
    sum = (sum & 0xffffffff) + (sum >> 32);
    return static_cast<wsum>(sum);
}

} // namespace

wsum csum_partial(const void *buff, std::size_t len, wsum sum) {
    const u8 *p = static_cast<const u8 *>(buff);
    u64 total = sum;
    for (; len >= 4; p += 4, len -= 4) {
        u32 word = 0;
        std::memcpy(&word, p, 4);
        total += word;
    }
    if (len) { // the rest counts as if zeros followed
        u32 word = 0;
        std::memcpy(&word, p, len);
        total += word;
    }
    return fold64(total);
}

// Linux 6.1: arch/x86/lib/csum-copy_64.S, below the three that follow
static wsum csum_partial_copy_generic(const void *src, void *dst, std::size_t len) {
    std::memcpy(dst, src, len);
    return csum_partial(dst, len, 0);
}

// Linux 6.1: arch/x86/lib/csum-wrappers_64.c
wsum csum_partial_copy_nocheck(const void *src, void *dst, std::size_t len) {
    TRACE_FN();
    return TRACE_RET(csum_partial_copy_generic(src, dst, len));
}

// Linux 6.1: arch/x86/lib/csum-wrappers_64.c
wsum csum_and_copy_from_user(const void *src, void *dst, std::size_t len) {
    TRACE_FN();
    return TRACE_RET(csum_partial_copy_generic(src, dst, len));
}
// Linux 6.1: arch/x86/lib/csum-wrappers_64.c
wsum csum_and_copy_to_user(const void *src, void *dst, std::size_t len) {
    TRACE_FN();
    return TRACE_RET(csum_partial_copy_generic(src, dst, len));
}

sum16 ip_fast_csum(const void *iph, unsigned ihl) {
    return csum_fold(csum_partial(iph, std::size_t{ihl} * 4, 0));
}

wsum csum_tcpudp_nofold(be32 saddr, be32 daddr, u32 len, u8 proto, wsum sum) {
    // Length and protocol as 16-bit words in network order, like the addresses.
    return fold64(u64{sum} + saddr.raw + daddr.raw + ((u64{len} + proto) << 8));
}

} // namespace skbscope::stack
