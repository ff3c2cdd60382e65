// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/start_form.h"

#include "ui/models/app_words.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

namespace skbscope::ui {

namespace {
FormFields fieldsOf(const QVariantMap &map) {
    FormFields out;
    for (auto at = map.begin(); at != map.end(); ++at)
        out[at.key().toStdString()] = at.value().toString().trimmed().toStdString();
    return out;
}

std::string field(const FormFields &fields, const char *name, const char *otherwise = "") {
    const auto at = fields.find(name);
    return at == fields.end() || at->second.empty() ? otherwise : at->second;
}

AttachRequest attachRequest(const FormFields &f) {
    return {.device = field(f, "device"),
            .netns = field(f, "netns"),
            .address = field(f, "address"),
            .peer = field(f, "peer"),
            .gateway = field(f, "gateway"),
            .mode = field(f, "mode", "gro"),
            .cpus = field(f, "cpus", "1"),
            .queues = field(f, "queues", "1")};
}

WatchRequest watchRequest(const FormFields &f) {
    return {field(f, "filter"), field(f, "device"), field(f, "host"), field(f, "drops") == "true"};
}
} // namespace

StartForm::Work attachWork(Runner *runner) {
    if (!runner) return {};
    return {[runner](const FormFields &f) { return runner->check(attachRequest(f)); },
            [runner](const FormFields &f) { return runner->attach(attachRequest(f)); },
            [runner] { return runner->devices(); }};
}

StartForm::Work watchWork(Runner *runner) {
    if (!runner) return {};
    return {[runner](const FormFields &f) { return runner->check(watchRequest(f)); },
            [runner](const FormFields &f) { return runner->watch(watchRequest(f)); },
            {}};
}

StartForm::StartForm(Work work, QObject *parent) : QObject(parent), work_(std::move(work)) {
    timer_.setInterval(interval);
    connect(&timer_, &QTimer::timeout, this, &StartForm::poll);
}

QVariantMap StartForm::problems() const {
    QVariantMap out;
    for (const Problem &p : problems_)
        if (const QString key = qs(p.field); !out.contains(key)) out[key] = appWords(p.what);
    return out;
}

QVariantList StartForm::devices() const {
    QVariantList out;
    for (const NetDevice &d : devices_)
        out << QVariantMap{{QStringLiteral("name"), qs(d.name)},
                           {QStringLiteral("kind"), appWords(d.kind)},
                           {QStringLiteral("state"), appWords(d.state)},
                           {QStringLiteral("problem"), appWords(d.whyNot)}};
    return out;
}

QString StartForm::doing() const {
    if (checking_) return phrase("StartForm", "checking");
    return state_.doing.empty() ? phrase("StartForm", "starting") : appWords(state_.doing);
}

void StartForm::look() {
    problems_.clear();
    edit({}); // what is wrong whatever the fields are
    if (work_.devices)
        listed_.ask(
            [this, devices = work_.devices]() -> Background::Answer {
                return [this, found = devices()] {
                    devices_ = found;
                    emit changed();
                };
            },
            [this](const QString &why) { broke(why); });
    emit changed();
}

void StartForm::set(std::vector<Problem> problems, const FormFields *typed) {
    if (typed)
        std::erase_if(problems,
                      [typed](const Problem &p) { return !p.field.empty() && field(*typed, p.field.c_str()).empty(); });
    problems_ = std::move(problems);
}

void StartForm::broke(const QString &why) {
    problems_ = {{{}, why.toStdString()}};
    emit changed();
}

void StartForm::edit(const QVariantMap &map) {
    if (isStarting() || !work_.check) return;
    checked_.ask(
        [this, fields = fieldsOf(map), check = work_.check]() -> Background::Answer {
            return [this, fields, problems = check(fields)] {
                set(problems, &fields);
                emit changed();
            };
        },
        [this](const QString &why) { broke(why); });
}

void StartForm::start(const QVariantMap &map) {
    if (isStarting() || !work_.check) return;
    checking_ = true;
    problems_.clear();
    state_ = {};
    checked_.ask(
        [this, fields = fieldsOf(map), check = work_.check]() -> Background::Answer {
            return [this, fields, problems = check(fields)] {
                checking_ = false;
                set(problems, nullptr);
                if (problems_.empty()) {
                    source_ = work_.begin(fields);
                    timer_.start();
                }
                emit changed();
                if (problems_.empty()) return;
                emit startingChanged();
                emit refused();
            };
        },
        [this](const QString &why) {
            checking_ = false;
            broke(why);
            emit startingChanged();
            emit refused();
        });
    emit startingChanged();
    emit changed();
}

// What starts is asked to end, and waited for: it was not shown yet, so nothing is lost.
void StartForm::cancel() {
    if (!isStarting()) return;
    checked_.forget();
    checking_ = false;
    timer_.stop();
    source_.reset();
    emit startingChanged();
    emit changed();
}

void StartForm::poll() {
    if (!source_) return timer_.stop();
    const LiveState now = source_->state();
    const bool moved = now != state_;
    state_ = now;
    const bool refusedNow = now.phase == LiveState::Phase::over && now.revision == 0;
    if (now.phase == LiveState::Phase::starting) {
        if (moved) emit changed();
        return;
    }
    timer_.stop();
    if (!refusedNow) {
        emit begun();
        emit startingChanged();
        return;
    }
    problems_ = {{{}, now.broke.empty() ? QT_TRANSLATE_NOOP("App", "It ended before it began.") : now.broke}};
    source_.reset();
    emit startingChanged();
    emit changed();
    emit refused();
}

} // namespace skbscope::ui
