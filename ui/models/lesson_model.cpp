// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/lesson_model.h"

#include "ui/models/lesson_place.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/skb_fields.h"

#include <algorithm>

namespace skbscope::ui {

LessonModel::LessonModel(std::vector<Lesson> lessons, Selection *selection, GateModel *gate, QObject *parent)
    : QAbstractListModel(parent), lessons_(std::move(lessons)), selection_(selection), gate_(gate) {
    connect(selection, &Selection::documentChanged, this, [this] {
        ours_ = waiting_; // another trace was opened, unless it is the one that was asked for
        step_.reset();
        if (isActive()) emit updated();
    });
    connect(selection, &Selection::stepChanged, this, [this] {
        if (isActive()) emit updated();
    });
    connect(gate, &GateModel::finished, this, [this](bool) { gateOver(); });
}

const Lesson *LessonModel::lesson() const {
    return isActive() ? &lessons_[std::size_t(current_)] : nullptr;
}

void LessonModel::setLanguages(const QStringList &codes) {
    languages_ = codes;
    emit updated();
    if (!lessons_.empty()) emit dataChanged(index(0), index(int(lessons_.size()) - 1));
}

const LessonWords *LessonModel::wordsOf(const Lesson &lesson) const {
    for (const QString &code : languages_) {
        if (code == qs(lesson.language)) return nullptr;
        const auto there = lesson.words.find(code.toStdString());
        if (there != lesson.words.end() && there->second.error.empty()) return &there->second;
    }
    return nullptr;
}

const LessonPartWords *LessonModel::partWords() const {
    const LessonWords *words = isActive() ? wordsOf(*lesson()) : nullptr;
    return words && part_ < int(words->parts.size()) ? &words->parts[std::size_t(part_)] : nullptr;
}

QString LessonModel::noteOf(const Lesson &lesson) const {
    if (!lesson.error.empty() || languages_.isEmpty() || languages_.contains(qs(lesson.language)) || wordsOf(lesson))
        return {};
    const auto broken = lesson.words.find(languages_.front().toStdString());
    if (broken != lesson.words.end())
        return phrase("LessonModel", "Its words in your language cannot be shown: %1").arg(qs(broken->second.error));
    return phrase("LessonModel", "This lesson is not there in your language: it is shown as it was written.");
}

const LessonPart *LessonModel::at() const {
    return isActive() && part_ < parts() ? &lesson()->parts[std::size_t(part_)] : nullptr;
}

void LessonModel::open(int index) {
    if (index < 0 || index >= int(lessons_.size()) || !lessons_[std::size_t(index)].error.empty()) return;
    const QString name = qs(lessons_[std::size_t(index)].name);
    const auto left = places_.find(name);
    openNamed(name, left == places_.end() ? 1 : left->second + 1);
}

bool LessonModel::openNamed(const QString &name, int part) {
    for (int i = 0; i < int(lessons_.size()); ++i) {
        const Lesson &l = lessons_[std::size_t(i)];
        if (qs(l.name) != name || !l.error.empty()) continue;
        if (part == 0) return open(i), true;
        current_ = i;
        passed_.assign(l.parts.size(), false);
        part_ = std::clamp(part, 1, int(l.parts.size())) - 1;
        want();
        return true;
    }
    return false;
}

void LessonModel::want() {
    waiting_ = true;
    problem_.clear();
    step_.reset();
    emit updated();
    emit traceWanted(qs(lesson()->scenario), qs(lesson()->trace));
}

void LessonModel::arrived() {
    if (!waiting_) return;
    waiting_ = false;
    ours_ = true;
    show();
}

void LessonModel::failed(const QString &why) {
    if (!waiting_) return;
    waiting_ = false;
    ours_ = false;
    problem_ = why;
    emit updated();
}

void LessonModel::enter(int part) {
    part_ = part;
    if (!ours_) return want();
    show();
}

// The place first, then what is to be done there.
void LessonModel::show() {
    const LessonPart *p = at();
    if (!p || !selection_->document()) return;
    places_[qs(lesson()->name)] = part_;
    problem_.clear();
    const auto step = lessonStep(*selection_->document(), p->at);
    step_ = step ? std::optional(*step) : std::nullopt;
    if (!step) problem_ = QStringLiteral("%1 (%2:%3)").arg(step.error(), qs(lesson()->file)).arg(p->at.line);
    if (p->look) selection_->setSide(*p->look);
    if (step) selection_->setStep(*step);
    selection_->letGo();
    if (!p->pin.empty()) selection_->pin(Linked::ofField(qs(p->pin)));
    for (const std::string &command : p->commands)
        if (trigger_ && !trigger_(qs(command)) && problem_.isEmpty())
            problem_ = phrase("LessonModel", "%1 cannot run now (%2:%3)")
                           .arg(code(qs(command)), qs(lesson()->file))
                           .arg(p->line);
    emit updated();
}

void LessonModel::ask() {
    const LessonPart *p = at();
    if (!p || !p->gate || !ours_) return;
    if (isElsewhere()) goBack();
    const auto kind = gateNamed(qs(p->gate->kind));
    asking_ = kind && gate_->start(*kind);
    const LessonPartWords *words = partWords();
    if (asking_)
        return gate_->say(qs(words ? words->ask : p->gate->ask), qs(words ? words->because : p->gate->because));
    problem_ = phrase("LessonModel", "The question cannot be asked here: ") + gate_->refusal();
    passed_[std::size_t(part_)] = true;
    emit updated();
}

void LessonModel::gateOver() {
    if (!asking_) return;
    asking_ = false;
    if (part_ < int(passed_.size())) passed_[std::size_t(part_)] = true;
    emit updated();
}

void LessonModel::next() {
    if (!isActive() || waiting_) return;
    if (asks()) return ask();
    if (!isLast()) enter(part_ + 1);
}

void LessonModel::previous() {
    if (canGoBack() && !waiting_) enter(part_ - 1);
}

void LessonModel::goBack() {
    if (isActive() && !waiting_) enter(part_);
}

void LessonModel::leave() {
    if (!isActive()) return;
    current_ = -1;
    waiting_ = ours_ = asking_ = false;
    step_.reset();
    emit updated();
    if (!lessons_.empty()) emit dataChanged(index(0), index(int(lessons_.size()) - 1));
}

bool LessonModel::asks() const {
    const LessonPart *p = at();
    return p && p->gate && !passed_[std::size_t(part_)];
}

bool LessonModel::wasAsked() const {
    const LessonPart *p = at();
    return p && p->gate && passed_[std::size_t(part_)];
}

// Where a question was played, its step is part of the part.
bool LessonModel::isElsewhere() const {
    if (!isActive() || waiting_) return false;
    return !ours_ || (step_ && selection_->step() != *step_ && !wasAsked());
}

QString LessonModel::where() const {
    const LessonPart *p = at();
    if (!p) return {};
    QString out = code(qs(p->at.call));
    if (p->at.nth > 1) out += phrase("LessonModel", ", call %1 of it").arg(p->at.nth);
    return out;
}

QString LessonModel::title() const {
    if (!isActive()) return {};
    const LessonWords *words = wordsOf(*lesson());
    return qs(words ? words->title : lesson()->title);
}
int LessonModel::parts() const {
    return isActive() ? int(lesson()->parts.size()) : 0;
}
QString LessonModel::partTitle() const {
    const LessonPartWords *words = partWords();
    return words ? qs(words->title) : at() ? qs(at()->title) : QString();
}

// Lines of a paragraph run on; an empty line parts two, and so does an item's dash.
QStringList LessonModel::paragraphs() const {
    QStringList out;
    if (!at()) return out;
    bool fresh = true;
    const LessonPartWords *translated = partWords();
    for (const QString &line : qs(translated ? translated->text : at()->text).split(QLatin1Char('\n'))) {
        const QString words = line.trimmed();
        const bool item = words.startsWith(QLatin1String("- "));
        if (words.isEmpty()) {
            fresh = true;
        } else if (fresh || item) {
            out << words;
            fresh = false;
        } else {
            out.last() += QLatin1Char(' ') + words;
        }
    }
    return out;
}

int LessonModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(lessons_.size());
}

QVariant LessonModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const Lesson &l = lessons_[std::size_t(index.row())];
    const auto left = places_.find(qs(l.name));
    const LessonWords *translated = wordsOf(l);
    switch (role) {
    case TitleRole:
        return qs(translated ? translated->title : l.title);
    case NameRole:
        return qs(l.name);
    case SummaryRole:
        return qs(translated ? translated->summary : l.summary);
    case LanguageNoteRole:
        return noteOf(l);
    case ErrorRole:
        return qs(l.error);
    case PartsRole:
        return int(l.parts.size());
    case PartRole:
        return left == places_.end() ? 0 : std::min(left->second + 1, int(l.parts.size()));
    case TraceRole:
        return qs(l.scenario.empty() ? l.trace : l.scenario);
    default:
        return {};
    }
}

QHash<int, QByteArray> LessonModel::roleNames() const {
    return {{TitleRole, "title"}, {NameRole, "name"},   {SummaryRole, "summary"}, {ErrorRole, "error"},
            {PartsRole, "parts"}, {PartRole, "leftAt"}, {TraceRole, "trace"},     {LanguageNoteRole, "languageNote"}};
}

} // namespace skbscope::ui
