// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/value.h"

#include "app/scenario/nearest.h"
#include "app/scenario/parse.h"

#include <algorithm>

namespace skbscope::app {

Place placeOf(const YAML::Node &node) {
    const YAML::Mark mark = node.Mark();
    if (mark.is_null()) return {};
    return {static_cast<unsigned>(mark.line) + 1, static_cast<unsigned>(mark.column) + 1};
}

void Value::fail(std::string what, std::string todo) const {
    throw Bad{place_, key_, std::move(what), std::move(todo)};
}

void Value::wrongType(const char *wanted) const {
    const char *is = node_.IsMap()        ? "a map"
                     : node_.IsSequence() ? "a list"
                     : node_.IsScalar()   ? "a single value"
                                          : "nothing";
    fail(std::string("is ") + is, std::string("give ") + wanted);
}

std::string Value::text() const {
    if (!node_.IsScalar()) wrongType("a single value");
    if (node_.Scalar().empty()) fail("is empty", "give a value");
    return node_.Scalar();
}

std::uint32_t Value::number(std::uint32_t low, std::uint32_t high) const {
    const std::optional<std::uint32_t> n = parseNumber(text());
    const std::string range = "from " + std::to_string(low) + " to " + std::to_string(high);
    const bool digits = text().find_first_not_of("0123456789") == std::string::npos; // more than 32 bits
    if (!n && !digits) fail(quoted(text()) + " is not a number", "give a whole number " + range);
    if (!n || *n < low || *n > high) fail(quoted(text()) + " is out of range", "give a whole number " + range);
    return *n;
}

std::int32_t Value::integer() const {
    const std::string t = text();
    const bool minus = t.starts_with('-');
    const std::optional<std::uint32_t> n = parseNumber(minus ? t.substr(1) : t);
    if (!n || *n > 0x7fffffff) fail(quoted(t) + " is not a 32-bit integer", "give a whole number");
    return minus ? -static_cast<std::int32_t>(*n) : static_cast<std::int32_t>(*n);
}

bool Value::flag() const {
    const std::optional<bool> f = parseFlag(text());
    if (!f) fail(quoted(text()) + " is neither on nor off", "give on or off");
    return *f;
}

std::vector<Value> Value::list() const {
    if (!node_.IsSequence()) return {*this};
    return listOnly();
}

std::vector<Value> Value::listOnly() const {
    if (!node_.IsSequence()) wrongType("a list");
    std::vector<Value> out;
    for (const YAML::Node &n : node_)
        out.emplace_back(n, key_, placeOf(n));
    return out;
}

Fields Value::fields() const {
    if (!node_.IsMap()) wrongType("a map of keys and values");
    return {node_, key_, place_};
}

Fields::Fields(const YAML::Node &map, std::string what, Place place) : what_(std::move(what)), place_(place) {
    std::set<std::string> seen;
    for (const auto &entry : map) {
        const Place at = placeOf(entry.first);
        if (!entry.first.IsScalar()) throw Bad{at, what_, "a key is not a single word", "write key: value"};
        const std::string key = entry.first.Scalar();
        if (!seen.insert(key).second) throw Bad{at, quotedKey(key), "is given twice", "remove one of the two"};
        values_.emplace_back(entry.second, quotedKey(key), at);
    }
}

void Fields::interpret(const std::string &key, const std::string &meaning) {
    for (Value &v : values_)
        if (v.key() == key) v.meaning_ = meaning;
}

void Fields::only(const std::vector<std::string> &names) const {
    for (const Value &v : values_) {
        if (std::find(names.begin(), names.end(), v.meaning()) != names.end()) continue;
        v.fail("unknown key for " + what_, suggestion(v.key(), names));
    }
}

std::optional<Value> Fields::find(Names names) const {
    std::optional<Value> found;
    for (const Value &v : values_) {
        if (std::none_of(names.begin(), names.end(), [&](const char *n) { return v.meaning() == n; })) continue;
        if (found) v.fail("means the same as '" + found->key() + "'", "give one of the two");
        found = v;
    }
    return found;
}

Value Fields::need(Names names, const std::string &example) const {
    if (std::optional<Value> v = find(names)) return *v;
    fail(*names.begin(), "is missing for " + what_, "add it, such as " + example);
}

void Fields::fail(const std::string &key, std::string what, std::string todo) const {
    throw Bad{place_, key, std::move(what), std::move(todo)};
}

} // namespace skbscope::app
