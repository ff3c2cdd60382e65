// SPDX-License-Identifier: GPL-2.0-or-later
// One step button: its shape, its word; grey while there is nowhere to go.
import QtQuick
import Skbscope

Rectangle {
    id: button
    property string command
    property string icon
    property string word
    property bool mirrored: false
    property bool primary: false
    property bool first: false
    property bool last: false
    property real least: 56
    readonly property bool can: { app.commands.revision; return app.commands.isEnabled(command) }
    readonly property color ink: primary && can ? theme.panel : can ? theme.ink : theme.ink3

    width: Math.round(Math.max(least, label.implicitWidth / app.unit + 12) * app.unit)
    height: Math.round(45 * app.unit)
    radius: first || last ? 7 * app.unit : 0
    color: primary && can ? theme.ink : mouse.pressed && can ? theme.nowRow : mouse.containsMouse && can ? theme.panel2 : theme.panel
    Rectangle { // round where the group is, square towards the next button
        visible: button.first !== button.last
        x: button.first ? parent.width - width : 0
        width: parent.width / 2
        height: parent.height
        color: parent.color
    }
    Accessible.role: Accessible.Button
    Accessible.name: { app.commands.revision; return app.commands.titleOf(command) }
    Accessible.description: app.commands.keysOf(command)
    Accessible.onPressAction: app.trigger(command)

    IconView {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 5 * app.unit
        width: Math.round(19 * app.unit); height: width
        name: button.icon
        mirrored: button.mirrored
        color: button.ink
    }
    Say {
        id: label
        anchors.horizontalCenter: parent.horizontalCenter
        y: 25 * app.unit
        size: 12; weight: 500
        text: button.word
        color: button.ink
    }
    Rectangle { visible: !button.last; anchors.right: parent.right; width: 1; height: parent.height; color: theme.line }
    MouseArea {
        id: mouse
        anchors.fill: parent
        hoverEnabled: true
        onClicked: app.trigger(button.command)
        onContainsMouseChanged: win.showTip(containsMouse ? app.commands.titleOf(button.command) + "  " + app.commands.keysOf(button.command) : "", button, 0, button.height)
    }
}
