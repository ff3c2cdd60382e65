// SPDX-License-Identifier: GPL-2.0-or-later
// Every command with its keys, from the registry itself. Esc closes.
import QtQuick

Item {
    id: help
    visible: false
    z: 100
    function open() {
        visible = true
        app.modal = true
        forceActiveFocus()
    }
    function close() {
        visible = false
        app.modal = false
    }
    Connections {
        target: app
        function onHelpRequested() { help.open() }
    }
    Keys.onPressed: function(event) { help.close(); event.accepted = true }
    Rectangle { anchors.fill: parent; color: theme.bg; opacity: 0.7 }
    MouseArea { anchors.fill: parent; onClicked: help.close() }
    Rectangle {
        anchors.centerIn: parent
        width: 900 * app.unit
        height: grid.height + 80 * app.unit
        radius: 9 * app.unit
        color: theme.panel
        border.width: 2
        border.color: theme.ink
        Say { x: 24 * app.unit; y: 16 * app.unit; size: 18; weight: 700; text: "Keys" }
        Say { anchors.right: parent.right; anchors.rightMargin: 24 * app.unit; y: 20 * app.unit; size: 12.5; color: theme.ink3; text: "any key closes this list" }
        Grid {
            id: grid
            x: 24 * app.unit
            y: 56 * app.unit
            columns: 2
            columnSpacing: 24 * app.unit
            rowSpacing: 2 * app.unit
            flow: Grid.TopToBottom
            rows: Math.ceil(entries.count / 2)
            Repeater {
                id: entries
                model: app.commands
                Item {
                    id: entry
                    required property string title
                    required property string keys
                    width: 414 * app.unit
                    height: 24 * app.unit
                    Accessible.role: Accessible.ListItem
                    Accessible.name: title + ": " + keys
                    Say { width: 270 * app.unit; height: parent.height; size: 13.3; text: entry.title }
                    Say { anchors.right: parent.right; height: parent.height; size: 12.5; weight: 600; color: theme.ink2; text: entry.keys }
                }
            }
        }
    }
}
