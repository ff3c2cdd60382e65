// SPDX-License-Identifier: GPL-2.0-or-later
// The function cards: one for each function on the main path of every bundled scenario, no two alike, each at the line
// where the kernel's source has the function.
#include "tests/ui/bundled.h"
#include "trace/catalogue.h"
#include "ui/models/cards.h"
#include "ui/models/markup.h"
#include "ui/models/roles.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <gmock/gmock.h>
#include <map>
#include <set>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

// What makes a packet move on; see assets/cards/README.md.
bool movesOn(const trace::Event &e) {
    if (trace::is_buffer_op(e)) return e.kind != SKBSCOPE_EV_FREE && e.kind != SKBSCOPE_EV_HEAD_FREE;
    switch (e.kind) {
    case SKBSCOPE_EV_ENQUEUE:
    case SKBSCOPE_EV_DEQUEUE:
    case SKBSCOPE_EV_SOFTIRQ_RAISE:
    case SKBSCOPE_EV_SCHED_SLEEP:
    case SKBSCOPE_EV_SCHED_WAKE:
    case SKBSCOPE_EV_DROP:
        return true;
    default:
        return e.kind >= SKBSCOPE_EV_CLONE_OF && e.kind <= SKBSCOPE_EV_COPY_OF;
    }
}

// The functions of a side from which a packet moves on, in themselves or in what they call.
std::set<std::string> mainPath(const DocumentSide &side) {
    std::set<std::string> out;
    for (quint32 i = 0; i < side.side->events.size(); ++i) {
        if (!movesOn(side.event(i))) continue;
        for (quint32 call = side.tree.call_at[i]; call != npos; call = side.tree.calls[call].parent)
            out.insert(std::string(side.side->function_name(side.tree.calls[call].fn)));
    }
    return out;
}

QStringList linesOf(const QString &path) {
    QFile file(QStringLiteral(SKBSCOPE_SOURCE_DIR) + path);
    return file.open(QIODevice::ReadOnly)
               ? QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)
               : QStringList();
}

// Each line that the window may show of a function without a card has an Italian one, and no line is anybody else's.
TEST(Cards, RolesWithoutACardAreInItalian) {
    std::map<QString, QString> italian;
    for (const QString &line : linesOf(QStringLiteral("/assets/cards/it/roles.tsv"))) {
        const QStringList parts = line.split(QLatin1Char('\t'));
        if (line.startsWith(QLatin1Char('#'))) continue;
        ASSERT_EQ(parts.size(), 2) << line.toStdString();
        EXPECT_TRUE(italian.emplace(parts[0], parts[1]).second) << parts[0].toStdString() << " stands there twice";
    }
    for (const QString &line : linesOf(QStringLiteral("/assets/catalogue/roles.tsv"))) {
        const QStringList parts = line.split(QLatin1Char('\t'));
        if (line.startsWith(QLatin1Char('#')) || Cards::builtin().find(parts[0].section(QLatin1Char('@'), 0, 0)))
            continue;
        const auto at = italian.find(parts[0]);
        ASSERT_NE(at, italian.end()) << parts[0].toStdString() << " has no line in assets/cards/it/roles.tsv";
        EXPECT_EQ(at->second.contains(QLatin1Char('?')), parts[1].contains(QLatin1Char('?'))) << parts[0].toStdString();
        EXPECT_NE(at->second, parts[1]) << parts[0].toStdString() << " is English";
        italian.erase(at);
    }
    for (const auto &[name, line] : italian)
        ADD_FAILURE() << name.toStdString() << " has a card, or no line in assets/catalogue/roles.tsv";
}

// A security module's function is in no catalogue: a trace knows its name alone, and the window what it is for.
TEST(Cards, ALineMayBeOfAFunctionOutsideTheCatalogue) {
    trace::Function hook;
    hook.name = "apparmor_ip_postroute";
    EXPECT_TRUE(roleWords(hook).startsWith(QStringLiteral("Lets AppArmor look"))) << roleWords(hook).toStdString();
    hook.name = "nobody_knows_this";
    EXPECT_TRUE(roleWords(hook).isEmpty());
}

