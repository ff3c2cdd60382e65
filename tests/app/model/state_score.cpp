// SPDX-License-Identifier: GPL-2.0-or-later
#include "state_score.h"

#include "trace/common_subsequence.h"

#include <cstdlib>
#include <map>
#include <sstream>

namespace skbscope::app {

namespace {

struct Line {
    std::string function;
    std::map<std::string, std::string> fields;
};

std::vector<Line> linesOf(const std::string &text) {
    std::vector<Line> lines;
    std::istringstream in(text);
    for (std::string row; std::getline(in, row);) {
        std::istringstream columns(row);
        Line line;
        std::getline(columns, line.function, '\t');
        for (std::string field; std::getline(columns, field, '\t');)
            line.fields[field.substr(0, field.find('='))] = field.substr(field.find('=') + 1);
        if (!line.fields.empty()) lines.push_back(std::move(line));
    }
    return lines;
}

class Numbers {
public:
    std::vector<std::uint32_t> of(const std::vector<Line> &lines) {
        std::vector<std::uint32_t> out;
        for (const Line &l : lines)
            out.push_back(ids_.try_emplace(l.function, static_cast<std::uint32_t>(ids_.size())).first->second);
        return out;
    }

private:
    std::map<std::string, std::uint32_t> ids_;
};

bool sameNumber(const std::string &a, const std::string &b) {
    return std::strtoul(a.c_str(), nullptr, 0) == std::strtoul(b.c_str(), nullptr, 0);
}

} // namespace

StateScore scoreStates(const std::string &reference, const std::string &ours) {
    const std::vector<Line> ref = linesOf(reference), mine = linesOf(ours);
    Numbers numbers;
    const std::vector<std::uint32_t> a = numbers.of(ref), b = numbers.of(mine);
    std::map<std::uint32_t, std::uint32_t> partner;
    for (const auto &[i, j] : trace::common_subsequence(a, b).pairs)
        partner[i] = j;
    StateScore score;
    for (std::uint32_t i = 0; i < ref.size(); ++i) {
        const auto paired = partner.find(i);
        if (paired == partner.end()) score.wrong.push_back(ref[i].function + ": not in ours");
        for (const auto &[name, value] : ref[i].fields) {
            const auto *line = paired == partner.end() ? nullptr : &mine[paired->second];
            const auto own = line ? line->fields.find(name) : ref[i].fields.end();
            const bool right = line && own != line->fields.end() && sameNumber(own->second, value);
            if (line && !right)
                score.wrong.push_back(ref[i].function + " " + name + ": reference " + value + ", ours " +
                                      (own == line->fields.end() ? "none" : own->second));
            ++score.fidelity.fields;
            score.fidelity.agree += right;
            if (i == 0 || ref[i - 1].fields.at(name) == value) continue;
            ++score.fidelity.changed_fields;
            score.fidelity.changed_agree += right;
        }
    }
    return score;
}

} // namespace skbscope::app
