// SPDX-License-Identifier: GPL-2.0-or-later
// Where a lesson's address leads in a document.
#pragma once

#include "ui/lesson.h"
#include "ui/models/trace_document.h"

#include <tl/expected.hpp>

namespace skbscope::ui {

// The step; or one sentence why this trace has none: it names what was looked for and how many there are.
[[nodiscard]] tl::expected<quint32, QString> lessonStep(const TraceDocument &document, const LessonAddress &address);

} // namespace skbscope::ui
