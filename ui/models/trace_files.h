// SPDX-License-Identifier: GPL-2.0-or-later
// Trace files for the window: read into a document, written from one, two sides set against each other. No window and
// no state: may run on any thread. Errors are one line: the place, what is wrong, what to do.
#pragma once

#include "ui/models/trace_document.h"

#include <QString>
#include <tl/expected.hpp>

namespace skbscope::ui {

using Document = std::shared_ptr<const TraceDocument>;

// FILE.skbt or FILE.tree; FILE.skbt:model and FILE.skbt:kernel are one side of it. A file that is cut opens up to its
// last whole block; the document's trace says so.
[[nodiscard]] tl::expected<Document, QString> readDocument(const QString &argument);

// Writes beside the file and puts the whole one in its place. A file that is there already is replaced only when
// `replace` says so.
[[nodiscard]] tl::expected<void, QString> saveDocument(const TraceDocument &document, const QString &path,
                                                       bool replace);
// Why this cannot be one file; empty: it can.
[[nodiscard]] QString whyNotSaved(const TraceDocument &document);

struct ComparedSide {
    Document document;
    SideKind kind = SideKind::kernel;
    QString name; // of its trace
};
// A document of both. Of a model and a kernel the model stands left; two of a kind stand as they are given, as A and B.
[[nodiscard]] Document compareSides(const ComparedSide &a, const ComparedSide &b);

[[nodiscard]] bool isTraceFile(const QString &path);    // by its name: .skbt, .tree
[[nodiscard]] bool isScenarioFile(const QString &path); // .yaml, .yml
[[nodiscard]] QString withTilde(const QString &path);   // "~/traces/a.skbt"
[[nodiscard]] QString withoutTilde(const QString &path);

} // namespace skbscope::ui
