// SPDX-License-Identifier: GPL-2.0-or-later
// A line to type in, with what belongs into it said in grey while it is empty.
import QtQuick

Rectangle {
    id: field
    property alias text: input.text
    property alias input: input
    property string prompt
    property bool mono: false
    height: Math.round(34 * app.unit)
    radius: 6 * app.unit
    color: theme.panel
    border.width: input.activeFocus ? 2 : 1
    border.color: input.activeFocus ? theme.ink : theme.lineS
    TextInput {
        id: input
        anchors { fill: parent; leftMargin: 10 * app.unit; rightMargin: 10 * app.unit }
        verticalAlignment: TextInput.AlignVCenter
        clip: true
        selectByMouse: true
        color: theme.ink
        selectionColor: theme.ink
        selectedTextColor: theme.panel
        font.family: field.mono ? theme.mono : theme.sans
        font.pointSize: Math.max(1, 14 * app.unit * 0.75)
        Accessible.role: Accessible.EditableText
        Accessible.name: field.prompt
    }
    Say {
        anchors { fill: parent; leftMargin: 10 * app.unit; rightMargin: 10 * app.unit }
        visible: input.text === "" && input.preeditText === ""
        size: 14
        color: theme.ink3
        text: field.prompt
    }
}
