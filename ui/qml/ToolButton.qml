// SPDX-License-Identifier: GPL-2.0-or-later
// A button of the toolbar: a word, and the key that does the same.
import QtQuick
import Skbscope

Rectangle {
    id: button
    property string command
    property string word
    property string key
    property string icon // instead of a word
    signal clicked()
    width: row.width + 22 * app.unit
    height: Math.round(36 * app.unit)
    radius: 8 * app.unit
    color: mouse.containsMouse ? theme.panel2 : theme.panel
    border.width: 1
    border.color: theme.lineS
    Accessible.role: Accessible.Button
    Accessible.name: { app.commands.revision; return app.commands.titleOf(command) }
    Accessible.onPressAction: app.trigger(command)
    Row {
        id: row
        anchors.centerIn: parent
        spacing: 7 * app.unit
        Say { size: 13; weight: 600; text: button.word; visible: text !== ""; anchors.verticalCenter: parent.verticalCenter }
        IconView { visible: button.icon !== ""; width: Math.round(17 * app.unit); height: width; name: button.icon; color: theme.ink; anchors.verticalCenter: parent.verticalCenter }
        KeyCap { text: button.key; anchors.verticalCenter: parent.verticalCenter }
    }
    MouseArea { id: mouse; anchors.fill: parent; hoverEnabled: true; onClicked: app.trigger(button.command); onContainsMouseChanged: win.showTip(containsMouse ? app.commands.titleOf(button.command) + "  " + app.commands.keysOf(button.command) : "", button, 0, button.height) }
}
