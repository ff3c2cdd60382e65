// SPDX-License-Identifier: GPL-2.0-or-later
// What is known of every function of the packet's path, whichever side saw it: name, kernel file and line, layer,
// whether the stock kernel can show it, which argument is the sk_buff, who calls whom in machine code, and one line
// on what it is for. The tables are facts about Debian's 6.1 kernel and live in assets/catalogue/ (see its README);
// they are linked into the library, so that no file need be found at run time.
#pragma once

#include "trace/event.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace skbscope::trace {

// The visual grammar's layers: one letter, one hue.
enum class Layer : std::uint8_t {
    application, // A: sockets, payload
    transport,   // T: UDP, TCP
    network,     // N: IPv4, ICMP, routing
    link,        // L: Ethernet, ARP, neighbour
    device,      // D: net_device, drivers
    queue,       // Q: qdisc, backlog, softirq
    none, // a helper on the sk_buff, which belongs to whoever calls it (call_tree.h: layer_of), or outside the path
};
[[nodiscard]] char layer_letter(Layer layer); // 'A' .. 'Q', ' ' for none
[[nodiscard]] std::string_view layer_name(Layer layer);

struct Function {
    std::string_view name;
    std::string_view file;  // in the kernel tree: "net/core/dev.c"
    std::uint32_t line = 0; // of its definition there
    Layer layer = Layer::none;
    bool traceable = false; // the stock kernel can show it (it is in available_filter_functions)
    // Traceable, but only a part of it: the compiler inlined its beginning everywhere and made the rest a function of
    // its own ("ip_route_input_rcu.part.0"). The kernel shows a call only where that rest is reached.
    bool partial = false;
    bool in_scope = false;    // counts for fidelity: part of the packet's path under net/ (see scope.cpp)
    bool known = true;        // false: a name met in a trace that the catalogue does not hold
    std::int8_t skb_arg = -1; // index of the first struct sk_buff * argument, -1 = none or not known
    std::string_view role;    // one line, ours; empty where nobody wrote one yet
};

class Catalogue {
public:
    // The built-in tables. Immutable, built once, safe to share between threads.
    [[nodiscard]] static const Catalogue &builtin();

    [[nodiscard]] const Function &at(FunctionId id) const; // id < size()
    [[nodiscard]] std::size_t size() const;

    // By name and kernel file ("net/ipv4/udp.c"). A name without a file, or with a file that does not match, gives the
    // best of its name: one in a file of the scope first, a definition in a .c file before a stub in a header.
    // Traceable and in_scope are properties of the name: all functions of one name agree in them.
    [[nodiscard]] std::optional<FunctionId> find(std::string_view name, std::string_view file = {}) const;
    // All of a name, the best one first.
    [[nodiscard]] std::span<const FunctionId> find_all(std::string_view name) const;

    // The compiler inlined `callee` where `caller` calls it: the caller's machine code holds no call to it and no
    // indirect call that could reach it. nullopt: the edge table does not know the caller or the callee. A callee that
    // is reached through functions outside the scope counts as inlined: what is watched does not see it there.
    [[nodiscard]] std::optional<bool> inlined_at(std::string_view caller, std::string_view callee) const;

    [[nodiscard]] bool calls_directly(std::string_view caller, std::string_view callee) const;

    // Stricter, for a reason rather than a score: an inlined callee brings its own calls along, so the caller's machine
    // code must hold at least half of them. How many of how many there are; {0, 0} for a callee that calls nothing.
    struct CallsBroughtAlong {
        std::uint32_t found = 0, of = 0;
        [[nodiscard]] bool believable() const { return found * 2 >= of; }
        // All of several: the callee's body is in the caller's, whoever else may be reached there through a pointer.
        [[nodiscard]] bool complete() const { return of >= 2 && found == of; }
    };
    [[nodiscard]] CallsBroughtAlong calls_brought_along(std::string_view caller, std::string_view callee) const;

private:
    Catalogue();
    struct Impl;
    const Impl *impl_;
};

// "ip_rcv_core.constprop.0 [veth]" -> "ip_rcv_core": compiler suffixes and module names do not make another function.
[[nodiscard]] std::string_view base_name(std::string_view symbol);

} // namespace skbscope::trace
