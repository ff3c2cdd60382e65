// SPDX-License-Identifier: GPL-2.0-or-later
// The desk's part for two traces: which sides are set against each other, and what is dropped on the window.
#include "ui/models/file_desk.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

#include <QFileInfo>

namespace skbscope::ui {

namespace {
QString sideTitle(const ComparedSide &side) {
    const trace::SideInfo &info = side.document->side(side.kind)->side->info;
    QString out = side.name + QStringLiteral(": ") + kindWord(info.kind);
    if (!info.release.empty() && info.kind == SideKind::kernel) out += u' ' + qs(info.release);
    return out;
}

bool comesFirst(const ComparedSide &a, const ComparedSide &b) { // kernel against kernel, then model against kernel
    return a.kind == SideKind::kernel && b.kind == SideKind::kernel;
}

QStringList localFiles(const QList<QUrl> &urls) {
    QStringList out;
    for (const QUrl &url : urls)
        if (url.isLocalFile()) out << url.toLocalFile();
    return out;
}
} // namespace

std::vector<ComparedSide> FileDesk::sidesOf(int index) const {
    std::vector<ComparedSide> out;
    const OpenTrace &t = traces_.at(index);
    if (!t.document || t.origin == OpenTrace::comparison) return out;
    for (const SideKind kind : bothSides)
        if (t.document->side(kind)) out.push_back({t.document, kind, t.title});
    return out;
}

QString FileDesk::whyNotCompare() const {
    std::size_t sides = 0;
    for (int i = 0; i < traces_.count(); ++i)
        sides += traces_.at(i).document ? sidesOf(i).size() : 1;
    return sides >= 2 ? QString()
                      : phrase("FileDeskCompare", "Only one side is open: open another trace to compare it with.");
}

void FileDesk::askSide(const QString &title, const std::function<void(ComparedSide)> &chosen, const Document &but,
                       SideKind kind) {
    PickerRequest list{title, phrase("FileDeskCompare", "Type a part of a trace's name"), {}};
    for (int i = 0; i < traces_.count(); ++i)
        for (const ComparedSide &side : sidesOf(i))
            if (side.document != but || side.kind != kind)
                list.items.push_back({sideTitle(side), traces_.detail(i), {}, {}, [chosen, side] { chosen(side); }});
    hooks_.ask(std::move(list));
}

// Those that the command line named are read when they are looked at: at the latest now.
void FileDesk::compare() {
    for (int i = 0; i < traces_.count(); ++i) {
        if (traces_.at(i).document) continue;
        const QString path = traces_.at(i).path;
        return work([this, path]() -> Done {
            auto document = readDocument(path);
            return [this, path, document = std::move(document)] {
                if (!document) return failed(document.error());
                opened(path, *document, false);
                compare();
            };
        });
    }
    askSide(
        phrase("FileDeskCompare", "Compare: choose A"),
        [this](const ComparedSide &a) {
            askSide(
                phrase("FileDeskCompare", "Compare %1 with: choose B").arg(sideTitle(a)),
                [this, a](const ComparedSide &b) { compare(a, b); }, a.document, a.kind);
        },
        {}, SideKind::model);
}

void FileDesk::compare(const ComparedSide &a, const ComparedSide &b) {
    work([this, a, b]() -> Done {
        Document both = compareSides(a, b);
        return [this, a, b, both = std::move(both)] {
            const QString title =
                areAlike(*both)
                    ? sideHead(*both, SideKind::model) + QStringLiteral(" · ") + sideHead(*both, SideKind::kernel)
                    : phrase("FileDeskCompare", "%1 against %2").arg(sideTitle(a), sideTitle(b));
            take({OpenTrace::comparison, title, {}, both});
        };
    });
}

// All that two traces can be compared by; where there is but one way, that.
void FileDesk::askPair(int a, int b) {
    std::vector<std::pair<ComparedSide, ComparedSide>> pairs;
    for (const ComparedSide &left : sidesOf(a))
        for (const ComparedSide &right : sidesOf(b))
            pairs.insert(comesFirst(left, right) ? pairs.begin() : pairs.end(), {left, right});
    if (pairs.size() == 1) return compare(pairs[0].first, pairs[0].second);
    PickerRequest list{
        phrase("FileDeskCompare", "Compare which sides?"), phrase("FileDeskCompare", "Type model or kernel"), {}};
    for (const auto &[left, right] : pairs)
        list.items.push_back({phrase("FileDeskCompare", "%1 against %2").arg(sideTitle(left), sideTitle(right)),
                              {},
                              {},
                              {},
                              [this, l = left, r = right] { compare(l, r); }});
    hooks_.ask(std::move(list));
}

void FileDesk::compareFiles(const QString &a, const QString &b) {
    work([this, a, b]() -> Done {
        auto left = readDocument(a), right = readDocument(b);
        return [this, a, b, left = std::move(left), right = std::move(right)] {
            if (!left) return failed(left.error());
            if (!right) return failed(right.error());
            opened(a, *left, false);
            opened(b, *right, false);
            askPair(traces_.indexOf(a), traces_.indexOf(b));
        };
    });
}

QString FileDesk::dropWords(const QList<QUrl> &urls) const {
    const QStringList files = localFiles(urls);
    const auto name = [&files](int i) { return QFileInfo(files[i]).fileName(); };
    if (files.isEmpty()) return phrase("FileDeskCompare", "Only files on this machine can be dropped here");
    if (files.size() == 1 && isScenarioFile(files[0]))
        return hooks_.runScenario
                   ? phrase("FileDeskCompare", "Drop to run the scenario %1").arg(name(0))
                   : phrase("FileDeskCompare", "This window runs no scenarios: skbscope run %1").arg(name(0));
    for (int i = 0; i < files.size(); ++i)
        if (!isTraceFile(files[i]))
            return phrase("FileDeskCompare", "%1 is no trace (.skbt, .tree) and no scenario (.yaml)").arg(name(i));
    if (files.size() == 1) return phrase("FileDeskCompare", "Drop to open %1").arg(name(0));
    if (files.size() == 2) return phrase("FileDeskCompare", "Drop to compare %1 with %2").arg(name(0), name(1));
    return phrase("FileDeskCompare", "Drop to open %1 traces").arg(files.size());
}

void FileDesk::drop(const QList<QUrl> &urls) {
    const QStringList files = localFiles(urls);
    const bool traces = !files.isEmpty() && std::ranges::all_of(files, isTraceFile);
    if (files.size() == 1 && isScenarioFile(files[0]) && hooks_.runScenario) return hooks_.runScenario(files[0]);
    if (!traces) return say(dropWords(urls) + u'.');
    if (files.size() == 1) return open(files[0]);
    if (files.size() == 2) return compareFiles(files[0], files[1]);
    QStringList others = files.mid(1);
    others.removeIf([this](const QString &file) { return traces_.indexOf(file) >= 0; });
    add(others);
    open(files[0]);
}

} // namespace skbscope::ui
