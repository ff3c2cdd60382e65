// SPDX-License-Identifier: GPL-2.0-or-later
// The controller's part for what is the user's own: theme, contrast, motion, language, size; and keeping it.
#include "ui/models/phrase.h"
#include "ui/views/window_controller.h"

#include <QGuiApplication>
#include <QQuickWindow>
#include <QScreen>

#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr QSize drawnFor(1600, 1000);

QList<QRect> rooms() {
    QList<QRect> out;
    for (const QScreen *screen : QGuiApplication::screens())
        out << screen->availableGeometry();
    return out;
}
} // namespace

void WindowController::addSettingCommands() {
    const auto add = [this](const char *id, const char *title, const char *group,
                            std::initializer_list<const char *> keys, std::function<void()> run) {
        QList<QKeySequence> sequences;
        for (const char *key : keys)
            sequences << QKeySequence(QLatin1String(key));
        commands_.add({QLatin1String(id), QLatin1String(title), QLatin1String(group), sequences, std::move(run), {}});
    };
    add("view.theme", "Light or dark", "View", {"Ctrl+T"}, [this] { theme_.toggle(); });
    add("view.contrast", "High contrast", "View", {"Ctrl+Shift+H"},
        [this] { theme_.setHighContrast(!theme_.highContrast()); });
    add("view.motion", "Animations on or off", "View", {"Ctrl+Shift+M"},
        [this] { theme_.setReducedMotion(!theme_.reducedMotion()); });
    add("view.language", "Language ...", "View", {}, [this] { chooseLanguage(); });
    add("view.zoom.in", "Larger", "View", {"Ctrl++", "Ctrl+="}, [this] { setZoom(zoom_ * 1.1); });
    add("view.zoom.out", "Smaller", "View", {"Ctrl+-"}, [this] { setZoom(zoom_ / 1.1); });
    add("view.zoom.reset", "Normal size", "View", {"Ctrl+0"}, [this] { setZoom(1); });
}

void WindowController::setZoom(qreal zoom) {
    zoom_ = std::clamp(zoom, leastZoom, mostZoom);
    resized();
    keepState();
}

// Each language under its own name: whoever cannot read the one that is on finds theirs.
void WindowController::chooseLanguage() {
    PickerRequest request{phrase("Language", "Language"), phrase("Language", "Type a language"), {}};
    const auto offer = [this, &request](const QString &name, const QString &detail, const char *mode) {
        const QString wanted = QLatin1String(mode);
        PickerItem item{name, detail, {}, {}, [this, wanted] { language_.setMode(wanted); }};
        if (language_.mode() == wanted) item.keys = phrase("Language", "now");
        request.items.push_back(std::move(item));
    };
    offer(phrase("Language", "The system's"), {}, "system");
    offer(QStringLiteral("English"), phrase("Language", "English", "detail"), "en");
    offer(QStringLiteral("Italiano"), phrase("Language", "Italian"), "it");
    picker_.open(std::move(request));
    emit pickerRequested();
}

// The same trace at the same step, said in another language.
void WindowController::sayAgain() {
    if (const auto document = session_.selection.sharedDocument()) {
        session_.grow(document);
        setProblem(session_.warning());
    }
    session_.replay.say({});
    commands_.sayAgain();
    emit languageChanged();
    emit scenarioChanged();
}

void WindowController::restoreState() {
    if (options_.remember) kept_ = readWindowState();
    begun_ = kept_;
    if (!options_.theme.empty()) begun_.theme = QString::fromStdString(options_.theme);
    begun_.language = language_.mode();
    begun_.highContrast |= options_.highContrast;
    begun_.reducedMotion |= options_.reducedMotion;
    theme_.setMode(begun_.theme);
    theme_.setHighContrast(begun_.highContrast);
    theme_.setReducedMotion(begun_.reducedMotion);
    motion_.setReduced(theme_.reducedMotion());
    zoom_ = begun_.zoom;
    place_ = begun_.place;
    middleTab_ = begun_.middleTab;
    onlyTab_ = begun_.onlyTab;
    keeping_.setSingleShot(true);
    keeping_.setInterval(500);
    connect(&keeping_, &QTimer::timeout, this, &WindowController::keepState);
    connect(&theme_, &Theme::motionChanged, this, [this] { motion_.setReduced(theme_.reducedMotion()); });
    connect(&theme_, &Theme::changed, this, &WindowController::keepState);
    connect(&theme_, &Theme::motionChanged, this, &WindowController::keepState);
    connect(&language_, &Language::modeChanged, this, &WindowController::keepState);
    connect(&language_, &Language::changed, this, &WindowController::sayAgain);
}

void WindowController::followState(QQuickWindow *window) {
    const auto moved = [this, window] {
        if (window->visibility() == QWindow::Windowed) place_ = window->geometry();
        keeping_.start();
    };
    connect(window, &QWindow::xChanged, this, moved);
    connect(window, &QWindow::yChanged, this, moved);
    connect(window, &QWindow::widthChanged, this, moved);
    connect(window, &QWindow::heightChanged, this, moved);
    connect(window, &QWindow::visibilityChanged, this, moved);
}

WindowState WindowController::stateNow() const {
    WindowState now = kept_;
    // an option holds for its own run: it is kept only when the user chose something else since
    if (theme_.mode() != begun_.theme && !present_.isOn()) now.theme = theme_.mode();
    if (language_.mode() != begun_.language) now.language = language_.mode();
    if (theme_.highContrast() != begun_.highContrast) now.highContrast = theme_.highContrast();
    if (theme_.reducedMotion() != begun_.reducedMotion) now.reducedMotion = theme_.reducedMotion();
    now.zoom = zoom_;
    now.place = place_;
    now.middleTab = middleTab_;
    now.onlyTab = onlyTab_;
    if (window_ && window_->visibility() != QWindow::Hidden && window_->visibility() != QWindow::Minimized)
        now.maximised = window_->visibility() == QWindow::Maximized;
    return now;
}

void WindowController::keepState() {
    keeping_.stop();
    if (!options_.remember) return;
    const WindowState now = stateNow();
    if (now == kept_) return;
    // what is kept is where the next change is counted from
    begun_ = now;
    begun_.theme = theme_.mode();
    begun_.language = language_.mode();
    begun_.highContrast = theme_.highContrast();
    begun_.reducedMotion = theme_.reducedMotion();
    kept_ = now;
    writeWindowState(kept_);
}

QVariantMap WindowController::firstPlace() const {
    const bool known = !kept_.place.isEmpty();
    const QRect place = onScreen(known ? kept_.place : QRect(QPoint(0, 0), drawnFor), rooms());
    QVariantMap out{{QStringLiteral("width"), place.width()}, {QStringLiteral("height"), place.height()}};
    if (known) {
        out.insert(QStringLiteral("x"), place.x());
        out.insert(QStringLiteral("y"), place.y());
    }
    return out;
}

QVariantMap WindowController::firstTabs() const {
    const auto orElse = [](const QString &tab, const char *otherwise) {
        return tab.isEmpty() ? QLatin1String(otherwise) : tab;
    };
    return {{QStringLiteral("middle"), orElse(middleTab_, "memory")},
            {QStringLiteral("all"), orElse(onlyTab_, "calls")}};
}

void WindowController::keepTabs(const QVariantMap &tabs) {
    middleTab_ = tabs.value(QStringLiteral("middle")).toString();
    onlyTab_ = tabs.value(QStringLiteral("all")).toString();
    keeping_.start();
}

} // namespace skbscope::ui
