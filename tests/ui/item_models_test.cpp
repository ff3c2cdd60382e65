// SPDX-License-Identifier: GPL-2.0-or-later
// Every list behind the window keeps the rules of Qt's item models while it is used, and none is forgotten here.
#include "tests/ui/fixture.h"
#include "trace/trace_file.h"
#include "ui/commands/key_list.h"
#include "ui/commands/replay_commands.h"
#include "ui/commands/session_commands.h"
#include "ui/models/folder_model.h"
#include "ui/models/lesson_model.h"
#include "ui/models/open_traces.h"
#include "ui/models/picker_model.h"
#include "ui/models/scenario_model.h"
#include "ui/models/session.h"

#include <QAbstractItemModelTester>
#include <QDirIterator>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <memory>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

// A model that breaks a rule ends the test (Fatal).
class Tested {
public:
    explicit Tested(QAbstractItemModel *model, std::string name = {})
        : tester_(model, QAbstractItemModelTester::FailureReportingMode::Fatal), model_(model), name_(std::move(name)) {
        for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
            QObject::connect(model, signal, &tester_, [this] { ++changes_; });
        QObject::connect(model, &QAbstractItemModel::modelReset, &tester_, [this] { ++changes_; });
        QObject::connect(model, &QAbstractItemModel::dataChanged, &tester_, [this] { ++changes_; });
    }
    // A use that changes nothing tests nothing.
    ~Tested() {
        EXPECT_GT(changes_, 0) << name_;
        EXPECT_FALSE(model_->roleNames().isEmpty());
    }
    Tested(const Tested &) = delete;
    Tested &operator=(const Tested &) = delete;

private:
    QAbstractItemModelTester tester_;
    QAbstractItemModel *model_;
    std::string name_;
    int changes_ = 0;
};

void walk(Session &s) {
    CommandRegistry commands;
    addSessionCommands(commands, s);
    for (const char *id : {"step.into", "step.over", "step.out", "calls.fold", "step.back.into", "calls.unfoldAll",
                           "step.last", "step.back.over", "calls.foldAll", "side.toggle", "step.first"})
        commands.trigger(QLatin1String(id));
    for (quint32 i = 0; i < s.selection.document()->steps().size(); ++i)
        s.selection.setStep(i);
    for (quint32 i = quint32(s.selection.document()->steps().size()); i-- > 0;)
        if (i % 5 == 0) s.selection.setStep(i);
}

using Member = std::function<QAbstractItemModel &(Session &)>;
const std::map<std::string, Member> &sessionModels() {
    const auto of = [](auto member) -> Member {
        return [member](Session &s) -> QAbstractItemModel & { return s.*member; };
    };
    static const std::map<std::string, Member> all = {{"BreakpointsModel", of(&Session::breakpoints)},
                                                      {"BytesModel", of(&Session::bytes)},
                                                      {"CallRowsModel", of(&Session::calls)},
                                                      {"DifferencesModel", of(&Session::differences)},
                                                      {"FunctionModel", of(&Session::function)},
                                                      {"HeadersModel", of(&Session::headers)},
                                                      {"MapModel", of(&Session::map)},
                                                      {"MemoryMapModel", of(&Session::memory)},
                                                      {"SourceModel", of(&Session::source)},
                                                      {"StackMapModel", of(&Session::stack)},
                                                      {"TimelineModel", of(&Session::timeline)}};
    return all;
}

// The panes' models through a session's life: opened, stepped, filtered, another trace, none.
TEST(ItemModels, OfASessionKeepTheirRules) {
    Session s{QStringLiteral(SKBSCOPE_SOURCE_DIR)};
    std::vector<std::unique_ptr<Tested>> tested;
    for (const auto &[name, model] : sessionModels())
        tested.push_back(std::make_unique<Tested>(&model(s), name));
    s.open(TraceDocument::build(test::udpVeth()));
    for (const MapModel::Zoom zoom : {MapModel::overviewZoom, MapModel::layerZoom, MapModel::wayZoom}) {
        s.map.setZoom(zoom);
        walk(s);
    }
    for (const char *text : {"ip_rcv", "len > 50", "drop", "watch users", "nonsense >"})
        s.breakpoints.add(QLatin1String(text));
    s.breakpoints.remove(1);
    s.differences.setOpen(true);
    for (int i = 0; i < s.differences.rowCount(); i += 3)
        s.differences.choose(i);
    s.differences.setQuery(QStringLiteral("ip_"));
    s.filter.setQuery(QStringLiteral("ip_*"));
    walk(s);
    s.filter.clear();
    s.selection.pin(Linked::ofField(QStringLiteral("len")));
    s.open(TraceDocument::build(test::udpVethModelOnly()));
    walk(s);
    s.breakpoints.clear();
    s.open(TraceDocument::build({}));
}

