// SPDX-License-Identifier: GPL-2.0-or-later
// Every word that a window shows: texts and prompts set in QML, labels drawn from display lists.
#pragma once

#include "tests/ui/label_rects.h"
#include "ui/views/scene_view.h"

#include <QQuickItem>
#include <QStringList>

namespace skbscope::ui::test {

inline void collectWords(QQuickItem *in, QStringList &out) {
    if (!in->isVisible() || in->opacity() == 0) return;
    if (in->inherits("QQuickText") || in->inherits("QQuickTextInput")) out << in->property("text").toString();
    if (const QVariant prompt = in->property("prompt"); prompt.isValid()) out << prompt.toString();
    if (auto *v = qobject_cast<SceneView *>(in))
        for (const Item &item : v->list().items)
            if (const Label *label = std::get_if<Label>(&item)) out << QString::fromStdString(labelText(*label));
    for (QQuickItem *child : in->childItems())
        collectWords(child, out);
}

} // namespace skbscope::ui::test
