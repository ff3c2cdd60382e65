// SPDX-License-Identifier: GPL-2.0-or-later
// A form that starts a watch, or the model on a device: its fields by name, what is wrong with each, the start itself,
// which may take a while and may be refused. Once it has begun it is handed on.
#pragma once

#include "ui/models/background.h"
#include "ui/runner.h"

#include <QTimer>
#include <QVariantList>
#include <QVariantMap>

#include <map>

namespace skbscope::ui {

using FormFields = std::map<std::string, std::string>;

class StartForm : public QObject {
    Q_OBJECT
    Q_PROPERTY(QVariantMap problems READ problems NOTIFY changed) // by field, where it is not empty; "": of none alone
    Q_PROPERTY(QVariantList devices READ devices NOTIFY changed)  // name, kind, state, problem
    Q_PROPERTY(bool starting READ isStarting NOTIFY startingChanged)
    Q_PROPERTY(QString doing READ doing NOTIFY changed) // while it starts

public:
    static constexpr int interval = 100; // ms between two looks at what starts
    // `check`: on a thread of its own; `begin`: on this one, gives what to show.
    struct Work {
        std::function<std::vector<Problem>(const FormFields &)> check;
        std::function<std::unique_ptr<LiveSource>(const FormFields &)> begin;
        std::function<std::vector<NetDevice>()> devices; // empty: the form lists none
    };
    explicit StartForm(Work work, QObject *parent = nullptr);

    [[nodiscard]] QVariantMap problems() const;
    [[nodiscard]] QVariantList devices() const;
    [[nodiscard]] bool isStarting() const { return checking_ || source_; }
    [[nodiscard]] QString doing() const;

    Q_INVOKABLE void look(); // the form opens: lists devices, forgets old problems
    // A field was changed: an empty one has no problem before start().
    Q_INVOKABLE void edit(const QVariantMap &fields);
    Q_INVOKABLE void start(const QVariantMap &fields);
    Q_INVOKABLE void cancel(); // a start that is under way

signals:
    void changed();
    void startingChanged();
    void begun();
    void refused(); // problems() says why

public:
    // After begun(): what was started, once.
    [[nodiscard]] std::unique_ptr<LiveSource> take() { return std::move(source_); }

private:
    void poll();
    void set(std::vector<Problem> problems, const FormFields *typed);
    void broke(const QString &why);

    Work work_;
    std::vector<Problem> problems_;
    std::vector<NetDevice> devices_;
    std::unique_ptr<LiveSource> source_;
    LiveState state_;
    QTimer timer_;
    bool checking_ = false;
    Background listed_, checked_; // the last members: their threads end first
};

// Their fields are the members of the requests; `runner` (not owned) outlives them.
[[nodiscard]] StartForm::Work attachWork(Runner *runner);
[[nodiscard]] StartForm::Work watchWork(Runner *runner);

} // namespace skbscope::ui
