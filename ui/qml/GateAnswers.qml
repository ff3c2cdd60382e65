// SPDX-License-Identifier: GPL-2.0-or-later
// The answers to choose from, numbered. Marked once one was given: the true one solid, a wrong guess dashed beside it.
import QtQuick
import Skbscope

Column {
    id: answers
    spacing: 7 * app.unit
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Answers")
    Repeater {
        model: app.gate.answers
        Rectangle {
            id: answer
            required property var modelData
            required property int index
            readonly property bool picked: modelData.chosen && !app.gate.answered
            onPickedChanged: if (picked) reader.hear(answer)
            Accessible.focusable: true
            Accessible.focused: picked
            width: answers.width
            height: Math.round(Math.max(44 * app.unit, words.height + 18 * app.unit))
            radius: 9 * app.unit
            color: modelData.right ? theme.now : picked ? theme.ink : mouse.containsMouse && !app.gate.answered ? theme.panel2 : theme.panel
            border.width: modelData.wrong ? 0 : modelData.right ? 2 : 1.5
            border.color: modelData.right ? theme.nowInk : theme.lineS
            Accessible.role: Accessible.RadioButton
            Accessible.name: plain.text + (modelData.right ? qsTr(", the trace's answer") : modelData.wrong ? qsTr(", your guess, wrong") : "")
            Accessible.checked: modelData.chosen
            Accessible.onPressAction: app.gate.choose(index)
            DashView { anchors.fill: parent; visible: answer.modelData.wrong; color: theme.ink2 }
            Say { id: plain; visible: false; text: answer.modelData.text.replace(/[*`]/g, "") }
            KeyCap { id: cap; x: 12 * app.unit; anchors.verticalCenter: parent.verticalCenter; text: answer.index + 1 }
            Say {
                id: words
                anchors { left: cap.right; leftMargin: 14 * app.unit; right: note.left; rightMargin: 12 * app.unit; verticalCenter: parent.verticalCenter }
                size: 18
                textFormat: Text.RichText
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                color: answer.modelData.right ? theme.nowInk : answer.picked ? theme.panel : theme.ink
                text: app.rich(answer.modelData.text, "font-weight:600")
            }
            Say {
                id: note
                anchors { right: parent.right; rightMargin: 16 * app.unit; verticalCenter: parent.verticalCenter }
                size: 16
                weight: 650
                color: answer.modelData.right ? theme.nowInk : theme.diffText
                text: answer.modelData.right ? (answer.modelData.chosen ? qsTr("✓ you and the trace") : qsTr("✓ trace")) : answer.modelData.wrong ? qsTr("✗ you") : ""
            }
            MouseArea {
                id: mouse
                anchors.fill: parent
                hoverEnabled: true
                onClicked: app.gate.choose(answer.index)
                onDoubleClicked: app.gate.answer()
            }
        }
    }
}
