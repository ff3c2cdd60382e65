// SPDX-License-Identifier: GPL-2.0-or-later
// The controller's part for changing one setting and running again: ask, run on a thread, show, go back.
#include "ui/models/app_words.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"
#include "ui/models/thrown.h"
#include "ui/views/window_controller.h"

#include <utility>

namespace skbscope::ui {

QString WindowController::whyNoWhatIf() const {
    const TraceDocument *d = session_.selection.document();
    if (!options_.whatIf.run) return phrase("WindowWhatIf", "No scenario can be run here.");
    if (live_.isRunning()) return phrase("WindowWhatIf", "A watch is running: what it shows cannot be run again.");
    if (busy_) return phrase("WindowWhatIf", "A run is on its way: wait until it is here.");
    if (!d || d->trace().scenario_text.empty())
        return phrase("WindowWhatIf", "This trace carries no scenario: there is nothing to run again.");
    return {};
}

void WindowController::addWhatIfCommands() {
    commands_.add({QStringLiteral("whatif.choose"),
                   QStringLiteral("Change one setting, run again ..."),
                   QStringLiteral("What if"),
                   {QKeySequence(QStringLiteral("C"))},
                   [this] { askWhatIf(); },
                   [this] { return whyNoWhatIf().isEmpty(); },
                   [this] { return whyNoWhatIf(); }});
    commands_.add({QStringLiteral("whatif.undo"),
                   QStringLiteral("Undo the change: the first run"),
                   QStringLiteral("What if"),
                   {QKeySequence(QStringLiteral("Ctrl+Z"))},
                   [this] { undoWhatIf(); },
                   [this] { return !busy_ && before_.document != nullptr; },
                   [] { return phrase("WindowWhatIf", "No setting was changed: there is nothing to undo."); }});
}

void WindowController::askWhatIf() {
    const auto changes = options_.whatIf.changes(session_.selection.document()->trace());
    if (!changes) return setProblem(appWords(changes.error()));
    if (changes->empty())
        return session_.replay.say(
            phrase("WindowWhatIf", "In this scenario there is no setting to change: it sends nothing."));
    PickerRequest request{
        phrase("WindowWhatIf", "What if"), phrase("WindowWhatIf", "Type what should be otherwise"), {}};
    request.tall = true;
    for (const WhatIfChange &change : *changes)
        request.items.push_back({appWords(change.title),
                                 appWords(change.watch),
                                 {},
                                 {},
                                 [this, change] { runWhatIf(change); },
                                 qs(change.id)});
    picker_.open(std::move(request));
    emit pickerRequested();
}

void WindowController::runWhatIf(const WhatIfChange &change) {
    if (busy_) return;
    if (worker_.joinable()) worker_.join();
    busy_ = true;
    commands_.refresh();
    emit busyChanged();
    // The trace outlives the run: the document is held.
    worker_ = std::thread([this, change, shown = session_.selection.sharedDocument(), source = options_.whatIf] {
        const Loaded loaded = orThrown([&]() -> Loaded {
            auto trace = source.run(shown->trace(), change.id);
            if (!trace) return tl::make_unexpected(trace.error());
            return TraceDocument::build(std::move(*trace));
        });
        QMetaObject::invokeMethod(this, [this, change, loaded] {
            busy_ = false;
            emit busyChanged();
            whatIfRan(change, loaded);
        });
    });
}

void WindowController::whatIfRan(const WhatIfChange &change, const Loaded &loaded) {
    if (loaded) {
        if (!before_.document) // a second change is one of the first run, too
            before_ = {session_.selection.sharedDocument(), session_.selection.step(), session_.selection.side(), {}};
        before_.title = appWords(change.title);
        before_.id = qs(change.id);
        session_.open(*loaded);
        setProblem({});
    } else {
        setProblem(appWords(loaded.error()));
    }
    commands_.refresh();
    emit scenarioChanged();
    if (!loaded)
        return session_.replay.say(phrase("WindowWhatIf", "It could not be run: %1").arg(appWords(loaded.error())));
    const bool differs = session_.replay.target(Replay::difference, Direction::forward).has_value();
    session_.replay.say(phrase("WindowWhatIf", "Changed run: %1. First run: as it was. ").arg(bold(before_.title)) +
                        appWords(change.watch) +
                        (differs
                             ? phrase("WindowWhatIf", " D goes to the next difference, Ctrl+Z back to the first run.")
                             : phrase("WindowWhatIf", " Here it makes no difference. Ctrl+Z goes back.")));
}

void WindowController::undoWhatIf() {
    const FirstRun before = std::exchange(before_, {});
    motion_.setJumping(true);
    session_.open(before.document);
    session_.selection.setSide(before.side);
    session_.selection.setStep(before.step);
    motion_.setJumping(false);
    setProblem(session_.warning());
    commands_.refresh();
    emit scenarioChanged();
}

} // namespace skbscope::ui
