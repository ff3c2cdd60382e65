// SPDX-License-Identifier: GPL-2.0-or-later
// A button of the toolbar: a word, and the key that does the same.
import QtQuick

Rectangle {
    id: button
    property string command
    property string word
    property string key
    signal clicked()
    width: row.width + 22 * app.unit
    height: Math.round(36 * app.unit)
    radius: 8 * app.unit
    color: mouse.containsMouse ? theme.panel2 : theme.panel
    border.width: 1
    border.color: theme.lineS
    Accessible.role: Accessible.Button
    Accessible.name: app.commands.titleOf(command)
    Accessible.onPressAction: app.trigger(command)
    Row {
        id: row
        anchors.centerIn: parent
        spacing: 7 * app.unit
        Say { size: 13; weight: 600; text: button.word; anchors.verticalCenter: parent.verticalCenter }
        Rectangle {
            width: keyText.implicitWidth + 10 * app.unit
            height: Math.round(18 * app.unit)
            radius: 4 * app.unit
            color: theme.panel2
            border.width: 1
            border.color: theme.lineS
            anchors.verticalCenter: parent.verticalCenter
            Say { id: keyText; anchors.centerIn: parent; size: 11.5; color: theme.ink2; text: button.key }
        }
    }
    MouseArea { id: mouse; anchors.fill: parent; hoverEnabled: true; onClicked: app.trigger(button.command) }
}
