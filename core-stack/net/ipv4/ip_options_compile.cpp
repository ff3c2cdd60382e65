// SPDX-License-Identifier: GPL-2.0-or-later
// Reading the options of a header: are they sound, and where does each stand? Options that record something (route,
// time stamps) get our entry at once when the packet is one that arrived.
//
//   | type | length | pointer | data ...      pointer counts from 1: the next free place in data
//
// Linux 6.1: net/ipv4/ip_options.c
#include "linux/in.h"
#include "linux/slab.h"
#include "net/icmp.h"
#include "net/ip_fib.h"
#include "net/ipv4/ip_options_internal.h"
#include "net/route.h"

#include <algorithm>

namespace skbscope::stack {

be32 inet_current_timestamp() {
    constexpr u64 day_ms = 24ULL * 60 * 60 * 1000;
    const u64 ms = static_cast<u64>(ktime_get_real()) / NSEC_PER_MSEC;
    return cpu_to_be32(static_cast<u32>(ms % day_ms));
}

namespace {

// skb null: options a user hands in, before there is a packet.
struct options_parser {
    net *ns;
    ip_options *opt;
    sk_buff *skb;
    u8 *iph; // where offsets count from
    be32 spec_dst{};

    u8 at(const u8 *p) const { return static_cast<u8>(p - iph); }
    be32 our_address() {
        if (!spec_dst) spec_dst = fib_compute_spec_dst(skb);
        return spec_dst;
    }
    bool arrived() const { return skb && skb_rtable(skb); }

