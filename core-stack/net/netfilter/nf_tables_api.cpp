// SPDX-License-Identifier: GPL-2.0-or-later
// The rules of each namespace. Linux 6.1: net/netfilter/nf_tables_api.c, without its transactions: here a change is
// made while nobody looks.
#include "linux/errno.h"
#include "linux/netfilter_ipv4.h"
#include "net/net_namespace.h"
#include "net/netfilter/nf_tables.h"
#include "sim/machine_state.h"

#include <algorithm>
#include <array>
#include <memory>

namespace skbscope::stack {

namespace {

using nft_chains = std::array<std::unique_ptr<nft_chain>, NF_INET_NUMHOOKS>;

// A module in the kernel, loaded at the first rule.
struct nf_tables_module {
    bool loaded = false;
    pernet_operations ops;
    std::map<net *, nft_chains> namespaces;
};
machine_global<nf_tables_module> nf_tables;

void nf_tables_exit_net(net *ns) {
    for (const auto &chain : nf_tables->namespaces[ns])
        if (chain) nf_unregister_net_hook(ns, &chain->ops);
    nf_tables->namespaces.erase(ns);
}

void nf_tables_module_init() {
    if (nf_tables->loaded) return;
    nf_tables->loaded = true;
    nf_tables->ops.exit = nf_tables_exit_net;
    (void)register_pernet_subsys(&nf_tables->ops);
}

} // namespace

int nft_add_rule(net *ns, unsigned hooknum, nft_rule rule) {
    if (hooknum >= NF_INET_NUMHOOKS) return -EINVAL;
    nf_tables_module_init();
    std::unique_ptr<nft_chain> &chain = nf_tables->namespaces[ns][hooknum];
    if (!chain) {
        chain = std::make_unique<nft_chain>();
        chain->ops = {.hook = nft_do_chain_ipv4,
                      .priv = chain.get(),
                      .pf = NFPROTO_IPV4,
                      .hooknum = hooknum,
                      .priority = NF_IP_PRI_FILTER};
        if (const int err = nf_register_net_hook(ns, &chain->ops); err < 0) return err;
    }
    chain->rules.push_back(std::move(rule));
    return 0;
}

int nft_del_rule(net *ns, unsigned hooknum, std::string_view userdata) {
    const auto found = nf_tables->namespaces.find(ns);
    if (hooknum >= NF_INET_NUMHOOKS || found == nf_tables->namespaces.end() || !found->second[hooknum]) return -ENOENT;
    std::vector<nft_rule> &rules = found->second[hooknum]->rules;
    const auto rule = std::ranges::find(rules, userdata, &nft_rule::userdata);
    if (rule == rules.end()) return -ENOENT;
    rules.erase(rule);
    return 0;
}

} // namespace skbscope::stack
