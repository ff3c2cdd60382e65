// SPDX-License-Identifier: GPL-2.0-or-later
// A lesson as the window takes it: texts, places in a trace, commands to run, questions. Read from
// assets/lessons/*.yaml by the app (docs/lessons.md is the format); ui/ knows no YAML.
#pragma once

#include "trace/trace.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace skbscope::ui {

// A place in a trace that outlives changes elsewhere in it: the n-th call of a function, never a step's number.
struct LessonAddress {
    std::string call;                         // "eth_type_trans"
    unsigned nth = 1;                         // among the calls that the rest allows
    std::optional<trace::SideKind> side = {}; // calls that this side has; neither: of both, counted together
    unsigned packet = 0;                      // calls with this packet in hand; 0: with any, or none
    std::string then;  // an event's kind ("pull"): the first such step from the call on, inside it
    unsigned line = 0; // in the file, from 1
};

struct LessonGate {
    std::string kind;    // one of lessonGateKinds
    std::string ask;     // in place of the question; markup; empty: the question made from the trace
    std::string because; // before what the trace says; markup
};
inline constexpr std::array lessonGateKinds = {"pointer", "function", "queue", "runner", "outcome", "freer"};

struct LessonPart {
    std::string title;
    std::string text; // markup: `code`, **bold**; an empty line parts paragraphs, "- " begins an item
    LessonAddress at;
    std::optional<trace::SideKind> look = {}; // whose state is shown; neither: as it was
    std::vector<std::string> commands;        // by id, run in this order once the place is reached
    std::string pin;                          // a field of the sk_buff; empty: nothing
    std::optional<LessonGate> gate = {};
    unsigned line = 0;
};

// A number in the text that is the kernel's and not the trace's: where Linux 6.1 defines it.
struct LessonConstant {
    long long number = 0;
    std::string file, name;
};

// A part's texts in another language; ask and because are empty where the lesson's are.
struct LessonPartWords {
    std::string title, text, ask, because;
};

struct LessonWords {
    std::string title, summary;
    std::vector<LessonPartWords> parts; // as many as the lesson has
    std::string error;                  // as Lesson::error: they cannot be shown, the lesson's own are. Empty: they can
};

struct Lesson {
    std::string name;     // of the file, without its folder: "sk-buff-life"
    std::string file;     // its path
    std::string title;    // "The life of an sk_buff"
    std::string summary;  // one line
    std::string scenario; // a bundled one, or a file beside the lesson; else `trace`
    std::string trace;    // path of a .skbt
    std::vector<LessonPart> parts;
    std::vector<LessonConstant> constants;
    std::string language = "en";              // of the texts in it
    std::map<std::string, LessonWords> words; // by the code of another language: "it"
    std::string error; // "FILE:LINE:COL: key: what is wrong; what to do"; the lesson cannot be opened. Empty: it can
};

} // namespace skbscope::ui
