// SPDX-License-Identifier: GPL-2.0-or-later
// The controller's part for files: what the desk of open traces shows becomes the session's.
#include "ui/views/window_controller.h"

#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

namespace skbscope::ui {

DeskHooks WindowController::deskHooks() {
    DeskHooks hooks;
    hooks.show = [this](const OpenTrace &trace) { present(trace); };
    hooks.step = [this] { return session_.selection.step(); };
    hooks.tell = [this](const QString &markup) { session_.replay.say(markup); };
    hooks.ask = [this](PickerRequest request) {
        picker_.open(std::move(request));
        emit pickerRequested();
    };
    hooks.instead = [this]() -> std::pair<Document, QString> {
        if (!before_.document) return {};
        return {session_.selection.sharedDocument(), session_.name() + QLatin1Char('-') + before_.id};
    };
    if (options_.run)
        hooks.runScenario = [this](const QString &file) {
            if (live_.isRunning())
                return session_.replay.say(
                    phrase("WindowFiles", "A watch is running: Ctrl+E ends it, then a scenario can run."));
            choose(file);
        };
    return hooks;
}

// The first one is shown, the others are read when they are.
tl::expected<void, std::string> WindowController::openFiles() {
    const QString first = QString::fromStdString(options_.traces.front().string());
    auto document = readDocument(first);
    if (!document) return tl::unexpected(document.error().toStdString());
    files_.begin(first, *document);
    addFiles();
    return {};
}

// All but the first one.
void WindowController::addFiles() {
    QStringList others;
    for (std::size_t i = 1; i < options_.traces.size(); ++i)
        others << QString::fromStdString(options_.traces[i].string());
    files_.add(others);
}

void WindowController::present(const OpenTrace &trace) {
    before_ = {}; // another trace: a changed run is one of that before
    session_.open(trace.document);
    if (trace.step > 0) session_.selection.setStep(trace.step);
    if (trace.origin == OpenTrace::live)
        name_ = QStringLiteral("live");
    else
        name_ = session_.name().isEmpty() ? trace.title : session_.name();
    setProblem(session_.warning());
    commands_.refresh();
    emit scenarioChanged();
}

} // namespace skbscope::ui
