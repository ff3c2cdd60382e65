// SPDX-License-Identifier: GPL-2.0-or-later
// A broken scenario gives one line: place, key, what is wrong, what to do.
#include "app/scenario/loader.h"

#include <gtest/gtest.h>

namespace skbscope::app {
namespace {

struct Broken {
    const char *name;
    std::string text;
    std::string message; // without "s.yaml:"
};

void PrintTo(const Broken &b, std::ostream *out) {
    *out << b.name;
}

// A scenario that is right, with `steps` as its last lines (from line 6).
std::string withSteps(const std::string &steps) {
    return "hosts: [a, b]\n"
           "links:\n"
           "  - veth: [a.va, b.vb]\n"
           "taps: [a.tap0]\n"
           "steps:\n" +
           steps;
}
// The same with other topology lines, from line 4.
std::string withTopology(const std::string &lines) {
    return "hosts: [a, b]\n"
           "links:\n"
           "  - veth: [a.va, b.vb]\n" +
           lines + "steps: [{ host: a, trace: on }]\n";
}
const std::string made = "  - { host: a, do: socket, as: s, type: udp }\n";

class Errors : public testing::TestWithParam<Broken> {};

TEST_P(Errors, OneClearLine) {
    const auto scenario = parseScenario(GetParam().text, "s.yaml");
    ASSERT_FALSE(scenario) << "it was accepted";
    EXPECT_EQ(scenario.error().message(), "s.yaml:" + GetParam().message);
    EXPECT_EQ(scenario.error().message().find('\n'), std::string::npos);
}

const Broken broken[] = {
    {"Empty", "", " is empty; see docs/scenario.md for what a scenario holds"},
    {"NotYaml", "hosts: [a, b\nsteps: {\n",
     "2:6: is not YAML: end of sequence flow not found; check brackets, quotes and indentation"},
    {"TwoDocuments", "hosts: a\n---\nhosts: b\n",
     " holds several YAML documents; put each scenario in a file of its own"},
    {"NotAMap", "- a\n- b\n", "1:1: is a list; give a map of keys and values"},
    {"UnknownTopKey", "hosts: [a]\nlink: []\nsteps: [{ trace: on }]\n",
     "2:1: link: unknown key for a scenario; did you mean 'links'?"},
    {"FarFetchedTopKey", "hosts: [a]\nzzzzzz: []\nsteps: [{ trace: on }]\n",
     "2:1: zzzzzz: unknown key for a scenario; possible: name, title, description, hosts, links, taps, devices, "
     "neighbours, neighbors, routes, sysctls, rps-sock-flow-entries, steps"},
    {"CardOfAPair", withTopology("devices:\n  a.va: { card: { queues: 2 } }\n"),
     "5:11: card: 'va' is no simulated card; links: [{ simnic: [a.eth0, b.eth0] }] makes cards"},
    {"CardRing", withTopology("  - simnic: [a.eth0, b.eth0]\ndevices:\n  a.eth0: { card: { ring: 100 } }\n"),
     "6:21: ring: '100' is no power of two; as 64, 128 or 256 descriptors"},
    {"CardInterrupts", withTopology("  - simnic: [a.eth0, b.eth0]\ndevices:\n  a.eth0: { card: { interrupts: no } }\n"),
     "6:21: interrupts: 'no' is not known here; napi or per-packet"},
    {"CardSharedLine",
     withTopology("  - simnic: [a.eth0, b.eth0]\ndevices:\n  a.eth0: { card: { queues: 2, lines: shared } }\n"),
     "6:32: lines: one line serves one queue alone; queues: 1, or lines: per-queue"},
    {"CardModeration", withTopology("  - simnic: [a.eth0, b.eth0]\ndevices:\n  a.eth0: { card: { moderation: 2s } }\n"),
     "6:21: moderation: '2s' is no time of up to a second; as 50us, 1ms or 200ns"},
    {"CardRss", withTopology("  - simnic: [a.eth0, b.eth0]\ndevices:\n  a.eth0: { card: { rss: [0, 1] } }\n"),
     "6:30: rss: '1' is out of range; give a whole number from 0 to 0"},
    {"NoHosts", "steps: [{ trace: on }]\n", "1:1: hosts: is missing for a scenario; add it, such as hosts: [a, b]"},
    {"NoSteps", "hosts: [a]\n", "1:1: steps: is missing for a scenario; add it, such as steps: [{ trace: on }]"},
    {"EmptySteps", "hosts: [a]\nsteps: []\n", "2:1: steps: is empty; add at least one step"},
    {"StepsNoList", "hosts: [a]\nsteps: 3\n", "2:1: steps: is a single value; give a list"},
    {"DuplicateKey", "hosts: [a]\nhosts: [b]\n", "2:1: hosts: is given twice; remove one of the two"},
    {"DuplicateHost", "hosts: [a, a]\n", "1:12: hosts: host 'a' is there twice; remove one of the two"},
    {"BadHostName", "hosts: [a/b]\n", "1:9: hosts: 'a/b' is not a host name; use 1 to 15 letters, digits, _ or -"},
    {"LinkEnds", "hosts: [a]\nlinks:\n  - veth: [a.va]\n", "3:5: veth: has 1 ends; give two: [a.va, b.vb]"},
    {"LinkHost", "hosts: [a, b]\nlinks:\n  - veth: [a.va, c.vb]\n", "3:18: veth: no host 'c'; possible: a, b"},
    {"LinkNoHost", "hosts: [a, b]\nlinks:\n  - veth: [va, b.vb]\n",
     "3:12: veth: 'va' names no host; write HOST.DEVICE, such as a.va"},
    {"LinkTwice", "hosts: [a, b]\nlinks:\n  - veth: [a.va, a.va]\n",
     "3:18: veth: device 'a.va' is there twice; give each device one link, tap or vlan"},
    {"LinkKind", "hosts: [a, b]\nlinks:\n  - vetth: [a.va, b.vb]\n",
     "3:5: vetth: unknown key for a link; did you mean 'veth'?"},
    {"LongDeviceName", "hosts: [a, b]\nlinks:\n  - veth: [a.interface1234567, b.vb]\n",
     "3:12: veth: 'interface1234567' is not a device name; use 1 to 15 characters without / and :"},
    {"NoSuchDevice", withTopology("devices:\n  a.vx: { mtu: 1400 }\n"),
     "5:3: a.vx: no device 'a.vx'; did you mean 'a.va'?"},
    {"UnknownDeviceKey", withTopology("devices:\n  a.va: { mtuu: 1400 }\n"),
     "5:11: mtuu: unknown key for device a.va; did you mean 'mtu'?"},
    {"BadMac", withTopology("devices:\n  a.va: { mac: 02-00 }\n"),
     "5:11: mac: '02-00' is not a MAC address; write it as \"02:00:00:00:00:01\""},
    {"BadAddress", withTopology("devices:\n  a.va: { address: 10.9.0.300/24 }\n"),
     "5:11: address: '10.9.0.300/24' is not an IPv4 address with a prefix length; write it as 10.9.0.1/24"},
    {"BadPrefixLength", withTopology("devices:\n  a.va: { address: 10.9.0.3/33 }\n"),
     "5:11: address: '10.9.0.3/33' is not an IPv4 address with a prefix length; write it as 10.9.0.1/24"},
    {"BadMtu", withTopology("devices:\n  a.va: { mtu: 20 }\n"),
     "5:11: mtu: '20' is out of range; give a whole number from 68 to 65535"},
    {"MtuIsText", withTopology("devices:\n  a.va: { mtu: big }\n"),
     "5:11: mtu: 'big' is not a number; give a whole number from 68 to 65535"},
    {"MtuIsAList", withTopology("devices:\n  a.va: { mtu: [1] }\n"), "5:11: mtu: is a list; give a single value"},
    {"UpIsText", withTopology("devices:\n  a.va: { up: perhaps }\n"),
     "5:11: up: 'perhaps' is neither on nor off; give on or off"},
    {"UnknownFeature", withTopology("devices:\n  a.va: { features: { gor: on } }\n"),
     "5:23: gor: unknown device feature; did you mean 'gro'?"},
    {"BadQdisc", withTopology("devices:\n  a.va: { qdisc: \"pfifo; reboot\" }\n"),
     "5:11: qdisc: 'pfifo;' is not a word of a qdisc; write it as tc does: pfifo limit 100"},
    {"BadRps", withTopology("devices:\n  a.va: { rps: -1 }\n"),
     "5:11: rps: '-1' is not a number; give a whole number from 0 to 4294967295"},
    {"RpsFlowsQueue", withTopology("devices:\n  a.va: { rps-flows: { first: 8 } }\n"),
     "5:24: first: is not a queue number; write { 0: 32 }: queue and flows"},
    {"SockFlows", withTopology("rps-sock-flow-entries: 1073741824\n"),
     "4:1: rps-sock-flow-entries: '1073741824' is out of range; give a whole number from 0 to 536870912"},
    {"VlanNoLink", withTopology("devices:\n  a.v1: { vlan: { id: 100 } }\n"),
     "5:11: link: is missing for a VLAN; add it, such as link: va"},
    {"VlanNoId", withTopology("devices:\n  a.v1: { vlan: { link: va } }\n"),
     "5:11: id: is missing for a VLAN; add it, such as id: 100"},
    {"VlanId", withTopology("devices:\n  a.v1: { vlan: { link: va, id: 4095 } }\n"),
     "5:29: id: '4095' is out of range; give a whole number from 0 to 4094"},
    {"VlanKey", withTopology("devices:\n  a.v1: { vlan: { link: va, vid: 5 } }\n"),
     "5:29: vid: unknown key for a VLAN; did you mean 'id'?"},
    {"VlanProtocol", withTopology("devices:\n  a.v1: { vlan: { link: va, id: 1, protocol: 802.3 } }\n"),
     "5:36: protocol: '802.3' is no protocol of VLANs; 802.1q or 802.1ad"},
    {"VlanOtherHost", withTopology("devices:\n  a.v1: { vlan: { link: b.vb, id: 1 } }\n"),
     "5:19: link: the device is another host's; a VLAN device stands on one of its own host"},
    {"VlanOnLo", withTopology("devices:\n  a.v1: { vlan: { link: lo, id: 1 } }\n"),
     "5:19: link: lo carries no VLANs; name a veth, tap or card"},
    {"VlanOnItself", withTopology("devices:\n  a.v1: { vlan: { link: v1, id: 1 } }\n"),
     "5:19: link: 'v1' is a VLAN device of this entry or a later one; put the lower one first"},
    {"VlanOfAPair", withTopology("devices:\n  a.va: { vlan: { link: va, id: 1 } }\n"),
     "5:3: a.va: device 'a.va' is there twice; give each device one link, tap or vlan"},
    {"NeighbourNoMac", withTopology("neighbours:\n  - { device: a.va, ip: 10.9.0.2 }\n"),
     "5:5: mac: is missing for a neighbour; add mac: \"02:00:00:00:00:02\", or state: failed"},
    {"NeighbourBadState", withTopology("neighbours:\n  - { device: a.va, ip: 10.9.0.2, state: fialed }\n"),
     "5:35: state: 'fialed' is not a neighbour state; did you mean 'failed'?"},
    {"NeighbourTwoIps", withTopology("neighbours:\n  - { device: a.va, ip: 10.9.0.2, to: 10.9.0.2, state: failed }\n"),
     "5:35: to: means the same as 'ip'; give one of the two"},
    {"RouteNoWay", withTopology("routes:\n  - { host: a, to: default }\n"),
     "5:5: via: is missing for a route; add via: 10.9.1.254, or dev: a.va"},
    {"RouteBadType", withTopology("routes:\n  - { host: a, to: default, type: blackhoel }\n"),
     "5:29: type: 'blackhoel' is not a route type; did you mean 'blackhole'?"},
    {"RouteOtherHost", withTopology("routes:\n  - { host: b, to: default, dev: a.va }\n"),
     "5:7: host: the device is another host's; name the host of the device"},
    {"SysctlName", withTopology("sysctls:\n  a: { kernel.panic: 1 }\n"),
     "5:8: kernel.panic: 'kernel.panic' is not a network sysctl; write it as net.ipv4.ip_forward"},
    {"SysctlHost", withTopology("sysctls:\n  c: { net.ipv4.ip_forward: 1 }\n"), "5:3: c: no host 'c'; possible: a, b"},
    {"StepIsText", withSteps("  - trace on\n"), "6:5: steps: is a single value; give a map of keys and values"},
    {"NoOperation", withSteps("  - { host: a }\n"),
     "6:5: do: is missing for this step; add the operation, such as do: sendto"},
    {"UnknownOperation", withSteps("  - { host: a, do: sendtoo }\n"),
     "6:16: do: unknown operation 'sendtoo'; did you mean 'sendto'?"},
    {"UnknownShorthand", withSteps("  - { host: a, tarce: on }\n"),
     "6:16: tarce: unknown operation 'tarce'; did you mean 'trace'?"},
    {"NoSuchHost", withSteps("  - { host: c, trace: on }\n"), "6:7: host: no host 'c'; possible: a, b"},
    {"FirstStepNoHost", withSteps("  - { trace: on }\n"),
     "6:5: host: is missing for the first step; say where the process starts: host: a"},
    {"UnknownStepKey", withSteps(made + "  - { do: sendto, socket: s, to: \"10.9.0.2:7000\", lenght: 12 }\n"),
     "7:51: lenght: unknown key for sendto; did you mean 'length'?"},
    {"SocketUnknown", withSteps("  - { host: a, do: close, socket: s }\n"),
     "6:27: socket: no socket 's' yet; make it first: { do: socket, as: NAME, type: udp }"},
    {"SocketMisspelt", withSteps(made + "  - { do: close, socket: t }\n"),
     "7:18: socket: no socket 't' up to here; possible: s"},
    {"SocketClosed", withSteps(made + "  - { close: s }\n  - { close: s }\n"),
     "8:7: close: socket 's' was closed on line 7; use it before, or make it anew"},
    {"SocketTwice", withSteps(made + made),
     "7:28: as: socket 's' was made on line 6 already; close it first, or choose another name"},
    {"SocketNoName", withSteps("  - { host: a, do: socket, type: udp }\n"),
     "6:5: as: is missing for socket; add it, such as as: s"},
    {"SocketNoType", withSteps("  - { host: a, do: socket, as: s }\n"),
     "6:5: type: is missing for socket; add it, such as type: udp"},
    {"SocketBadType", withSteps("  - { host: a, do: socket, as: s, type: upd }\n"),
     "6:35: type: 'upd' is not a socket type; did you mean 'udp'?"},
    {"SocketProtocol", withSteps("  - { host: a, do: socket, as: s, type: udp, protocol: 1 }\n"),
     "6:46: protocol: only raw sockets take a protocol; remove it"},
    {"SocketTimeoutZero", withSteps("  - { host: a, do: socket, as: s, type: udp, timeout: 0 }\n"),
     "6:46: timeout: 0 would be no time-out; write timeout: none"},
    {"SocketTimeoutBad", withSteps("  - { host: a, do: socket, as: s, type: udp, timeout: soon }\n"),
     "6:46: timeout: 'soon' is not a time; write milliseconds, or 250ms, or 2s"},
    {"PacketOtherHost", withSteps("  - { host: a, do: socket, as: p, type: packet, device: b.vb }\n"),
     "6:49: device: is on another host than the process; add host: to the step"},
    {"BadEndpoint", withSteps(made + "  - { do: bind, socket: s, address: \"10.9.0:7000\" }\n"),
     "7:28: address: '10.9.0:7000' is not an IPv4 address and port; write it as \"10.9.0.2:7000\""},
    {"BadPort", withSteps(made + "  - { do: bind, socket: s, address: \"10.9.0.1:70000\" }\n"),
     "7:28: address: '70000' is not a port; use 0 to 65535"},
    {"NoPort", withSteps(made + "  - { do: bind, socket: s, address: 10.9.0.1 }\n"),
     "7:28: address: has no port; write it as \"10.9.0.1:7000\""},
    {"TwoPorts", withSteps(made + "  - { do: bind, socket: s, address: \"10.9.0.1:7\", port: 8 }\n"),
     "7:51: port: the port is in 'address' already; give one of the two"},
    {"TwoSpellings", withSteps(made + "  - { do: bind, socket: s, address: \"10.9.0.1:7\", to: \"10.9.0.1:7\" }\n"),
     "7:51: to: means the same as 'address'; give one of the two"},
    {"LengthMissing", withSteps(made + "  - { do: sendto, socket: s, to: \"10.9.0.2:7\" }\n"),
     "7:5: length: is missing for sendto; give one of length: 12, data: \"text\", hex: \"0a0b\""},
    {"LengthAndData", withSteps(made + "  - { do: sendto, socket: s, to: \"10.9.0.2:7\", length: 2, data: ab }\n"),
     "7:5: length: excludes data and hex; give one of length: 12, data: \"text\", hex: \"0a0b\""},
    {"LengthNegative", withSteps(made + "  - { do: sendto, socket: s, to: \"10.9.0.2:7\", length: -2 }\n"),
     "7:48: length: '-2' is not a number; give a whole number from 0 to 1048576"},
    {"LengthHuge", withSteps(made + "  - { do: send, socket: s, length: 99999999999 }\n"),
     "7:28: length: '99999999999' is out of range; give a whole number from 0 to 1048576"},
    {"BadHex", withSteps(made + "  - { do: send, socket: s, hex: 0g }\n"),
     "7:28: hex: '0g' is not hex; write pairs of hex digits: \"0a 0b 0c\""},
    {"OddHex", withSteps("  - { host: a, do: tap, as: t, device: tap0 }\n  - { do: tap-write, tap: t, hex: abc }\n"),
     "7:30: hex: 'abc' is not hex; write the frame as pairs of hex digits: \"0a 0b 0c\""},
    {"BadFlag", withSteps(made + "  - { do: recv, socket: s, flags: dontwiat }\n"),
     "7:28: flags: 'dontwiat' is not a message flag; did you mean 'dontwait'?"},
    {"BadOption", withSteps(made + "  - { do: setsockopt, socket: s, option: SO_BRODCAST, value: 1 }\n"),
     "7:34: option: 'SO_BRODCAST' is not a socket option; did you mean 'SO_BROADCAST'?"},
    {"OptionNeedsLevel", withSteps(made + "  - { do: setsockopt, socket: s, option: 6, value: 1 }\n"),
     "7:34: option: a number needs its level; add level: socket, ip, udp or tcp"},
    {"OptionValue", withSteps(made + "  - { do: setsockopt, socket: s, option: SO_BROADCAST, value: x }\n"),
     "7:56: value: 'x' is not a 32-bit integer; give a whole number"},
    {"NotAGroup", withSteps(made + "  - { do: join, socket: s, group: 10.1.1.1 }\n"),
     "7:28: group: '10.1.1.1' is not a multicast group; use 224.0.0.0/4"},
    {"TapNotATap", withSteps("  - { host: a, do: tap, as: t, device: va }\n"),
     "6:32: device: 'va' is not a tap; list it in taps: [a.tap0]"},
    {"TapIsASocket", withSteps(made + "  - { do: tap-write, tap: s, hex: ab }\n"),
     "7:22: tap: 's' is a socket, this needs a tap; taps: tap-write, tap-read, nonblock, close; sockets: the rest"},
    {"SocketIsATap", withSteps("  - { host: a, do: tap, as: t, device: tap0 }\n  - { do: recv, socket: t }\n"),
     "7:17: socket: 't' is a tap, this needs a socket; taps: tap-write, tap-read, nonblock, close; sockets: the rest"},
    {"SleepTooLong", withSteps("  - { host: a, sleep: 2000s }\n"),
     "6:16: sleep: '2000s' is too long; use at most 60000 ms"},
    {"TraceMaybe", withSteps("  - { host: a, trace: maybe }\n"),
     "6:16: trace: 'maybe' is neither on nor off; give on or off"},
    {"LinkNothing", withSteps("  - { do: link, device: a.va }\n"),
     "6:5: up: is missing for link; say what changes: up: off, mtu: 1400 or mac: ..."},
    {"AddressNoDevice", withSteps("  - { host: a, address: 10.9.0.3/24 }\n"),
     "6:5: device: is missing for address; add it, such as device: a.va"},
    {"SysctlNothing", withSteps("  - { host: a, sysctl: net.ipv4.ip_forward }\n"),
     "6:16: sysctl: 'net.ipv4.ip_forward' sets nothing; write NAME=VALUE"},
    {"NetfilterHook", withSteps("  - { host: a, do: netfilter, hook: inptu, verdict: drop }\n"),
     "6:31: hook: 'inptu' is not possible here; did you mean 'input'?"},
    {"NetfilterPort", withSteps("  - { host: a, do: netfilter, hook: input, port: 7, verdict: drop }\n"),
     "6:44: port: needs a protocol; add protocol: udp"},
};

INSTANTIATE_TEST_SUITE_P(Scenarios, Errors, testing::ValuesIn(broken),
                         [](const testing::TestParamInfo<Broken> &b) { return std::string(b.param.name); });

TEST(ScenarioErrors, FileThatIsNotThere) {
    const auto scenario = loadScenario("/nowhere/x.yaml");
    ASSERT_FALSE(scenario);
    EXPECT_EQ(scenario.error().message(), "/nowhere/x.yaml: cannot be read; check the path");
}

TEST(ScenarioErrors, Directory) {
    const auto scenario = loadScenario(SKBSCOPE_SOURCE_DIR);
    ASSERT_FALSE(scenario);
    EXPECT_TRUE(scenario.error().message().ends_with(": is a directory; name a scenario file"));
}

// What a file says must not drive the terminal that shows the message.
TEST(ScenarioErrors, ControlCharactersAreEscaped) {
    const auto scenario = parseScenario("hosts: [\"\\e[31m\"]\n", "s.yaml");
    ASSERT_FALSE(scenario);
    EXPECT_EQ(scenario.error().message(),
              "s.yaml:1:9: hosts: '\\x1b[31m' is not a host name; use 1 to 15 letters, digits, _ or -");
}

// The YAML parser quotes the byte that it does not like; found by tests/fuzz.
TEST(ScenarioErrors, ControlCharactersInTheParsersMessageAreEscaped) {
    const auto scenario = parseScenario(std::string("title: a\0\nhosts: [a]\n", 21), "s.yaml");
    ASSERT_FALSE(scenario);
    EXPECT_EQ(scenario.error().message(), "s.yaml:2:1: is not YAML: unknown escape character: \\x0a; check brackets, "
                                          "quotes and indentation");
}

TEST(ScenarioErrors, TooManySockets) {
    std::string steps;
    for (int i = 0; i <= SKBSCOPE_SOCKETS_MAX; ++i)
        steps += "  - { host: a, do: socket, as: s" + std::to_string(i) + ", type: udp }\n";
    const auto scenario = parseScenario(withSteps(steps), "s.yaml");
    ASSERT_FALSE(scenario);
    EXPECT_EQ(scenario.error().message(), "s.yaml:70:28: as: too many sockets; use at most 64");
}

TEST(ScenarioErrors, TooManyOperations) {
    std::string steps;
    for (int i = 0; i <= SKBSCOPE_OP_MAX; ++i)
        steps += "  - { host: a, sleep: 1 }\n";
    const auto scenario = parseScenario(withSteps(steps), "s.yaml");
    ASSERT_FALSE(scenario);
    EXPECT_NE(scenario.error().message().find("the scenario is too long; use at most 4096 operations"),
              std::string::npos);
}

TEST(ScenarioErrors, TooMuchData) {
    const std::string part(300'000, 'x');
    std::string steps = made;
    for (int i = 0; i < 3; ++i)
        steps += "  - { do: sendto, socket: s, to: \"10.9.0.2:1\", data: " + part + " }\n";
    EXPECT_TRUE(parseScenario(withSteps(steps), "s.yaml"));
    EXPECT_FALSE(parseScenario(withSteps(steps + std::string(1 << 20, '#')), "s.yaml"));
}

} // namespace
} // namespace skbscope::app
