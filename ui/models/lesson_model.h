// SPDX-License-Identifier: GPL-2.0-or-later
// The lessons there are, and the one that is open: its text, its place in the trace, its question. Going elsewhere is
// free; goBack() returns. Each lesson remembers the part where it was left.
#pragma once

#include "ui/lesson.h"
#include "ui/models/gate_model.h"
#include "ui/models/selection.h"

#include <QAbstractListModel>
#include <functional>
#include <map>

namespace skbscope::ui {

class LessonModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(bool active READ isActive NOTIFY updated)
    Q_PROPERTY(QString title READ title NOTIFY updated)
    Q_PROPERTY(int part READ part NOTIFY updated) // from 1
    Q_PROPERTY(int parts READ parts NOTIFY updated)
    Q_PROPERTY(QString partTitle READ partTitle NOTIFY updated)       // markup
    Q_PROPERTY(QStringList paragraphs READ paragraphs NOTIFY updated) // markup; one that begins with "- " is an item
    Q_PROPERTY(QString problem READ problem NOTIFY updated)           // markup: why this part cannot be shown
    Q_PROPERTY(QString languageNote READ languageNote NOTIFY updated) // markup: why the texts are in another language
    Q_PROPERTY(bool waiting READ isWaiting NOTIFY updated)            // its trace is being made
    Q_PROPERTY(bool elsewhere READ isElsewhere NOTIFY updated) // the user is at another step, or in another trace
    Q_PROPERTY(QString where READ where NOTIFY updated)        // markup: the part's place
    Q_PROPERTY(bool asks READ asks NOTIFY updated)             // the part has a question that is still open
    Q_PROPERTY(bool asked READ wasAsked NOTIFY updated)        // ... and it was answered or skipped
    Q_PROPERTY(bool last READ isLast NOTIFY updated)

public:
    enum Role {
        TitleRole = Qt::DisplayRole,
        NameRole = Qt::UserRole,
        SummaryRole,
        ErrorRole,
        PartsRole,
        PartRole,
        TraceRole,
        LanguageNoteRole
    };

    LessonModel(std::vector<Lesson> lessons, Selection *selection, GateModel *gate, QObject *parent = nullptr);

    // Runs a command by its id; false: there is none, or it cannot run now. Set before a lesson is opened.
    void setTrigger(std::function<bool(const QString &)> trigger) { trigger_ = std::move(trigger); }
    // The languages the user reads, by code, the best first: each lesson is shown in the first that it has.
    void setLanguages(const QStringList &codes);

    Q_INVOKABLE void open(int lesson);                 // where it was left; an error instead where its file is broken
    bool openNamed(const QString &name, int part = 0); // part from 1; 0: where it was left
    // Next opens the part's question first; once that is answered or skipped, it goes on.
    void next();
    void previous();
    void goBack();
    void ask();
    void leave();
    [[nodiscard]] bool canGoOn() const { return isActive() && (!isLast() || asks()); }
    [[nodiscard]] bool canGoBack() const { return isActive() && part_ > 0; }

    // The trace that was wanted is open now, or could not be had.
    void arrived();
    void failed(const QString &why);

    [[nodiscard]] bool isActive() const { return current_ >= 0; }
    [[nodiscard]] bool isWaiting() const { return waiting_; }
    [[nodiscard]] const Lesson *lesson() const;
    [[nodiscard]] const LessonPart *at() const;
    [[nodiscard]] const std::vector<Lesson> &lessons() const { return lessons_; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] int part() const { return part_ + 1; }
    [[nodiscard]] int parts() const;
    [[nodiscard]] QString partTitle() const;
    [[nodiscard]] QStringList paragraphs() const;
    [[nodiscard]] QString problem() const { return problem_; }
    [[nodiscard]] QString languageNote() const { return isActive() ? noteOf(*lesson()) : QString(); }
    [[nodiscard]] bool isElsewhere() const;
    [[nodiscard]] QString where() const;
    [[nodiscard]] bool asks() const;
    [[nodiscard]] bool wasAsked() const;
    [[nodiscard]] bool isLast() const { return part_ + 1 >= parts(); }
    // By lesson name: the part where it was left, from 0.
    [[nodiscard]] const std::map<QString, int> &places() const { return places_; }
    void setPlaces(std::map<QString, int> places) { places_ = std::move(places); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
    void updated();
    // Answered by arrived() or failed(). `trace`: a file; else `scenario` is run.
    void traceWanted(const QString &scenario, const QString &trace);

private:
    void enter(int part);
    void want();
    void show();
    void gateOver();
    [[nodiscard]] const LessonWords *wordsOf(const Lesson &lesson) const; // null: its own
    [[nodiscard]] const LessonPartWords *partWords() const;               // of the part that is shown
    [[nodiscard]] QString noteOf(const Lesson &lesson) const;

    std::vector<Lesson> lessons_;
    Selection *selection_;
    GateModel *gate_;
    std::function<bool(const QString &)> trigger_;
    QStringList languages_{QStringLiteral("en")};
    std::map<QString, int> places_;
    std::vector<bool> passed_; // by part of the open lesson: its question was answered or skipped
    int current_ = -1, part_ = 0;
    bool waiting_ = false, ours_ = false, asking_ = false; // ours_: the document is the lesson's
    std::optional<quint32> step_;                          // the part's, in that document
    QString problem_;
};

} // namespace skbscope::ui
