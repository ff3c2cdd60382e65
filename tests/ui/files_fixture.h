// SPDX-License-Identifier: GPL-2.0-or-later
// A file desk in a folder of its own, and what it showed, said and asked.
#pragma once

#include "tests/ui/fixture.h"
#include "trace/trace_file.h"
#include "ui/models/file_desk.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>
#include <memory>

namespace skbscope::ui::test {

class Files : public testing::Test {
protected:
    static void SetUpTestSuite() {
        static int one = 1;
        static char name[] = "files";
        static char *argv[] = {name, nullptr};
        if (!QCoreApplication::instance()) app = std::make_unique<QCoreApplication>(one, argv);
    }
    static void TearDownTestSuite() { app.reset(); }
    static inline std::unique_ptr<QCoreApplication> app;

    Files() {
        qputenv("XDG_CONFIG_HOME", dir.path().toUtf8()); // the user's own settings stay as they are
        qputenv("XDG_DATA_HOME", dir.filePath(QStringLiteral("data")).toUtf8());
        DeskHooks hooks;
        hooks.show = [this](const OpenTrace &t) { shown << t.title; };
        hooks.step = [this] { return step; };
        hooks.tell = [this](const QString &text) { told = text.toStdString(); };
        hooks.ask = [this](PickerRequest r) { asked = std::move(r); };
        hooks.runScenario = [this](const QString &file) { ran = file; };
        desk = std::make_unique<FileDesk>(hooks);
        for (const QString &file : desk->recent().files()) // QSettings keeps the first test's place
            desk->recent().forget(file);
        tester = std::make_unique<QAbstractItemModelTester>(&desk->traces(),
                                                            QAbstractItemModelTester::FailureReportingMode::Fatal);
    }
    QString path(const char *name) const { return dir.filePath(QLatin1String(name)); }
    QString write(const char *name, const trace::Trace &t) {
        EXPECT_TRUE(trace::write_trace(t, path(name).toStdString()));
        return path(name);
    }
    QString writeBytes(const char *name, const QByteArray &bytes) {
        QFile file(path(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return path(name);
    }
    static QByteArray bytesOf(const QString &path) {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }
    void wait() {
        EXPECT_TRUE(QTest::qWaitFor([this] { return !desk->isBusy(); }, 20000));
    }
    void open(const QString &file) {
        desk->open(file);
        wait();
    }
    void takeWatch(bool rows = true) {
        trace::Trace t = test::udpVeth();
        t.sides.erase(t.sides.begin());
        desk->take({OpenTrace::live, QStringLiteral("live: udp"), {}, TraceDocument::build({})});
        if (rows) desk->grow(TraceDocument::build(t));
    }
    QTemporaryDir dir;
    QStringList shown;
    std::string told;
    PickerRequest asked;
    QString ran;
    quint32 step = 0;
    std::unique_ptr<FileDesk> desk;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

} // namespace skbscope::ui::test
