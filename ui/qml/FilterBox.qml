// SPDX-License-Identifier: GPL-2.0-or-later
// The filter, over the calls: typing folds away what does not fit, in the tree and on the timeline. Enter goes back to
// the calls and leaves it on, Esc takes it away.
import QtQuick

Item {
    id: box
    property bool editing: false
    readonly property bool shown: editing || app.filter.query !== ""
    signal finished()
    height: shown ? Math.round(44 * app.unit) : 0
    visible: shown
    function open() {
        editing = true
        field.text = app.filter.query
        field.input.selectAll()
        field.input.forceActiveFocus()
    }
    function leave() {
        editing = false
        field.input.focus = false // else the pane would give it back
        box.finished()
    }
    Connections {
        target: app
        function onFilterRequested() { box.open() }
    }
    Connections { // set from elsewhere: by a command, or taken away by Esc
        target: app.filter
        function onUpdated() { if (!field.input.activeFocus) field.text = app.filter.query }
    }
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Filter: %1").arg(app.filter.words)
    Rectangle { anchors.fill: parent; color: theme.panel2 }
    Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: theme.line }
    readonly property bool narrow: width < 460 * app.unit // then the hint needs the room
    Say { id: word; visible: !box.narrow; x: 10 * app.unit; height: parent.height; size: 13; weight: 700; text: qsTr("Filter") }
    Field {
        id: field
        anchors { left: box.narrow ? parent.left : word.right; leftMargin: 8 * app.unit; verticalCenter: parent.verticalCenter }
        width: parent.width * (box.narrow ? 0.32 : 0.4)
        height: Math.round(30 * app.unit)
        prompt: "ip_rcv, tcp_*, #3, 10.9.0.2:7000"
        onTextChanged: if (input.activeFocus) app.filter.query = text
        input.onActiveFocusChanged: if (!input.activeFocus) box.editing = false
        input.Keys.onPressed: function(event) {
            if (event.key === Qt.Key_Escape) {
                field.text = ""
                box.leave()
            } else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter || event.key === Qt.Key_Down) box.leave()
            else return
            event.accepted = true
        }
    }
    Say {
        anchors { left: field.right; leftMargin: 10 * app.unit; right: clear.left; rightMargin: 8 * app.unit; top: parent.top; bottom: parent.bottom }
        size: box.narrow ? 11.5 : 12.5
        wrapMode: Text.Wrap
        maximumLineCount: box.narrow ? 3 : 2
        lineHeight: box.narrow ? 0.9 : 1
        color: app.filter.wrong ? theme.diffText : theme.ink2
        text: app.filter.words
        Accessible.role: app.filter.wrong ? Accessible.AlertMessage : Accessible.StaticText
        Accessible.name: text
    }
    WordButton {
        id: clear
        anchors { right: parent.right; rightMargin: 8 * app.unit; verticalCenter: parent.verticalCenter }
        command: "filter.clear"
        word: qsTr("Clear")
        key: "Esc"
    }
}
