// SPDX-License-Identifier: GPL-2.0-or-later
// Typed reading of the YAML tree. Every reader either gives a value of the wanted type or throws Bad with the place:
// the loader turns that into a ScenarioError. Nothing here recurses, so the input's depth does not matter.
#pragma once

#include "app/scenario/error.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <vector>
#include <yaml-cpp/yaml.h>

namespace skbscope::app {

// Thrown inside the loader only.
struct Bad {
    Place place;
    std::string key, what, todo;
};

class Fields;

// A node with the key it stands under, for messages.
class Value {
public:
    Value(const YAML::Node &node, std::string key, Place place)
        : node_(node), key_(key), meaning_(std::move(key)), place_(place) {}

    // The key as the file spells it, and the key it stands for: see Fields::interpret.
    [[nodiscard]] const std::string &key() const { return key_; }
    [[nodiscard]] const std::string &meaning() const { return meaning_; }
    [[nodiscard]] Place place() const { return place_; }
    [[nodiscard]] bool isText() const { return node_.IsScalar(); }
    [[nodiscard]] bool isList() const { return node_.IsSequence(); }
    [[nodiscard]] bool isMap() const { return node_.IsMap(); }

    [[nodiscard]] std::string text() const;                                          // a single value, not empty
    [[nodiscard]] std::uint32_t number(std::uint32_t low, std::uint32_t high) const; // decimal or 0x...
    [[nodiscard]] std::int32_t integer() const;                                      // decimal, may be negative
    [[nodiscard]] bool flag() const;               // on, off, yes, no, true, false, up, down, 1, 0
    [[nodiscard]] std::vector<Value> list() const; // a list, or one value as a list of one
    [[nodiscard]] std::vector<Value> listOnly() const;
    [[nodiscard]] Fields fields() const;

    [[noreturn]] void fail(std::string what, std::string todo = {}) const;

private:
    [[noreturn]] void wrongType(const char *wanted) const;
    friend class Fields;
    YAML::Node node_;
    std::string key_, meaning_;
    Place place_;
};

// The entries of a map, in the file's order. A key that is there twice is an error.
class Fields {
public:
    using Names = std::initializer_list<const char *>; // spellings of one key, the documented one first

    Fields(const YAML::Node &map, std::string what, Place place);

    // From now on the entry `key` is looked up as `meaning`: { close: s } is read as { socket: s }.
    void interpret(const std::string &key, const std::string &meaning);
    // Fails for any key that is none of `names`.
    void only(const std::vector<std::string> &names) const;
    [[nodiscard]] std::optional<Value> find(Names names) const; // fails if two spellings of one key are given
    [[nodiscard]] Value need(Names names, const std::string &example) const;
    [[nodiscard]] const std::vector<Value> &all() const & { return values_; }
    [[nodiscard]] std::vector<Value> all() && { return std::move(values_); } // for (... : value.fields().all())
    [[nodiscard]] Place place() const { return place_; }
    [[nodiscard]] const std::string &what() const { return what_; } // what this map describes: "sendto", "device a.va"
    void rename(std::string what) { what_ = std::move(what); }
    [[noreturn]] void fail(const std::string &key, std::string what, std::string todo = {}) const;

private:
    std::vector<Value> values_;
    std::string what_;
    Place place_;
};

// "value at LINE:COL" of a node, from 1.
[[nodiscard]] Place placeOf(const YAML::Node &node);

} // namespace skbscope::app
