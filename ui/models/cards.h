// SPDX-License-Identifier: GPL-2.0-or-later
// Function cards: what a function of the packet's path is for, in our words, with its place in the kernel. Written by
// hand in assets/cards/ (see its README) and linked in; the others show what is known from the trace alone.
#pragma once

#include <QString>
#include <map>
#include <optional>
#include <string_view>

namespace skbscope::ui {

struct Card {
    QString function;
    QString file;                     // "net/ipv4/ip_input.c"; "core-stack/..." for what only the model has
    int line = 0;                     // of its definition there
    QString does, why, context, next; // markup
};

class Cards {
public:
    // Those linked in, in the window's language; read at first use.
    [[nodiscard]] static const Cards &builtin();
    [[nodiscard]] static bool isBuiltinEnglish(); // as the catalogue's roles are
    // In another language: assets/cards/it/*.md have the same headings and no places, which are the cards' own. What
    // has no words there stays as it is; what is no card here is told in `errors`.
    [[nodiscard]] Cards withWords(std::string_view text, QString *errors = nullptr) const;
    // As in assets/cards/*.md. What is no card is told, by line, in `errors`.
    [[nodiscard]] static Cards parse(std::string_view text, QString *errors = nullptr);

    [[nodiscard]] const Card *find(const QString &function) const; // null: nobody wrote one
    [[nodiscard]] const std::map<QString, Card> &all() const { return cards_; }

private:
    [[nodiscard]] static Cards read(std::string_view text, bool places, QString *errors);
    std::map<QString, Card> cards_;
};

} // namespace skbscope::ui
