// SPDX-License-Identifier: GPL-2.0-or-later
// What to run, why it cannot be run now, and the run itself: how far it is, its end. One run at a time.
#pragma once

#include "ui/models/background.h"
#include "ui/models/scenario_titles.h"
#include "ui/models/trace_document.h"
#include "ui/runner.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QVariantList>

namespace skbscope::ui {

class RunModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString scenario READ scenario WRITE setScenario NOTIFY requestChanged)
    Q_PROPERTY(int sides READ sides WRITE setSides NOTIFY requestChanged)    // as RunSides
    Q_PROPERTY(int kernel READ kernel WRITE setKernel NOTIFY requestChanged) // of `kernels`
    Q_PROPERTY(QString host READ host WRITE setHost NOTIFY requestChanged)
    Q_PROPERTY(bool needsKernel READ needsKernel NOTIFY requestChanged)
    Q_PROPERTY(int cpus READ cpus WRITE setCpus NOTIFY requestChanged)
    Q_PROPERTY(bool severalCpus READ canHaveSeveralCpus NOTIFY checked) // else it runs on one, whatever cpus says
    // title, what, problem (for this scenario, empty: possible), wantsHost
    Q_PROPERTY(QVariantList kernels READ kernels NOTIFY checked)
    Q_PROPERTY(QString scenarioTitle READ scenarioTitle NOTIFY checked)
    Q_PROPERTY(QString scenarioProblem READ scenarioProblem NOTIFY checked)
    Q_PROPERTY(QString refusal READ refusal NOTIFY checked) // why start() would do nothing; empty: it would not
    Q_PROPERTY(bool running READ isRunning NOTIFY runningChanged)
    Q_PROPERTY(bool cancelling READ isCancelling NOTIFY runningChanged)
    Q_PROPERTY(QString title READ title NOTIFY changed)     // "udp-veth, model and kernel, the lab"
    Q_PROPERTY(QString doing READ doing NOTIFY changed)     // "attaching probes 96 of 137"
    Q_PROPERTY(qreal progress READ progress NOTIFY changed) // of what is being done; -1: nobody knows
    Q_PROPERTY(int seconds READ seconds NOTIFY changed)     // since the start
    Q_PROPERTY(QString failure READ failure NOTIFY changed) // of the last run, which showed nothing

public:
    static constexpr int interval = 100; // ms between two looks at the run

    // `runner` (not owned; null: nothing can be run) outlives this.
    explicit RunModel(Runner *runner, QObject *parent = nullptr);

    [[nodiscard]] QString scenario() const { return QString::fromStdString(request_.scenario); }
    void setScenario(const QString &scenario);
    [[nodiscard]] int sides() const { return int(request_.sides); }
    void setSides(int sides);
    [[nodiscard]] int kernel() const;
    void setKernel(int index);
    [[nodiscard]] QString host() const { return QString::fromStdString(request_.host); }
    void setHost(const QString &host);
    [[nodiscard]] bool needsKernel() const { return request_.sides != RunSides::model; }

    [[nodiscard]] int cpus() const { return int(request_.cpus); }
    void setCpus(int cpus);
    [[nodiscard]] bool canHaveSeveralCpus() const;

    [[nodiscard]] QVariantList kernels() const;
    [[nodiscard]] QString scenarioTitle() const { return scenarioTitleWords(QString::fromStdString(check_.title)); }
    [[nodiscard]] QString scenarioProblem() const;
    [[nodiscard]] QString refusal() const;

    [[nodiscard]] bool isRunning() const { return run_ != nullptr || building_; }
    [[nodiscard]] bool isCancelling() const { return cancelling_; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString doing() const;
    [[nodiscard]] qreal progress() const;
    [[nodiscard]] int seconds() const { return seconds_; }
    [[nodiscard]] QString failure() const { return failure_; }
    [[nodiscard]] bool canRunAgain() const { return last_.has_value() && !isRunning(); }

    // Looks anew at what this machine can do and at the scenario's file.
    Q_INVOKABLE void look();
    Q_INVOKABLE void forgetFailure();
    // False: refusal() says why not, or something runs.
    Q_INVOKABLE bool start();
    Q_INVOKABLE bool again(); // the last run, as it was asked for
    Q_INVOKABLE void cancel();

signals:
    void requestChanged();
    void checked();
    void changed();
    void runningChanged(); // or cancelling
    void finished(std::shared_ptr<const skbscope::ui::TraceDocument> document, const QString &note);
    void failed(); // nothing to show; failure() says why: empty after cancel()

private:
    void checkScenario();
    void begin(const RunRequest &request);
    void poll();
    void ended(RunOutcome outcome);
    [[nodiscard]] const KernelOffer *chosen() const;
    [[nodiscard]] QString problemOf(const KernelOffer &offer) const;

    Runner *runner_;
    RunRequest request_;
    std::vector<KernelOffer> offers_;
    ScenarioCheck check_;
    std::string checked_; // the scenario that check_ is about
    bool looked_ = false; // offers_ are what the machine can do now
    std::optional<RunRequest> last_;
    std::unique_ptr<RunTask> run_;
    RunState state_;
    QTimer timer_;
    QElapsedTimer clock_;
    int seconds_ = 0;
    bool cancelling_ = false, building_ = false;
    QString failure_;
    Background offersAsked_, scenarioAsked_, built_; // the last members: their threads end first
};

} // namespace skbscope::ui
