// SPDX-License-Identifier: GPL-2.0-or-later
// Asks before something is lost. Left and Right (or Tab) go from answer to answer, Enter takes one, Esc is the last one,
// which changes nothing.
import QtQuick

Item {
    id: ask
    visible: app.files.question !== ""
    z: 120
    property int current: 0
    readonly property int count: app.files.answers.length
    onVisibleChanged: {
        app.modal = visible
        if (!visible) return
        current = app.files.answers.length - 1 // count may not have heard of it yet
        keys.forceActiveFocus()
    }
    Rectangle { anchors.fill: parent; color: theme.bg; opacity: 0.6 }
    MouseArea { anchors.fill: parent; hoverEnabled: true }
    Rectangle {
        anchors.centerIn: parent
        width: Math.min(Math.max(560 * app.unit, buttons.width + 40 * app.unit), parent.width - 40 * app.unit)
        height: words.height + buttons.height + 56 * app.unit
        radius: 9 * app.unit
        color: theme.panel
        border.width: 2
        border.color: theme.ink
        Accessible.role: Accessible.AlertMessage
        Accessible.name: app.files.question.replace(/[*`]/g, "")
        Say {
            id: words
            x: 20 * app.unit
            y: 18 * app.unit
            width: parent.width - 40 * app.unit
            size: 15
            elide: Text.ElideNone
            wrapMode: Text.Wrap
            textFormat: Text.RichText
            text: app.rich(app.files.question)
        }
        Item {
            id: keys
            Keys.onPressed: function(event) {
                if (event.key === Qt.Key_Escape) app.files.answer(ask.count - 1)
                else if (event.key === Qt.Key_Left || event.key === Qt.Key_Backtab) ask.current = (ask.current + ask.count - 1) % ask.count
                else if (event.key === Qt.Key_Right || event.key === Qt.Key_Tab) ask.current = (ask.current + 1) % ask.count
                else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter || event.key === Qt.Key_Space) app.files.answer(ask.current)
                else return
                event.accepted = true
            }
        }
        Row {
            id: buttons
            anchors { right: parent.right; rightMargin: 20 * app.unit; bottom: parent.bottom; bottomMargin: 16 * app.unit }
            spacing: 10 * app.unit
            Repeater {
                model: app.files.answers
                Rectangle {
                    id: button
                    required property string modelData
                    required property int index
                    width: label.implicitWidth + 28 * app.unit
                    height: Math.round(34 * app.unit)
                    radius: 6 * app.unit
                    color: over.containsMouse ? theme.panel2 : theme.panel
                    border.width: ask.current === index ? 2 : 1
                    border.color: ask.current === index ? theme.ink : theme.lineS
                    Accessible.role: Accessible.Button
                    Accessible.name: modelData
                    Accessible.focused: ask.current === index
                    Accessible.onPressAction: app.files.answer(index)
                    Say { id: label; anchors.centerIn: parent; size: 13.5; weight: ask.current === button.index ? 700 : 500; text: button.modelData }
                    MouseArea { id: over; anchors.fill: parent; hoverEnabled: true; onClicked: app.files.answer(button.index) }
                }
            }
        }
    }
}
