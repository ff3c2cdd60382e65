// SPDX-License-Identifier: GPL-2.0-or-later
// Find in the calls. Typing marks what fits, Enter and Shift+Enter walk through it, Esc closes; F3 walks on afterwards.
import QtQuick

Rectangle {
    id: bar
    visible: false
    z: 60
    height: 44 * app.unit
    radius: 8 * app.unit
    color: theme.panel
    border.width: 2
    border.color: theme.ink
    function open() {
        visible = true
        app.modal = true
        field.text = app.find.query
        field.input.selectAll()
        field.input.forceActiveFocus()
    }
    function close() {
        visible = false
        app.modal = false
        if (field.text === "") app.find.query = ""
    }
    Connections {
        target: app
        function onFindRequested() { bar.open() }
    }
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Find: %1").arg(app.find.words)
    MouseArea { anchors.fill: parent }
    Field {
        id: field
        x: 6 * app.unit
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width * 0.44
        height: Math.round(30 * app.unit)
        prompt: qsTr("Find in the calls")
        onTextChanged: if (bar.visible) app.find.query = text
        input.onActiveFocusChanged: if (!input.activeFocus && bar.visible) bar.close()
        input.Keys.onPressed: function(event) {
            const back = (event.modifiers & Qt.ShiftModifier) !== 0
            if (event.key === Qt.Key_Escape) bar.close()
            else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter || event.key === Qt.Key_F3) app.findNext(back)
            else if (event.key === Qt.Key_Down) app.findNext(false)
            else if (event.key === Qt.Key_Up) app.findNext(true)
            else return
            event.accepted = true
        }
    }
    Say {
        anchors { left: field.right; leftMargin: 10 * app.unit; right: parent.right; rightMargin: 10 * app.unit; top: parent.top; bottom: parent.bottom }
        size: 12.5
        wrapMode: Text.Wrap
        maximumLineCount: 2
        color: app.find.count > 0 || field.text === "" ? theme.ink2 : theme.diffText
        text: app.find.words
    }
}
