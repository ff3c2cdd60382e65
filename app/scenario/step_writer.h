// SPDX-License-Identifier: GPL-2.0-or-later
// The writer's steps: groups of operations to one line of the scenario each.
#pragma once

#include "app/scenario/oplist.h"
#include "app/scenario/parse.h"
#include "app/scenario/yaml_text.h"

#include <map>
#include <span>

namespace skbscope::app {

[[nodiscard]] std::string macWord(std::string_view bytes); // quoted; "" where they are not 6
[[nodiscard]] YamlMap neighbourMap(const OpList &ops, const skbscope_op &op);
[[nodiscard]] YamlMap routeMap(const OpList &ops, const skbscope_op &op);
[[nodiscard]] YamlMap netfilterMap(std::string_view rule); // "input saddr 1.2.3.4 udp dport 7000 drop"
void putRps(YamlMap &m, std::span<const skbscope_op> group, const std::string &device);
void putDelete(YamlMap &m, const skbscope_op &op);
[[nodiscard]] std::string qualified(const OpList &ops, unsigned host, const char *device); // "a.va"

class StepWriter {
public:
    StepWriter(const OpList &ops, const std::map<std::uint32_t, std::string> &notes) : ops_(ops), notes_(notes) {}

    [[nodiscard]] std::string text();
    // After text(): the taps that steps open ("a.tap0"), and what configures them, with the host filled in.
    [[nodiscard]] const std::vector<std::string> &taps() const { return taps_; }
    [[nodiscard]] const std::vector<skbscope_op> &tapConfiguration() const { return tapConfiguration_; }

private:
    using Group = std::span<const skbscope_op>;
    [[nodiscard]] std::string step(Group group);
    void put(YamlMap &m, Group group);               // one operation, or a link step's several
    void putCall(YamlMap &m, const skbscope_op &op); // system calls
    bool putMade(YamlMap &m, const skbscope_op &op); // ... that make a socket
    void putConfiguration(YamlMap &m, Group group);
    void putLink(YamlMap &m, Group group);
    void putPayload(YamlMap &m, const skbscope_op &op) const;
    void putSocket(YamlMap &m, const char *word, const skbscope_op &op) const;
    [[nodiscard]] std::string endpoint(const skbscope_op &op) const;

    const OpList &ops_;
    const std::map<std::uint32_t, std::string> &notes_;
    unsigned host_ = 0;
    std::vector<std::string> taps_;
    std::vector<skbscope_op> tapConfiguration_;
};

} // namespace skbscope::app
