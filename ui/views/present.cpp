// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/views/present.h"
#include "ui/models/phrase.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
struct PaneWords {
    const char *name, *title, *detail;
};
constexpr PaneWords panes[] = {
    {"stack", QT_TRANSLATE_NOOP("Present", "Stack"), QT_TRANSLATE_NOOP("Present", "which layer has the packet")},
    {"memory", "sk_buff", QT_TRANSLATE_NOOP("Present", "which bytes are the packet now")},
    {"calls", QT_TRANSLATE_NOOP("Present", "Calls"), QT_TRANSLATE_NOOP("Present", "where we are, and the marks")},
    {"bytes", QT_TRANSLATE_NOOP("Present", "Bytes and headers"), QT_TRANSLATE_NOOP("Present", "what each byte means")},
    {"card", QT_TRANSLATE_NOOP("Present", "Function"), QT_TRANSLATE_NOOP("Present", "what it is for, and why now")},
    {"source", QT_TRANSLATE_NOOP("Present", "Source"), QT_TRANSLATE_NOOP("Present", "how it is done")},
};

// They need the whole window: long lists, and the size that is fixed here.
constexpr const char *deskOnly[] = {"scenario.choose", "break.list",   "difference.list", "find.open",
                                    "help.keys",       "view.zoom.in", "view.zoom.out",   "view.zoom.reset"};
} // namespace

Present::Present(Theme *theme, QObject *parent) : QObject(parent), theme_(theme) {}

void Present::attach(QWindow *window) {
    window_ = window;
}

bool Present::resize(const QSize &window) {
    const qreal pixel = std::min(window.width() / 1600.0, window.height() / 1000.0);
    if (qFuzzyCompare(pixel, pixel_)) return false;
    pixel_ = pixel;
    emit pixelChanged();
    return true;
}

void Present::enter() {
    if (on_ || !window_) return;
    on_ = true;
    blank_ = 0;
    themeBefore_ = theme_->mode();
    before_ = window_->visibility();
    placeBefore_ = window_->geometry();
    theme_->setMode(themeHere_);
    emit toggled();
    emit changed();
    window_->showFullScreen();
}

void Present::leave() {
    if (!on_) return;
    on_ = false;
    blank_ = 0;
    themeHere_ = theme_->mode(); // the next presentation begins as this one was left
    if (before_ != QWindow::FullScreen) {
        window_->setVisibility(before_ == QWindow::Maximized ? QWindow::Maximized : QWindow::Windowed);
        if (before_ == QWindow::Windowed) window_->setGeometry(placeBefore_);
    }
    theme_->setMode(themeBefore_);
    emit toggled();
    emit changed();
}

void Present::setBlank(int blank) {
    blank_ = blank == blank_ ? 0 : blank;
    emit changed();
}

void Present::setPane(int place, const QString &pane) {
    auto &here = panes_[std::size_t(place)], &other = panes_[std::size_t(1 - place)];
    if (pane == other) other = here;
    here = pane;
    emit changed();
}

// A presenter's remote sends PageUp, PageDown, and for its blank button `.` or B, for a white screen W or a comma.
QString Present::commandFor(const QKeySequence &key) const {
    if (!on_) return {};
    if (blank_ != 0) return QStringLiteral("present.show");
    if (key == QKeySequence(Qt::Key_Escape)) return QStringLiteral("present.toggle");
    if (key == QKeySequence(Qt::Key_B)) return QStringLiteral("present.blank");
    if (key == QKeySequence(Qt::Key_W) || key == QKeySequence(Qt::Key_Comma)) return QStringLiteral("present.white");
    return {};
}

QString Present::refuses(const QString &command) const {
    const bool desk = std::ranges::any_of(deskOnly, [&](const char *id) { return command == QLatin1String(id); });
    if (on_ && desk) return phrase("Present", "This needs the whole window: P leaves the presentation.");
    if (!on_ && command.startsWith(QLatin1String("present.")) && command != QLatin1String("present.toggle"))
        return phrase("Present", "Nothing is presented: P begins.");
    return {};
}

PickerRequest Present::paneList(int place) {
    PickerRequest out{place == 0 ? phrase("Present", "Left pane") : phrase("Present", "Right pane"),
                      phrase("Present", "Type a pane's name"),
                      {}};
    for (const PaneWords &p : panes) {
        const QString name = QLatin1String(p.name);
        PickerItem item{phrase("Present", p.title), phrase("Present", p.detail), {}, {}, {}};
        if (name == panes_[std::size_t(place)]) item.why = phrase("Present", "is there already");
        item.run = [this, place, name] { setPane(place, name); };
        out.items.push_back(std::move(item));
    }
    return out;
}

void Present::addCommands(CommandRegistry &registry, const std::function<void(PickerRequest)> &ask) {
    const auto add = [&registry](const char *id, const char *title, const char *key, std::function<void()> run) {
        QList<QKeySequence> keys;
        if (*key) keys << QKeySequence(QLatin1String(key));
        registry.add({QLatin1String(id), QLatin1String(title), QStringLiteral("Present"), keys, std::move(run), {}});
    };
    add("present.toggle", "Present, or leave it", "P", [this] { on_ ? leave() : enter(); });
    add("present.blank", "Black screen (also B)", ".", [this] { setBlank(1); });
    add("present.white", "White screen (W, comma)", "", [this] { setBlank(2); });
    add("present.show", "Show it again (any key)", "", [this] { setBlank(0); });
    add("present.left", "Choose the left pane ...", "Shift+P", [this, ask] { ask(paneList(0)); });
    add("present.right", "Choose the right pane ...", "Ctrl+P", [this, ask] { ask(paneList(1)); });
}

} // namespace skbscope::ui
