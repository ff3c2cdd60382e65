// SPDX-License-Identifier: GPL-2.0-or-later
// Where the model's functions stand in its source: found by their TRACE_FN line, read from the files themselves.
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <vector>

namespace skbscope::ui {

struct SourceFunction {
    QString file;  // relative to the source directory: "core-stack/net/ipv4/ip_input.cpp"
    int first = 0; // line numbers in the file, from 1: of the signature, with the comment above it
    int trace = 0; // of TRACE_FN
    int last = 0;  // of the closing brace
    QStringList lines;
};

class SourceIndex {
public:
    // Reads `wanted`/core-stack, or the one beside `wanted`, once. An empty or missing directory gives an empty index.
    explicit SourceIndex(const QString &wanted);
    [[nodiscard]] bool isEmpty() const { return functions_.isEmpty(); }
    [[nodiscard]] const QString &directory() const { return directory_; }
    // `kernelFile` ("net/ipv4/udp.c") chooses among static functions of one name. Null: not there.
    [[nodiscard]] const SourceFunction *find(const QString &function, const QString &kernelFile) const;

private:
    void readFile(const QString &path, const QString &relative);
    QString directory_;
    QHash<QString, std::vector<SourceFunction>> functions_;
};

} // namespace skbscope::ui
