// SPDX-License-Identifier: GPL-2.0-or-later
// What a command found, or why it could not: one sentence over the foot of the window, until the user goes elsewhere.
import QtQuick

Rectangle {
    id: notice
    visible: app.replay.notice !== ""
    z: 55
    width: words.width + 28 * app.unit
    height: words.height + 16 * app.unit
    radius: 8 * app.unit
    color: theme.panel
    border.width: 2
    border.color: theme.ink
    Accessible.role: Accessible.AlertMessage
    Accessible.name: plain.text
    Accessible.onPressAction: app.trigger("link.letGo")
    Say { id: plain; visible: false; text: app.replay.notice.replace(/[*`]/g, "") }
    Say { id: measure; visible: false; size: words.size; textFormat: Text.RichText; text: words.text }
    Say {
        id: words
        x: 14 * app.unit
        y: 8 * app.unit
        width: Math.min(measure.implicitWidth, win.width * (app.present.on ? 0.7 : 0.9))
        size: 15
        elide: Text.ElideNone
        wrapMode: Text.Wrap
        textFormat: Text.RichText
        text: app.rich(app.replay.notice, "font-weight:600")
    }
    MouseArea { anchors.fill: parent; onClicked: app.trigger("link.letGo") }
}
