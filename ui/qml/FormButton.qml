// SPDX-License-Identifier: GPL-2.0-or-later
// A button of a form: a word and its key. Grey while it cannot; a click says why all the same.
import QtQuick

Rectangle {
    id: button
    property string word
    property string key
    property bool primary: false
    property bool can: true
    signal clicked()
    width: row.width + 28 * app.unit
    height: Math.round(34 * app.unit)
    radius: 7 * app.unit
    activeFocusOnTab: true
    color: primary && can ? theme.ink : mouse.containsMouse ? theme.panel2 : theme.panel
    border.width: activeFocus ? 2 : 1
    border.color: activeFocus ? theme.ink : theme.lineS
    Accessible.role: Accessible.Button
    Accessible.name: word
    Accessible.focusable: true
    Accessible.onPressAction: clicked()
    Keys.onPressed: function(event) {
        if (event.key !== Qt.Key_Space && event.key !== Qt.Key_Return && event.key !== Qt.Key_Enter) return
        clicked()
        event.accepted = true
    }
    Rectangle { // the ring, where the button itself is ink
        anchors { fill: parent; margins: -4 * app.unit }
        visible: button.activeFocus && button.primary
        radius: button.radius + 4 * app.unit
        color: "transparent"
        border.width: 2
        border.color: theme.ink
    }
    Row {
        id: row
        anchors.centerIn: parent
        spacing: 8 * app.unit
        Say { anchors.verticalCenter: parent.verticalCenter; size: 14; weight: 650; text: button.word; color: button.primary && button.can ? theme.panel : button.can ? theme.ink : theme.ink3 }
        KeyCap { anchors.verticalCenter: parent.verticalCenter; text: button.key }
    }
    MouseArea { id: mouse; anchors.fill: parent; hoverEnabled: true; onClicked: button.clicked() }
}
