// SPDX-License-Identifier: GPL-2.0-or-later
// A field of a form: its name, the line to type in, and below it what is wrong with it (or a hint).
import QtQuick

Column {
    id: entry
    property string label
    property string hint
    property string problem
    property alias prompt: field.prompt
    property alias text: field.text
    property alias input: field.input
    property alias mono: field.mono
    property real labelWidth: 96
    signal edited()
    spacing: 3 * app.unit
    Row {
        spacing: 8 * app.unit
        width: parent.width
        Say { width: entry.labelWidth * app.unit; height: field.height; size: 13.3; weight: 600; text: entry.label }
        Field {
            id: field
            width: parent.width - x
            border.color: entry.problem !== "" ? theme.diffMark : input.activeFocus ? theme.ink : theme.lineS
            border.width: input.activeFocus || entry.problem !== "" ? 2 : 1
            input.activeFocusOnTab: true
            input.Accessible.name: entry.label
            input.Accessible.description: entry.problem !== "" ? entry.problem : entry.hint
            input.onTextEdited: entry.edited()
        }
    }
    Say {
        x: (entry.labelWidth + 8) * app.unit
        width: parent.width - x
        visible: text !== ""
        size: 12.5
        color: entry.problem !== "" ? theme.diffText : theme.ink3
        wrapMode: Text.Wrap
        textFormat: Text.PlainText
        elide: Text.ElideNone
        text: entry.problem !== "" ? entry.problem : entry.hint
        Accessible.role: entry.problem !== "" ? Accessible.AlertMessage : Accessible.StaticText
        Accessible.name: text
    }
}
