// SPDX-License-Identifier: GPL-2.0-or-later
// The controller's part for looking around: commands that open a list, find, or move the pointer by keys.
#include "ui/views/window_controller.h"

#include "ui/models/phrase.h"

namespace skbscope::ui {

namespace {
QList<QKeySequence> keysOf(std::initializer_list<const char *> names) {
    QList<QKeySequence> out;
    for (const char *name : names)
        out << QKeySequence(QLatin1String(name));
    return out;
}
} // namespace

void WindowController::addLookCommands() {
    const auto add = [this](const char *id, const char *title, const char *group,
                            std::initializer_list<const char *> keys, std::function<void()> run) {
        commands_.add(
            {QLatin1String(id), QLatin1String(title), QLatin1String(group), keysOf(keys), std::move(run), {}});
    };
    add("break.list", "Breakpoints and watches ...", "Breakpoints", {"Shift+B"},
        [this] { emit breakpointsRequested(); });
    commands_.add({QStringLiteral("difference.list"), QStringLiteral("All differences ..."), QStringLiteral("Run"),
                   keysOf({"Ctrl+D"}), [this] { emit differencesRequested(); },
                   [this] { return session_.selection.document() && session_.selection.document()->hasBoth(); },
                   [] { return phrase("WindowLook", "There is one side only: nothing to compare with."); }});
    add("find.open", "Find function, packet, flow or text", "Find", {"Ctrl+F"}, [this] { emit findRequested(); });
    const auto look = [this](int right, int down) { return [this, right, down] { emit lookRequested(right, down); }; };
    add("look.left", "Look left in this pane", "Look around", {"Alt+Left"}, look(-1, 0));
    add("look.right", "Look right in this pane", "Look around", {"Alt+Right"}, look(1, 0));
    add("look.up", "Look up in this pane", "Look around", {"Alt+Up"}, look(0, -1));
    add("look.down", "Look down in this pane", "Look around", {"Alt+Down"}, look(0, 1));
    add("look.press", "Go to it, or pin it", "Look around", {"Return", "Enter"},
        [this] { emit pressRequested(false); });
    add("look.pin", "Pin it, stay here", "Look around", {"Ctrl+Return", "Ctrl+Enter"},
        [this] { emit pressRequested(true); });
}

void WindowController::addPresentCommands() {
    present_.addCommands(commands_, [this](PickerRequest request) {
        picker_.open(std::move(request));
        emit pickerRequested();
    });
    commands_.setGuard([this](const QString &id) { return present_.refuses(id); });
    connect(&present_, &Present::changed, &commands_, &CommandRegistry::refresh);
    connect(&present_, &Present::toggled, this, &WindowController::resized);
}

void WindowController::hoverCall(int row) {
    session_.selection.hover(row < 0 ? Linked{} : Linked::ofCall(quint32(row)));
}

void WindowController::goToCall(int row) {
    if (row >= 0) session_.selection.setRow(quint32(row));
}

void WindowController::pinCall(int row) {
    if (row >= 0) session_.selection.pin(Linked::ofCall(quint32(row)));
}

void WindowController::findNext(bool back) {
    session_.find.go(back ? Direction::back : Direction::forward);
}

} // namespace skbscope::ui
