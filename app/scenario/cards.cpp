// SPDX-License-Identifier: GPL-2.0-or-later
// Simulated cards in a scenario: how one is built, and the cables between them.
#include "app/scenario/topology.h"

#include <algorithm>
#include <bit>

namespace skbscope::app {

namespace {

std::uint32_t readRing(const Value &v) {
    const std::uint32_t n = v.number(8, 4096);
    if (!std::has_single_bit(n)) v.fail(quoted(v.text()) + " is no power of two", "as 64, 128 or 256 descriptors");
    return n;
}

// One of two words; true: the second.
bool readChoice(const Value &v, const char *first, const char *second) {
    if (v.text() == second) return true;
    if (v.text() != first) v.fail(quoted(v.text()) + " is not known here", std::string(first) + " or " + second);
    return false;
}

// "50us", "1ms"; without a unit: ns
std::uint32_t readModeration(const Value &v) {
    const std::string text = v.text();
    const std::size_t unit = text.find_first_not_of("0123456789");
    const std::optional<std::uint32_t> n = parseNumber(text.substr(0, unit));
    const std::string word = unit == text.npos ? "ns" : text.substr(unit);
    const std::uint32_t factor = word == "ns" ? 1 : word == "us" ? 1000 : word == "ms" ? 1'000'000 : 0;
    constexpr std::uint32_t most = 1'000'000'000;
    if (!n || factor == 0 || *n > most / factor)
        v.fail(quoted(text) + " is no time of up to a second", "as 50us, 1ms or 200ns");
    return *n * factor;
}

} // namespace

CardRecord readCard(const Value &v, const DeviceRef &device) {
    if (device.kind != DeviceKind::card)
        v.fail(quoted(device.name) + " is no simulated card", "links: [{ simnic: [a.eth0, b.eth0] }] makes cards");
    Fields f = v.fields();
    f.rename("a card");
    f.only({"queues", "ring", "rx-ring", "tx-ring", "interrupts", "lines", "moderation", "rss"});
    CardRecord card;
    if (const auto n = f.find({"queues"})) card.queues = n->number(1, 64);
    if (const auto n = f.find({"ring"})) card.rxRing = card.txRing = readRing(*n);
    if (const auto n = f.find({"rx-ring"})) card.rxRing = readRing(*n);
    if (const auto n = f.find({"tx-ring"})) card.txRing = readRing(*n);
    if (const auto w = f.find({"interrupts"})) card.perPacket = readChoice(*w, "napi", "per-packet");
    if (const auto w = f.find({"lines"})) {
        card.sharedLine = readChoice(*w, "per-queue", "shared");
        if (card.sharedLine && card.queues != 1)
            w->fail("one line serves one queue alone", "queues: 1, or lines: per-queue");
    }
    if (const auto t = f.find({"moderation"})) card.moderation = readModeration(*t);
    if (const auto list = f.find({"rss"}))
        for (const Value &queue : list->list())
            card.rss.push_back(queue.number(0, card.queues - 1));
    if (card.rss.size() > 128) f.find({"rss"})->fail("has more than 128 entries", "it is repeated: [0, 1]");
    return card;
}

void Topology::emitCard(OpList &ops, const DeviceRef &device, unsigned linkLine) const {
    const auto d = std::find_if(devices_.begin(), devices_.end(), [&](const DeviceRecord &x) {
        return x.device.host == device.host && x.device.name == device.name;
    });
    skbscope_op &op = emitDevice(ops, SKBSCOPE_OP_CARD, device, {d->line != 0 ? d->line : linkLine, noStep});
    op.arg[0] = d->card.queues;
    op.arg[1] = d->card.rxRing;
    op.arg[2] = d->card.txRing;
    op.arg[3] =
        (d->card.perPacket ? SKBSCOPE_CARD_PER_PACKET : 0U) | (d->card.sharedLine ? SKBSCOPE_CARD_SHARED_LINE : 0U);
    op.arg[4] = d->card.moderation;
    const std::string table(d->card.rss.begin(), d->card.rss.end());
    if (!table.empty()) ops.setData(op, table);
}

void Topology::emitCards(OpList &ops, const Link &link) const {
    emitCard(ops, link.a, link.line);
    emitCard(ops, link.b, link.line);
    skbscope_op &op = emitDevice(ops, SKBSCOPE_OP_CABLE, link.a, {link.line, noStep});
    op.host2 = static_cast<std::uint16_t>(link.b.host);
    bpf::set_name(op.name2, link.b.name);
}

} // namespace skbscope::app
