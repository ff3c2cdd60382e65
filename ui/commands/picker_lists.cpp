// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/commands/replay_commands.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/skb_fields.h"

namespace skbscope::ui {

PickerRequest commandList(CommandRegistry &registry) {
    PickerRequest out{phrase("PickerLists", "Commands"), phrase("PickerLists", "Type what you want to do"), {}};
    CommandRegistry *r = &registry;
    for (const Command &c : registry.commands())
        out.items.push_back(
            {titleOf(c), groupOf(c), registry.keysOf(c.id), registry.whyNot(c.id), [r, id = c.id] { r->trigger(id); }});
    return out;
}

// Those that are called in that direction first: the others say why they cannot be gone to.
PickerRequest functionList(Session &session, Direction direction) {
    const bool ahead = direction == Direction::forward;
    PickerRequest out{ahead ? phrase("PickerLists", "Run to function") : phrase("PickerLists", "Run back to function"),
                      phrase("PickerLists", "Type a function's name"),
                      {}};
    if (session.selection.isEmpty()) return out;
    std::vector<PickerItem> never;
    for (const QString &name : session.breakpoints.landmarks().functions()) {
        const qsizetype calls = qsizetype(session.breakpoints.landmarks().callsOf(name).size());
        PickerItem item{name, plural(calls, phrase("PickerLists", "call"), phrase("PickerLists", "calls")), {}, {}, {}};
        const bool there = session.replay.targetFunction(name, direction).has_value();
        if (!there)
            item.why = ahead ? phrase("PickerLists", "not called after this")
                             : phrase("PickerLists", "not called before this");
        item.run = [s = &session, name, direction] { s->replay.runToFunction(name, direction); };
        (there ? out.items : never).push_back(std::move(item));
    }
    out.items.insert(out.items.end(), never.begin(), never.end());
    return out;
}

PickerRequest fieldList(Session &session, const QString &title, const std::function<void(QString)> &choose) {
    PickerRequest out{title, phrase("PickerLists", "Type a field of the sk_buff"), {}};
    const bool open = !session.selection.isEmpty();
    const Moment m =
        open ? momentAt(*session.selection.document(), session.selection.step(), session.selection.side()) : Moment{};
    for (SkbFieldId field = 0; field < skbFields().size(); ++field) {
        const QString name = skbFieldName(field);
        PickerItem item{
            name, phrase("SkbFields", skbFields()[field].meaning), {}, {}, [choose, name] { choose(name); }};
        if (m.hasPacket()) // the value stands where a command has its keys
            item.keys = skbFieldText(field, skbFieldValue(field, {m.state.skb, m.state.device}), *m.side->side);
        out.items.push_back(std::move(item));
    }
    return out;
}

} // namespace skbscope::ui
