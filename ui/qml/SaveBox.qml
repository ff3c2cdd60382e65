// SPDX-License-Identifier: GPL-2.0-or-later
// Where to write a picture or a page. Enter writes, Esc closes.
import QtQuick

Item {
    id: box
    required property real from // the top of the question
    visible: false
    z: 60
    function close() {
        visible = false
        app.saveBox.cancel()
        app.modal = false
    }
    Connections {
        target: app.saveBox
        function onAsked() {
            box.visible = true
            app.modal = true
            field.text = app.saveBox.path
            field.input.forceActiveFocus()
            const name = field.text.lastIndexOf("/") + 1
            field.input.select(name, field.text.lastIndexOf("."))
        }
        function onWritten() { if (box.visible) box.close() }
    }
    Accessible.role: Accessible.Dialog
    Accessible.name: app.saveBox.title
    Rectangle { anchors.fill: parent; color: theme.bg; opacity: 0.6 }
    MouseArea { anchors.fill: parent }
    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: box.from
        width: Math.min(760 * app.unit, parent.width - 40 * app.unit)
        height: column.height + 20 * app.unit
        radius: 8 * app.unit
        color: theme.panel
        border.width: 2
        border.color: theme.ink
        Column {
            id: column
            x: 12 * app.unit
            y: 10 * app.unit
            width: parent.width - 2 * x
            spacing: 7 * app.unit
            Say { width: parent.width; size: 14; weight: 600; text: app.saveBox.title }
            Field {
                id: field
                width: parent.width
                mono: true
                prompt: qsTr("File")
                input.onActiveFocusChanged: if (!input.activeFocus && box.visible && !app.saveBox.busy) box.close()
                input.Keys.onPressed: function(event) {
                    if (event.key === Qt.Key_Escape) box.close()
                    else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) app.saveBox.save(field.text)
                    else return
                    event.accepted = true
                }
            }
            Say {
                width: parent.width
                size: 12.5
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                color: app.saveBox.problem === "" ? theme.ink2 : theme.diffText
                text: app.saveBox.busy ? qsTr("The page is being made: %1. Esc cancels.").arg(app.saveBox.doing) : app.saveBox.problem === "" ? qsTr("Enter saves, Esc closes.") : app.saveBox.problem
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }
            Rectangle { // how far it is
                visible: app.saveBox.busy
                width: parent.width
                height: Math.round(6 * app.unit)
                radius: 3 * app.unit
                color: theme.panel2
                border.width: 1
                border.color: theme.lineS
                Rectangle { width: parent.width * app.saveBox.progress; height: parent.height; radius: parent.radius; color: theme.ink }
            }
        }
    }
}
