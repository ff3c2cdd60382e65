// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/scenario_titles.h"

#include "ui/models/phrase.h"

namespace skbscope::ui {

namespace {
// The bundled scenarios' own, as their files have them, so that they are collected for the translator.
constexpr const char *all[] = {
    QT_TRANSLATE_NOOP("ScenarioTitles", "Datagrams of two flows on a card with two queues, merged by GRO"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "A card that is busy, and packets that go back to the queue's head"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "A ping and its answer"),
    QT_TRANSLATE_NOOP("ScenarioTitles",
                      "60,000 bytes over TCP: segments merged on the way in (GRO), split as late as possible (GSO)"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "A TCP connection that nobody accepts"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "A TCP connection: three-way handshake, 100 bytes, both ends closed"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "One UDP datagram through a router"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "A UDP datagram larger than the MTU: three fragments, put together again"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "One UDP datagram to the same host"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "One UDP datagram that a packet socket sees too"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "A UDP datagram to a port where nobody listens"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "One UDP datagram through a queueing discipline"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "One UDP datagram steered by receive packet steering"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "The life of two UDP sockets: socket, bind, connect, send, receive, close"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "A frame written into a tap, received as UDP, and one sent out of it"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "One UDP datagram that needs ARP first"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "One UDP datagram into a veth with NAPI and GRO"),
    QT_TRANSLATE_NOOP("ScenarioTitles",
                      "Two UDP datagrams: ARP and a route lookup, then the header cache and the cached route"),
    QT_TRANSLATE_NOOP("ScenarioTitles", "One UDP datagram across a veth pair"),
};
} // namespace

std::span<const char *const> bundledTitles() {
    return all;
}

QString scenarioTitleWords(const QString &title) {
    return title.isEmpty() ? QString() : phrase("ScenarioTitles", title.toUtf8().constData());
}

} // namespace skbscope::ui
