// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/session.h"

#include "trace/ratio_text.h"
#include "ui/models/app_words.h"
#include "ui/models/losses.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

namespace skbscope::ui {

namespace {
QString transportWords(const trace::SideInfo &info) {
    QString where = QString::fromStdString(info.transport);
    if (where == QLatin1String("lab"))
        where = phrase("Session", "in the lab");
    else if (where == QLatin1String("host"))
        where = phrase("Session", "on this host");
    else if (where.startsWith(QLatin1String("ssh:")))
        where = phrase("Session", "on ") + where.mid(4);
    return info.recorded ? phrase("Session", "recorded ") + where : phrase("Session", "traced ") + where;
}

// From 0 up to the last one that has an event.
int cpusOf(const DocumentSide &side) {
    int count = 0;
    for (int cpu = 0; cpu < int(side.cpus().size()); ++cpu)
        if (side.cpus()[std::size_t(cpu)]) count = cpu + 1;
    return count;
}
} // namespace

Session::Session(const QString &sourceDirectory, QObject *parent)
    : QObject(parent), search(&selection), filter(&selection, &search), link(&selection),
      breakpoints(&selection, &link), replay(&selection, &breakpoints, &link), measure(&selection),
      find(&selection, &search), differences(&selection), player(&selection), calls(&selection, &filter),
      banner(&selection), stack(&selection), map(&selection), memory(&selection), bytes(&selection), headers(&bytes),
      function(&selection, &link), source(&selection, &link, sourceDirectory), timeline(&selection, &filter),
      gate(&selection) {
    connect(&gate, &GateModel::updated, this, [this, before = MapModel::wayZoom, open = false]() mutable {
        // the other distances of the map show what runs in a layer, and where packets will have been
        if (gate.isOpen() && !open) before = map.zoom();
        if (gate.isOpen() != open) map.setZoom(gate.isOpen() ? MapModel::wayZoom : before);
        open = gate.isOpen();
        calls.setCurtain(gate.isOpen());
        stack.setCurtain(gate.isOpen());
        function.setCurtain(gate.isOpen());
        timeline.setCurtain(gate.isOpen());
    });
    player.setNext([this] { return filter.stepFrom(selection.step(), Stride::into, Direction::forward); });
    player.setStops([this](quint32 step) { return breakpoints.stopsAt(step); });
    connect(&player, &Player::stopped, this, [this] {
        replay.say(phrase("Session", "Stopped at ") +
                   code(breakpoints.textsAt(selection.step()).join(QStringLiteral(", "))) + QLatin1Char('.'));
    });
}

void Session::open(std::shared_ptr<const TraceDocument> document) {
    player.pause();
    selection.setDocument(std::move(document));
    emit opened();
}

void Session::grow(std::shared_ptr<const TraceDocument> document) {
    selection.grow(std::move(document));
    emit opened();
}

QString Session::name() const {
    return selection.document() ? QString::fromStdString(selection.document()->trace().scenario_name) : QString();
}

QStringList Session::sideWords() const {
    return {sideWord(selection.document(), SideKind::model), sideWord(selection.document(), SideKind::kernel)};
}
QString Session::agreeWords() const {
    return ui::agreeWords(selection.document());
}

bool Session::hasModel() const {
    return selection.document() && selection.document()->side(SideKind::model);
}
bool Session::hasKernel() const {
    return selection.document() && selection.document()->side(SideKind::kernel);
}
int Session::lost() const {
    return selection.document() ? int(selection.document()->lost()) : 0;
}

int Session::unexplained() const {
    const trace::Comparison *c = selection.document() ? selection.document()->comparison() : nullptr;
    return c ? int(c->unexplained) : 0;
}

QString Session::kernelHead() const {
    return sideHead(selection.document(), SideKind::kernel);
}

QString Session::kernelLine() const {
    if (!hasKernel()) return phrase("Session", "No kernel in this trace");
    if (const auto change = whatIfOf(selection.document()))
        return phrase("Session",
                      "Both sides are the **model**: first run as it was, changed run with %1 **%2**, not %3")
                   .arg(appWords(change->setting), appWords(change->after), appWords(change->before)) +
               (selection.document()->side(SideKind::kernel)->side->info.recorded
                    ? QString()
                    : phrase("Session", "; Ctrl+Z goes back"));
    if (areAlike(*selection.document()))
        return sideHead(*selection.document(), SideKind::model) + QStringLiteral(" · ") +
               sideHead(*selection.document(), SideKind::kernel);
    const trace::Side &side = *selection.document()->side(SideKind::kernel)->side;
    if (side.info.release.empty()) return phrase("Session", "Kernel: not heard of yet");
    QString out = phrase("Session", "Kernel ") + bold(QString::fromStdString(side.info.release)) +
                  QStringLiteral(", ") + transportWords(side.info);
    if (const QString date = QString::fromStdString(side.info.date).left(10); !date.isEmpty())
        out += QStringLiteral(", ") + date;
    if (const int cpus = cpusOf(*selection.document()->side(SideKind::kernel)); cpus > 0)
        out += QStringLiteral(", ") + plural(cpus, phrase("Session", "CPU"), phrase("Session", "CPUs"));
    return out;
}

QStringList Session::facts() const {
    QStringList out{phrase("Session", "Events lost: ") +
                    bold(selection.document() ? lostText(*selection.document()) : QStringLiteral("0"))};
    if (const trace::Comparison *c = selection.document() ? selection.document()->comparison() : nullptr) {
        out << phrase("Session", "Calls that agree: ") +
                   bold(phrase("Session", "%1 of %2").arg(grouped(c->calls.matched), grouped(c->calls.reference)));
        out << phrase("Session", "Unexplained differences: ") + bold(grouped(c->unexplained));
    }
    return out;
}

QString Session::fidelity() const {
    const trace::Comparison *c = selection.document() ? selection.document()->comparison() : nullptr;
    if (!c) return {};
    const bool alike = areAlike(*selection.document()); // neither is the one to be true to
    return (alike ? phrase("Session", "Alike: calls ") : phrase("Session", "Fidelity: calls ")) +
           bold(qs(trace::ratio_text(c->calls.f1))) + phrase("Session", ", state ") +
           bold(qs(trace::ratio_text(c->states.agreement())));
}

QString Session::warning() const {
    const TraceDocument *d = selection.document();
    if (!d) return {};
    if (d->trace().cut)
        return phrase("Session", "This trace is cut short: ") + QString::fromStdString(d->trace().cut_note);
    if (d->rows().empty()) return phrase("Session", "This trace holds no call.");
    if (!hasKernel()) return phrase("Session", "Only the model's side is here: there is nothing to compare with.");
    if (!hasModel()) return phrase("Session", "Only the kernel's side is here: there is nothing to compare with.");
    return {};
}

} // namespace skbscope::ui
