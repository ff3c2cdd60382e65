// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/run_model.h"

#include "ui/models/app_words.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

#include <QVariantMap>

#include <algorithm>

namespace skbscope::ui {

RunModel::RunModel(Runner *runner, QObject *parent) : QObject(parent), runner_(runner) {
    timer_.setInterval(interval);
    connect(&timer_, &QTimer::timeout, this, &RunModel::poll);
    connect(this, &RunModel::requestChanged, this, &RunModel::checked);
}

void RunModel::setScenario(const QString &scenario) {
    const std::string text = scenario.trimmed().toStdString();
    if (text == request_.scenario) return;
    request_.scenario = text;
    emit requestChanged();
    checkScenario();
}

void RunModel::setSides(int sides) {
    request_.sides = RunSides(std::clamp(sides, 0, int(RunSides::kernel)));
    emit requestChanged();
}

int RunModel::kernel() const {
    const auto at = std::ranges::find(offers_, request_.kernel, &KernelOffer::id);
    return at == offers_.end() ? -1 : int(at - offers_.begin());
}

void RunModel::setKernel(int index) {
    if (index < 0 || std::size_t(index) >= offers_.size()) return;
    request_.kernel = offers_[std::size_t(index)].id;
    emit requestChanged();
}

void RunModel::setHost(const QString &host) {
    request_.host = host.trimmed().toStdString();
    emit requestChanged();
}

void RunModel::setCpus(int cpus) {
    request_.cpus = unsigned(std::clamp(cpus, 1, 2));
    emit requestChanged();
}

bool RunModel::canHaveSeveralCpus() const {
    const KernelOffer *offer = chosen();
    return !needsKernel() || (offer && offer->severalCpus);
}

const KernelOffer *RunModel::chosen() const {
    const auto at = std::ranges::find(offers_, request_.kernel, &KernelOffer::id);
    return at == offers_.end() ? nullptr : &*at;
}

QString RunModel::problemOf(const KernelOffer &offer) const {
    if (!offer.whyNot.empty()) return appWords(offer.whyNot);
    if (!check_.problem.empty() || checked_ != request_.scenario) return {};
    if (!check_.modelAlone.empty()) return appWords(check_.modelAlone);
    return offer.recorded ? appWords(check_.notRecorded) : QString();
}

QVariantList RunModel::kernels() const {
    QVariantList out;
    for (const KernelOffer &o : offers_)
        out << QVariantMap{{QStringLiteral("title"), appWords(o.title)},
                           {QStringLiteral("what"), appWords(o.what)},
                           {QStringLiteral("problem"), problemOf(o)},
                           {QStringLiteral("wantsHost"), o.wantsHost}};
    return out;
}

QString RunModel::scenarioProblem() const {
    return appWords(check_.problem);
}

QString RunModel::refusal() const {
    if (!runner_) return phrase("RunModel", "Nothing can be run from here.");
    if (isRunning()) return phrase("RunModel", "A run is on its way; Ctrl+F9 cancels it.");
    if (request_.scenario.empty()) return phrase("RunModel", "Choose a scenario, or write the path of a file.");
    if (checked_ != request_.scenario) return phrase("RunModel", "The scenario is being read ...");
    if (!check_.problem.empty()) return phrase("RunModel", "The scenario has an error; it is told below its name.");
    if (!needsKernel()) return {};
    const KernelOffer *offer = chosen();
    if (!looked_ || !offer) return phrase("RunModel", "Looking what this machine can do ...");
    if (const QString problem = problemOf(*offer); !problem.isEmpty()) return problem;
    if (offer->wantsHost && request_.host.empty()) return phrase("RunModel", "Which machine? Write HOST or USER@HOST.");
    return {};
}

void RunModel::look() {
    if (!runner_) return;
    looked_ = false;
    offersAsked_.ask(
        [this, runner = runner_]() -> Background::Answer {
            return [this, offers = runner->kernels()] {
                offers_ = offers;
                looked_ = true;
                if (request_.kernel.empty() && !offers_.empty()) request_.kernel = offers_.front().id;
                emit requestChanged();
            };
        },
        [this](const QString &why) {
            failure_ = why;
            emit changed();
        });
    checked_.clear();
    checkScenario();
    emit changed();
}

// What is typed meanwhile is read next.
void RunModel::checkScenario() {
    if (!runner_ || request_.scenario.empty()) {
        check_ = {};
        emit checked();
        return;
    }
    scenarioAsked_.ask(
        [this, runner = runner_, scenario = request_.scenario]() -> Background::Answer {
            return [this, scenario, check = runner->check(scenario)] {
                check_ = check;
                checked_ = scenario;
                emit checked();
            };
        },
        [this, scenario = request_.scenario](const QString &why) {
            check_ = {};
            check_.problem = why.toStdString();
            checked_ = scenario;
            emit checked();
        });
}

void RunModel::forgetFailure() {
    failure_.clear();
    emit changed();
}

bool RunModel::start() {
    if (!refusal().isEmpty()) return false;
    RunRequest request = request_;
    if (!canHaveSeveralCpus()) request.cpus = 1;
    begin(request);
    return true;
}

bool RunModel::again() {
    if (!canRunAgain()) return false;
    begin(RunRequest(*last_));
    return true;
}

void RunModel::begin(const RunRequest &request) {
    last_ = request;
    state_ = {};
    cancelling_ = false;
    failure_.clear();
    seconds_ = 0;
    clock_.start();
    run_ = runner_->start(request);
    timer_.start();
    emit runningChanged();
    emit checked();
    poll();
}

void RunModel::cancel() {
    if (!isRunning() || cancelling_) return;
    cancelling_ = true;
    if (run_) run_->cancel();
    emit runningChanged();
    emit changed();
}

void RunModel::poll() {
    const auto before = std::pair(state_, seconds_);
    seconds_ = int(clock_.elapsed() / 1000);
    if (run_) state_ = run_->state();
    if (run_ && state_.over) {
        RunOutcome outcome = run_->take();
        run_.reset();
        ended(std::move(outcome));
    }
    if (before != std::pair(state_, seconds_)) emit changed();
}

// The document compares both sides: work of a moment, on a thread of its own.
void RunModel::ended(RunOutcome outcome) {
    if (outcome.cancelled || !outcome.trace) {
        timer_.stop();
        failure_ = outcome.cancelled ? QString() : appWords(outcome.problem);
        emit runningChanged();
        emit checked();
        emit failed();
        return;
    }
    building_ = true;
    state_ = {false,
              outcome.trace->sides.size() > 1 ? QT_TRANSLATE_NOOP("App", "comparing")
                                              : QT_TRANSLATE_NOOP("App", "making the call tree"),
              0, 0};
    auto trace = std::make_shared<trace::Trace>(std::move(*outcome.trace));
    built_.ask(
        [this, trace, note = appWords(outcome.problem)]() -> Background::Answer {
            auto document = TraceDocument::build(std::move(*trace));
            return [this, document = std::move(document), note] {
                building_ = false;
                timer_.stop();
                emit runningChanged();
                emit checked();
                if (cancelling_)
                    emit failed();
                else
                    emit finished(document, note);
            };
        },
        [this](const QString &why) {
            building_ = false;
            timer_.stop();
            failure_ = why;
            emit runningChanged();
            emit checked();
            emit failed();
        });
}

QString RunModel::title() const {
    if (!last_) return {};
    const QString words[] = {phrase("Sides", "model and kernel"), kindWord(SideKind::model),
                             kindWord(SideKind::kernel)};
    const QString name = qs(last_->scenario);
    QString out =
        name.mid(name.lastIndexOf(QLatin1Char('/')) + 1) + QStringLiteral(", ") + words[std::size_t(last_->sides)];
    if (last_->cpus > 1)
        out += QStringLiteral(", ") + plural(last_->cpus, phrase("Session", "CPU"), phrase("Session", "CPUs"));
    if (last_->sides == RunSides::model) return out;
    const auto offer = std::ranges::find(offers_, last_->kernel, &KernelOffer::id);
    if (offer == offers_.end()) return out;
    return out + QStringLiteral(" (") + (offer->wantsHost ? qs(last_->host) : appWords(offer->title).toLower()) +
           QLatin1Char(')');
}

QString RunModel::doing() const {
    if (cancelling_) return phrase("RunModel", "ending");
    const QString what = state_.doing.empty() ? phrase("RunModel", "starting") : appWords(state_.doing);
    if (state_.of > 0) return phrase("RunModel", "%1 %2 of %3").arg(what).arg(state_.done).arg(state_.of);
    return what;
}

qreal RunModel::progress() const {
    return state_.of > 0 ? std::clamp(qreal(state_.done) / state_.of, 0.0, 1.0) : -1;
}

} // namespace skbscope::ui
