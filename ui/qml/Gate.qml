// SPDX-License-Identifier: GPL-2.0-or-later
// A question about what comes next, over everything: no pane below tells the answer while it is open. Enter answers, and
// then plays the step; R tries again; Q asks another one; Esc skips. Nothing is scored.
import QtQuick
import Skbscope

Item {
    id: panel
    visible: app.gate.open
    z: 106
    readonly property real most: 1188 * app.unit
    onVisibleChanged: {
        app.modal = visible
        if (visible) box.forceActiveFocus()
    }
    Rectangle { anchors.fill: parent; color: theme.bg; opacity: 0.72 }
    MouseArea { anchors.fill: parent; hoverEnabled: true; onWheel: function(wheel) { wheel.accepted = true } }
    Rectangle {
        id: box
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(panel.most, parent.width - 40 * app.unit)
        height: column.height + 4
        y: Math.max(8, (parent.height - height) * 0.42)
        radius: 14 * app.unit
        color: theme.panel
        border.width: 2
        border.color: theme.ink
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Predict: %1").arg(title.plain)
        Accessible.description: qsTr("Enter answers and plays, R tries again, Q asks another question, Escape skips")
        Keys.onPressed: function(event) {
            const pointers = app.gate.pointers
            if (event.key === Qt.Key_Escape) app.gate.skip()
            else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) app.gate.answered ? app.gate.play() : app.gate.answer()
            else if (event.key === Qt.Key_R) app.gate.retry()
            else if (event.key === Qt.Key_Q) app.gate.another()
            else if (pointers && event.key === Qt.Key_Left) app.gate.choosePointer(Math.max(0, app.gate.pointer < 0 ? 1 : app.gate.pointer - 1))
            else if (pointers && event.key === Qt.Key_Right) app.gate.choosePointer(Math.min(5, app.gate.pointer < 0 ? 1 : app.gate.pointer + 1))
            else if (pointers && event.key === Qt.Key_Up) app.gate.nudge(1)
            else if (pointers && event.key === Qt.Key_Down) app.gate.nudge(-1)
            else if (pointers && event.key === Qt.Key_Backspace) app.gate.type("back")
            else if (pointers) app.gate.type(event.text)
            else if (event.key === Qt.Key_Up) app.gate.choose(Math.max(0, app.gate.chosen - 1))
            else if (event.key === Qt.Key_Down) app.gate.choose(Math.min(app.gate.answers.length - 1, app.gate.chosen + 1))
            else if (event.key >= Qt.Key_1 && event.key <= Qt.Key_9) app.gate.choose(event.key - Qt.Key_1)
            event.accepted = true
        }
        Column {
            id: column
            x: 2; y: 2
            width: parent.width - 4
            Item {
                width: parent.width
                height: Math.max(62 * app.unit, title.height + 30 * app.unit)
                Rectangle {
                    id: tag
                    x: 26 * app.unit
                    y: 15 * app.unit
                    width: tagWord.implicitWidth + 24 * app.unit
                    height: Math.round(32 * app.unit)
                    radius: 8 * app.unit
                    color: theme.now
                    border.width: 1.5
                    border.color: theme.nowInk
                    Say { id: tagWord; anchors.centerIn: parent; size: 16; weight: 700; color: theme.nowInk; text: qsTr("Predict") }
                }
                Say {
                    id: title
                    readonly property string plain: app.gate.question.replace(/[*`]/g, "")
                    anchors { left: tag.right; leftMargin: 16 * app.unit; right: esc.left; rightMargin: 16 * app.unit }
                    y: 15 * app.unit
                    size: 23
                    weight: 650
                    lineHeight: 1.1
                    wrapMode: Text.Wrap
                    elide: Text.ElideNone
                    textFormat: Text.RichText
                    text: app.rich(app.gate.question, "font-weight:700;font-size:" + 21 * app.unit * 0.75 + "pt")
                }
                KeyCap { id: esc; anchors { right: parent.right; rightMargin: 26 * app.unit } y: 20 * app.unit; text: qsTr("Esc: skip") }
                Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: theme.line }
            }
            Item { width: 1; height: 14 * app.unit }
            Loader {
                x: 32 * app.unit
                width: parent.width - 64 * app.unit
                active: app.gate.open
                sourceComponent: app.gate.pointers ? pointers : answers
                Component { id: pointers; GatePointers { width: parent ? parent.width : 0 } }
                Component { id: answers; GateAnswers { width: parent ? parent.width : 0; bottomPadding: 16 * app.unit } }
            }
            GateVerdict { visible: app.gate.answered; width: parent.width; height: visible ? Math.max(96 * app.unit, wanted) : 0 }
            Item {
                width: parent.width
                height: Math.round(70 * app.unit)
                Rectangle { width: parent.width; height: 1; color: theme.line }
                Row {
                    x: 26 * app.unit
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: 12 * app.unit
                    component Tool: Rectangle {
                        id: tool
                        property string word
                        property string key
                        property bool primary: false
                        property bool can: true
                        signal pressed()
                        width: toolRow.width + 26 * app.unit
                        height: Math.round(42 * app.unit)
                        radius: 8 * app.unit
                        color: primary && can ? theme.ink : theme.panel
                        border.width: 1.5
                        border.color: theme.lineS
                        Accessible.role: Accessible.Button
                        Accessible.name: word
                        Accessible.onPressAction: pressed()
                        Row {
                            id: toolRow
                            anchors.centerIn: parent
                            spacing: 9 * app.unit
                            Say { anchors.verticalCenter: parent.verticalCenter; size: 16; weight: 600; color: !tool.can ? theme.ink3 : tool.primary ? theme.panel : theme.ink; text: tool.word }
                            KeyCap { anchors.verticalCenter: parent.verticalCenter; text: tool.key }
                        }
                        MouseArea { anchors.fill: parent; onClicked: tool.pressed() }
                    }
                    Tool { visible: !app.gate.answered; primary: true; can: app.gate.ready; word: qsTr("Answer"); key: qsTr("Enter"); onPressed: app.gate.answer() }
                    Tool { visible: app.gate.answered; primary: true; word: qsTr("Play this step"); key: qsTr("Enter"); onPressed: app.gate.play() }
                    Tool { visible: app.gate.answered; word: qsTr("Try again"); key: "R"; onPressed: app.gate.retry() }
                    Tool { visible: app.gate.kinds > 1; word: qsTr("Another question (%1 of %2)").arg(app.gate.which).arg(app.gate.kinds); key: "Q"; onPressed: app.gate.another() }
                }
                Say {
                    anchors { right: parent.right; rightMargin: 26 * app.unit; verticalCenter: parent.verticalCenter }
                    size: 15
                    color: theme.ink3
                    text: app.gate.answered ? qsTr("Marked from the trace. Nothing is scored.") : app.gate.pointers ? qsTr("Left, Right: pointer. Up, Down: distance.") : qsTr("Choose by number or with Up and Down.")
                }
            }
        }
    }
}