TEST(Cards, EveryFileIsWhole) {
    int cards = 0;
    const QDir folder(QStringLiteral(SKBSCOPE_SOURCE_DIR "/assets/cards"));
    for (const QString &name : folder.entryList({QStringLiteral("*.md")})) {
        if (name == QLatin1String("README.md")) continue;
        QFile file(folder.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        QString errors;
        const QByteArray text = file.readAll();
        cards += int(Cards::parse({text.constData(), std::size_t(text.size())}, &errors).all().size());
        EXPECT_EQ(errors.toStdString(), "") << name.toStdString();
        EXPECT_LE(text.count('\n'), 300) << name.toStdString();
    }
    EXPECT_EQ(cards, int(Cards::builtin().all().size()))
        << "two files have a card of one name, or one is not linked in";
}

TEST(Cards, WhatIsNoCardIsNamed) {
    QString errors;
    const Cards cards = Cards::parse("## f\n`a.c:1`\n- What: x\n- What: y\nmore\n## g\n`a.c`\n", &errors);
    EXPECT_TRUE(cards.all().empty());
    EXPECT_EQ(errors.toStdString(), "line 4: said twice\nline 5: expected one of What, Why here, Context, Next\n"
                                    "f: no line \"- Why here:\"\nline 7: expected `FILE:LINE` in backquotes\n"
                                    "g: no `FILE:LINE`");
}

TEST(Cards, EveryFunctionOnTheMainPathHasOne) {
    std::set<std::string> without;
    std::size_t met = 0;
    for (const test::BundledTrace &t : test::bundledTraces())
        for (const SideKind kind : bothSides) {
            if (!t.document->side(kind)) continue;
            const std::set<std::string> path = mainPath(*t.document->side(kind));
            EXPECT_GT(path.size(), 10U) << t.name;
            met += path.size();
            for (const std::string &function : path)
                if (!Cards::builtin().find(QString::fromStdString(function))) without.insert(function);
        }
    EXPECT_THAT(without, testing::IsEmpty());
    EXPECT_GT(met, 1000U);
}

// The model has no TCP yet: its path is what the kernel's own tracer showed.
TEST(Cards, ScenariosWithoutAModelHaveTheirPathWrittenDown) {
    for (const std::string &name : test::notRun())
        EXPECT_EQ(name.rfind("tcp-", 0), 0U) << name;
    const QStringList path = linesOf(QStringLiteral("/tests/ui/data/tcp-main-path.txt"));
    EXPECT_GT(path.size(), 100);
    for (const QString &function : path)
        EXPECT_TRUE(Cards::builtin().find(function)) << function.toStdString();
}

TEST(Cards, NoTwoShareASentence) {
    std::map<QString, QString> owner;
    for (const auto &[name, card] : Cards::builtin().all())
        for (const QString &text : {card.does, card.why, card.context, card.next}) {
            static const QRegularExpression ends(QStringLiteral("(?<=[.?!]) "));
            for (const QString &sentence : plainText(text).toLower().split(ends)) {
                const auto [at, isNew] = owner.emplace(sentence, name);
                EXPECT_TRUE(isNew) << name.toStdString() << " and " << at->second.toStdString() << ": "
                                   << sentence.toStdString();
            }
        }
}

// What may not be translated: code, numbers, names of flags.
std::multiset<QString> fixedParts(const Card &card) {
    static const QRegularExpression part(QStringLiteral("`[^`]*`|\\d+|[A-Z]{3,}[A-Z_]*"));
    std::multiset<QString> out;
    for (const QString &text : {card.does, card.why, card.context, card.next})
        for (auto at =
                 part.globalMatch(QString(text).remove(QRegularExpression(QStringLiteral("(?<=\\d)[.,](?=\\d)"))));
             at.hasNext();)
            out.insert(at.next().captured());
    return out;
}

TEST(Cards, EachIsThereInItalian) {
    QByteArray text;
    const QDir folder(QStringLiteral(SKBSCOPE_SOURCE_DIR "/assets/cards/it"));
    for (const QString &name : folder.entryList({QStringLiteral("*.md")})) {
        EXPECT_TRUE(QFile::exists(QStringLiteral(SKBSCOPE_SOURCE_DIR "/assets/cards/") + name)) << name.toStdString();
        QFile file(folder.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        text += file.readAll() + '\n';
    }
    QString errors;
    const Cards &english = Cards::builtin();
    const Cards italian = english.withWords({text.constData(), std::size_t(text.size())}, &errors);
    EXPECT_EQ(errors.toStdString(), "");
    for (const auto &[name, card] : english.all()) {
        const Card *there = italian.find(name);
        ASSERT_NE(there, nullptr);
        EXPECT_NE(there->does, card.does) << name.toStdString() << " has no Italian card";
        EXPECT_EQ(there->file, card.file);
        EXPECT_EQ(fixedParts(*there), fixedParts(card)) << name.toStdString();
    }
    const QString twice = QStringLiteral("## no_such\n- What: a\n- Why here: b\n- Context: c\n- Next: d\n");
    (void)english.withWords(twice.toStdString(), &errors);
    EXPECT_EQ(errors.toStdString(), "no_such: there is no such card");
}

TEST(Cards, TheyStandWhereTheCatalogueSays) {
    const trace::Catalogue &catalogue = trace::Catalogue::builtin();
    int known = 0;
    for (const auto &[name, card] : Cards::builtin().all()) {
        const auto ids = catalogue.find_all(name.toStdString());
        if (ids.empty()) continue;
        ++known;
        EXPECT_TRUE(std::any_of(ids.begin(), ids.end(), [&card = card, &catalogue](trace::FunctionId id) {
            const trace::Function &f = catalogue.at(id);
            return card.file.toStdString() == f.file && card.line == int(f.line);
        })) << name.toStdString();
    }
    EXPECT_GT(known, 250);
}

// A definition begins in column 0 with the name and its arguments, or is made by a macro; a call or declaration is not.
bool isDefinition(const QStringList &lines, int line, const QString &name) {
    if (line < 1 || line > lines.size()) return false;
    const QString &first = lines[line - 1];
    const QRegularExpression named(QStringLiteral("\\b%1\\b\\s*[(,)]").arg(QRegularExpression::escape(name)));
    if (!named.match(first).hasMatch() || first.startsWith(QLatin1Char(' ')) || first.startsWith(QLatin1Char('\t')))
        return false;
    for (int i = line - 1; i < std::min<int>(line + 14, int(lines.size())); ++i) {
        if (lines[i].contains(QLatin1Char('{'))) return true;
        if (lines[i].trimmed().endsWith(QLatin1Char(';'))) return false;
    }
    return false;
}

QString kernelSource() {
    const QByteArray named = qgetenv("SKBSCOPE_KERNEL_SOURCE");
    for (const QString &root : {QString::fromUtf8(named), QStringLiteral("/usr/src/linux-source-6.1")})
        if (!root.isEmpty() && QFile::exists(root + QStringLiteral("/net/core/dev.c"))) return root + QLatin1Char('/');
    return {};
}

TEST(Cards, EachPlaceHoldsTheDefinition) {
    const QString kernel = kernelSource();
    std::map<QString, QStringList> files;
    int checked = 0;
    for (const auto &[name, card] : Cards::builtin().all()) {
        const bool ours = card.file.startsWith(QLatin1String("core-stack/"));
        if (!ours && kernel.isEmpty()) continue;
        const auto [at, isNew] = files.try_emplace(card.file);
        if (isNew) {
            QFile file((ours ? QStringLiteral(SKBSCOPE_SOURCE_DIR "/") : kernel) + card.file);
            ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << file.fileName().toStdString();
            at->second = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
        }
        EXPECT_TRUE(isDefinition(at->second, card.line, name))
            << name.toStdString() << " at " << card.file.toStdString() << ':' << card.line;
        ++checked;
    }
    EXPECT_GT(checked, 0);
    if (kernel.isEmpty())
        GTEST_SKIP()
            << "the model's own were checked; no kernel source here: unpack Debian's linux-source-6.1 and name "
               "its folder in SKBSCOPE_KERNEL_SOURCE";
}
} // namespace
