// SPDX-License-Identifier: GPL-2.0-or-later
// The tables that trace/CMakeLists.txt links in, as text. Internal to trace/, but for roles(): the window tells them of
// functions that the catalogue does not hold, too.
#pragma once

#include <string_view>

namespace skbscope::trace::embedded {

std::string_view functions();    // name, kernel file, line, y/n: can the stock kernel show it
std::string_view calls();        // caller, pointer or -, callees, callees through functions outside the scope
std::string_view pointed();      // functions whose address is taken: an indirect call may reach them
std::string_view available();    // symbols that ftrace can attach to, with the compiler's suffixes
std::string_view skb_args();     // name, index of the first struct sk_buff * argument
std::string_view returns();      // name, type of what it returns
std::string_view roles();        // name, one line on what it is for
std::string_view not_modelled(); // docs/not-modelled.md

} // namespace skbscope::trace::embedded
