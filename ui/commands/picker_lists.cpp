// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/commands/replay_commands.h"

#include "ui/models/names.h"
#include "ui/models/skb_fields.h"

namespace skbscope::ui {

PickerRequest commandList(CommandRegistry &registry) {
    PickerRequest out{QStringLiteral("Commands"), QStringLiteral("Type what you want to do"), {}};
    CommandRegistry *r = &registry;
    for (const Command &c : registry.commands())
        out.items.push_back(
            {c.title, c.group, registry.keysOf(c.id), registry.whyNot(c.id), [r, id = c.id] { r->trigger(id); }});
    return out;
}

// Those that are called in that direction first: the others say why they cannot be gone to.
PickerRequest functionList(Session &session, Direction direction) {
    const bool ahead = direction == Direction::forward;
    PickerRequest out{ahead ? QStringLiteral("Run to function") : QStringLiteral("Run back to function"),
                      QStringLiteral("Type a function's name"),
                      {}};
    if (session.selection.isEmpty()) return out;
    std::vector<PickerItem> never;
    for (const QString &name : session.breakpoints.landmarks().functions()) {
        const qsizetype calls = qsizetype(session.breakpoints.landmarks().callsOf(name)->size());
        PickerItem item{name, plural(calls, QStringLiteral("call"), QStringLiteral("calls")), {}, {}, {}};
        const bool there = session.replay.targetFunction(name, direction).has_value();
        if (!there)
            item.why = ahead ? QStringLiteral("not called after this") : QStringLiteral("not called before this");
        item.run = [s = &session, name, direction] { s->replay.runToFunction(name, direction); };
        (there ? out.items : never).push_back(std::move(item));
    }
    out.items.insert(out.items.end(), never.begin(), never.end());
    return out;
}

PickerRequest fieldList(Session &session, const QString &title, const std::function<void(QString)> &choose) {
    PickerRequest out{title, QStringLiteral("Type a field of the sk_buff"), {}};
    const bool open = !session.selection.isEmpty();
    const Moment m =
        open ? momentAt(*session.selection.document(), session.selection.step(), session.selection.side()) : Moment{};
    for (SkbFieldId field = 0; field < skbFields().size(); ++field) {
        const QString name = skbFieldName(field);
        PickerItem item{name, QLatin1String(skbFields()[field].meaning), {}, {}, [choose, name] { choose(name); }};
        if (m.hasPacket()) // the value stands where a command has its keys
            item.keys = skbFieldText(field, skbFieldValue(field, {m.state.skb, m.state.device}), *m.side->side);
        out.items.push_back(std::move(item));
    }
    return out;
}

} // namespace skbscope::ui
