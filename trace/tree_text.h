// SPDX-License-Identifier: GPL-2.0-or-later
// Trees as text: one entered function a line, task<TAB>depth<TAB>function, in call order; '#' begins a comment. What
// `--format tree` prints and what the reference kernel's oracle writes.
#pragma once

#include "trace/trace_file.h"

#include <string_view>

namespace skbscope::trace {

// A kernel's side with calls only: no time, no sk_buff. A wrong line is an error that names it ("NAME: line 7").
[[nodiscard]] tl::expected<Side, FileError> read_tree_text(std::string_view text, std::string_view name);

// The same, leaving wrong lines out.
[[nodiscard]] Side side_from_tree_text(std::string_view text);

} // namespace skbscope::trace