void useCommands(bool keys) {
    Session s;
    CommandRegistry commands;
    KeyListModel list(&commands);
    const Tested tested(keys ? static_cast<QAbstractItemModel *>(&list) : &commands);
    addSessionCommands(commands, s);
    addReplayCommands(commands, s, [](PickerRequest) {});
    s.open(TraceDocument::build(test::udpVeth()));
    commands.trigger(QStringLiteral("step.last"));
    commands.refresh();
    EXPECT_GT(list.rowCount(), 30);
}

void useFolders() {
    const QTemporaryDir dir;
    for (const char *name : {"alpha.skbt", "alpine.skbt", "alps.png"}) {
        QFile file(dir.filePath(QLatin1String(name)));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    }
    FolderModel model;
    const Tested tested(&model);
    model.setEndings({QStringLiteral("skbt")});
    for (const char *text : {"/", "/al", "/alph", "/nothing/", "/"})
        model.setText(dir.path() + QLatin1String(text));
    EXPECT_EQ(model.rowCount(), 2);
}

void useLessons() {
    Session s;
    Lesson whole, broken;
    whole.name = "one", whole.title = "One", whole.parts.resize(2);
    for (LessonPart &part : whole.parts)
        part.title = "a part", part.at.call = "ip_rcv";
    broken.name = "two", broken.error = "two.yaml:1:1: nothing there";
    LessonModel model({whole, broken}, &s.selection, &s.gate);
    const Tested tested(&model);
    QObject::connect(&model, &LessonModel::traceWanted, [&](const QString &, const QString &) {
        s.open(TraceDocument::build(test::udpVeth()));
        model.arrived();
    });
    for (const int lesson : {0, 1, 0}) {
        model.open(lesson);
        model.next();
        model.previous();
    }
    model.leave();
    EXPECT_EQ(model.rowCount(), 2);
}

void useOpenTraces() {
    OpenTraces model;
    const Tested tested(&model);
    for (const char *title : {"a", "b", "c"})
        model.add({OpenTrace::file, QLatin1String(title), QStringLiteral("/") + QLatin1String(title)});
    model.setCurrent(1);
    model.keepStep(7);
    model.replace(0, {OpenTrace::live, QStringLiteral("watch")});
    for (int left = 3; left-- > 0;)
        model.remove(left / 2);
    EXPECT_EQ(model.rowCount(), 0);
}

void usePicker() {
    PickerModel model;
    const Tested tested(&model);
    for (const std::size_t count : {std::size_t(3), std::size_t(0), std::size_t(200)}) {
        PickerRequest request;
        for (std::size_t i = 0; i < count; ++i)
            request.items.push_back({QStringLiteral("entry %1").arg(i), {}});
        model.open(std::move(request));
        for (const char *query : {"e", "entry 1", "zzz", ""})
            model.setQuery(QLatin1String(query));
    }
    EXPECT_EQ(model.rowCount(), 200);
}

// It never changes: its rules hold from the start.
void useScenarios() {
    ScenarioModel model({{QStringLiteral("udp-veth"), QStringLiteral("One datagram")}, {QStringLiteral("b"), {}}});
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(model.rowCount(), 2);
    EXPECT_EQ(model.rowCount(model.index(0, 0)), 0);
}

const std::map<std::string, std::function<void()>> &uses() {
    static const std::map<std::string, std::function<void()>> all = {{"CommandRegistry", [] { useCommands(false); }},
                                                                     {"FolderModel", useFolders},
                                                                     {"KeyListModel", [] { useCommands(true); }},
                                                                     {"LessonModel", useLessons},
                                                                     {"OpenTraces", useOpenTraces},
                                                                     {"PickerModel", usePicker},
                                                                     {"ScenarioModel", useScenarios}};
    return all;
}

TEST(ItemModels, OnTheirOwnKeepTheirRules) {
    for (const auto &[name, use] : uses()) {
        SCOPED_TRACE(name);
        use();
    }
}

// Each class of ui/ and app/ that is an item model is used above.
TEST(ItemModels, AreAllHere) {
    static const QRegularExpression declared(
        QStringLiteral("class (\\w+)(?: final)? : public (Q\\w*(?:Model|Proxy)\\w*|PaneModel)\\b"));
    int found = 0;
    for (const char *folder : {"/ui", "/app"})
        for (QDirIterator at(QStringLiteral(SKBSCOPE_SOURCE_DIR) + QLatin1String(folder),
                             {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                             QDirIterator::Subdirectories);
             at.hasNext();) {
            QFile file(at.next());
            ASSERT_TRUE(file.open(QIODevice::ReadOnly));
            for (auto match = declared.globalMatch(QString::fromUtf8(file.readAll())); match.hasNext();) {
                const std::string name = match.next().captured(1).toStdString();
                if (name == "PaneModel") continue; // what panes derive from
                ++found;
                EXPECT_TRUE(uses().contains(name) || sessionModels().contains(name))
                    << file.fileName().toStdString() << ": " << name << " has no use in tests/ui/item_models_test.cpp";
            }
        }
    EXPECT_EQ(found, int(uses().size() + sessionModels().size()));
}
} // namespace
