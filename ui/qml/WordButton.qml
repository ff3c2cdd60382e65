// SPDX-License-Identifier: GPL-2.0-or-later
// A small button in a pane's head: a word, and the key that does the same. Grey while it cannot; a click says why.
import QtQuick

Rectangle {
    id: button
    property string command
    property string word
    property string key
    signal pressed() // before the command runs
    // hidden it asks nothing: a watch that grows would search every new document for it
    readonly property bool can: { app.commands.revision; return visible && app.commands.isEnabled(command) }
    width: row.width + 14 * app.unit
    height: Math.round(22 * app.unit)
    radius: 5 * app.unit
    color: mouse.containsMouse ? theme.panel : "transparent"
    border.width: 1
    border.color: theme.lineS
    Accessible.role: Accessible.Button
    Accessible.name: { app.commands.revision; return app.commands.titleOf(command) }
    Accessible.description: app.commands.keysOf(command)
    Accessible.onPressAction: app.trigger(command)
    Row {
        id: row
        anchors.centerIn: parent
        spacing: 6 * app.unit
        Say { size: 12; weight: 600; color: button.can ? theme.ink : theme.ink3; text: button.word; anchors.verticalCenter: parent.verticalCenter }
        Say { size: 11.5; color: theme.ink2; text: button.key; anchors.verticalCenter: parent.verticalCenter }
    }
    MouseArea { id: mouse; anchors.fill: parent; hoverEnabled: true; onClicked: { button.pressed(); app.trigger(button.command) } }
}