    // Each returns null, or where the error is.
    const u8 *source_route(u8 *p, int len);
    const u8 *record_route(u8 *p, int len);
    const u8 *timestamp(u8 *p, int len);
    const u8 *timestamp_entry(u8 *p, int len);
    const u8 *one(u8 *p, int len);
};

const u8 *options_parser::source_route(u8 *p, int len) {
    if (len < 3) return p + 1;
    if (p[2] < 4) return p + 2;
    if (opt->srr) return p;
    if (!skb) { // the first hop is where we send to; the others move up
        if (p[2] != 4 || len < 7 || ((len - 3) & 3)) return p + 1;
        opt->faddr = load_be32(p + 3);
        if (len > 7) std::memmove(p + 3, p + 7, static_cast<size_t>(len - 7));
    }
    opt->is_strictroute = p[0] == IPOPT_SSRR;
    opt->srr = at(p);
    return nullptr;
}

const u8 *options_parser::record_route(u8 *p, int len) {
    if (opt->rr) return p;
    if (len < 3) return p + 1;
    if (p[2] < 4) return p + 2;
    if (p[2] <= len) {
        if (p[2] + 3 > len) return p + 2;
        if (arrived()) {
            store_be32(p + p[2] - 1, our_address());
            opt->is_changed = true;
        }
        p[2] = static_cast<u8>(p[2] + 4);
        opt->rr_needaddr = true;
    }
    opt->rr = at(p);
    return nullptr;
}

// Fills the next entry in, by the flavour in the low half of byte 3.
const u8 *options_parser::timestamp_entry(u8 *p, int len) {
    u8 *timeptr = nullptr;
    const int ptr = p[2];
    if (ptr + 3 > len) return p + 2;
    switch (p[3] & 0xf) {
    case IPOPT_TS_TSONLY:
        if (skb) timeptr = p + ptr - 1;
        opt->ts_needtime = true;
        p[2] = static_cast<u8>(ptr + 4);
        break;
    case IPOPT_TS_TSANDADDR:
        if (ptr + 7 > len) return p + 2;
        if (arrived()) {
            store_be32(p + ptr - 1, our_address());
            timeptr = p + ptr + 3;
        }
        opt->ts_needaddr = true;
        opt->ts_needtime = true;
        p[2] = static_cast<u8>(ptr + 8);
        break;
    case IPOPT_TS_PRESPEC: // only whose address stands there
        if (ptr + 7 > len) return p + 2;
        if (inet_addr_type(ns, load_be32(p + ptr - 1)) == RTN_UNICAST) break;
        if (skb) timeptr = p + ptr + 3;
        opt->ts_needtime = true;
        p[2] = static_cast<u8>(ptr + 8);
        break;
    default:
        break;
    }
    if (timeptr) {
        store_be32(timeptr, inet_current_timestamp());
        opt->is_changed = true;
    }
    return nullptr;
}

const u8 *options_parser::timestamp(u8 *p, int len) {
    if (opt->ts) return p;
    if (len < 4) return p + 1;
    if (p[2] < 5) return p + 2;
    if (p[2] <= len) {
        if (const u8 *error = timestamp_entry(p, len)) return error;
    } else if ((p[3] & 0xf) != IPOPT_TS_PRESPEC) { // full: count who could not write
        const unsigned overflow = p[3] >> 4;
        if (overflow == 15) return p + 3;
        if (skb) {
            p[3] = static_cast<u8>((p[3] & 0xf) | ((overflow + 1) << 4));
            opt->is_changed = true;
        }
    }
    opt->ts = at(p);
    return nullptr;
}

const u8 *options_parser::one(u8 *p, int len) {
    switch (*p) {
    case IPOPT_SSRR:
    case IPOPT_LSRR:
        return source_route(p, len);
    case IPOPT_RR:
        return record_route(p, len);
    case IPOPT_TIMESTAMP:
        return timestamp(p, len);
    case IPOPT_RA:
        if (len < 4) return p + 1;
        if (p[2] == 0 && p[3] == 0) opt->router_alert = at(p);
        return nullptr;
    case IPOPT_CIPSO: // labels are not looked into
        if (opt->cipso) return p;
        opt->cipso = at(p);
        return nullptr;
    default:
        return nullptr;
    }
}

// Behind END there are only more of them.
void blank_rest(ip_options *opt, u8 *p, int left) {
    for (; left > 0; ++p, --left) {
        if (*p == IPOPT_END) continue;
        *p = IPOPT_END;
        opt->is_changed = true;
    }
}

const u8 *parse_all(options_parser *parser, u8 *p, int left) {
    while (left > 0) {
        if (*p == IPOPT_END) {
            blank_rest(parser->opt, p + 1, left - 1);
            break;
        }
        if (*p == IPOPT_NOOP) {
            --left;
            ++p;
            continue;
        }
        if (left < 2) return p;
        const int len = p[1];
        if (len < 2 || len > left) return p;
        if (const u8 *error = parser->one(p, len)) return error;
        left -= len;
        p += len;
    }
    return nullptr;
}

} // namespace

int __ip_options_compile(net *ns, ip_options *opt, sk_buff *skb, be32 *info) {
    TRACE_FN(skb);
    u8 *data = skb ? reinterpret_cast<u8 *>(ip_hdr(skb) + 1) : ip_options_data_of(opt);
    options_parser parser{ns, opt, skb, data - sizeof(iphdr)};
    const u8 *error = parse_all(&parser, data, opt->optlen);
    if (!error) return TRACE_RET(0);
    if (info) *info = cpu_to_be32(static_cast<u32>(error - parser.iph) << 24);
    return TRACE_RET(-EINVAL);
}

int ip_options_compile(net *ns, ip_options *opt, sk_buff *skb) {
    TRACE_FN(skb);
    be32 info;
    const int ret = __ip_options_compile(ns, opt, skb, &info);
    if (ret != 0 && skb) icmp_send(skb, ICMP_PARAMETERPROB, 0, info);
    return TRACE_RET(ret);
}

int ip_options_get(net *ns, ip_options_rcu **optp, const u8 *data, unsigned optlen) {
    TRACE_FN();
    if (optlen > MAX_IPOPTLEN) return TRACE_RET(-EINVAL);
    auto *fresh = knew<ip_options_rcu>(); // what is behind optlen stays 0: the end of options
    std::copy_n(data, optlen, fresh->data);
    fresh->opt.optlen = static_cast<u8>((optlen + 3) & ~3U);
    if (optlen != 0 && ip_options_compile(ns, &fresh->opt, nullptr) != 0) {
        kdelete(fresh);
        return TRACE_RET(-EINVAL);
    }
    kdelete(*optp);
    *optp = fresh;
    return TRACE_RET(0);
}

} // namespace skbscope::stack
