// SPDX-License-Identifier: GPL-2.0-or-later
// Every command that has a key, by group, from the registry itself. Any key closes.
import QtQuick

Item {
    id: help
    visible: false
    z: 100
    readonly property int columns: 3
    readonly property real columnWidth: 372 * app.unit
    // {column, row} of each entry; a heading is not the last one of its column.
    readonly property var places: {
        app.keyList.withoutKey // told anew with it
        const out = [], most = Math.ceil((entries.count + columns - 1) / columns)
        let column = 0, row = 0
        for (let i = 0; i < entries.count; ++i) {
            const heading = app.keyList.data(app.keyList.index(i, 0), Qt.UserRole + 1) === true
            if (row >= most || (heading && row === most - 1)) { column += 1; row = 0 }
            out.push({column: column, row: row})
            row += 1
        }
        return out
    }
    readonly property int rows: places.reduce((most, p) => Math.max(most, p.row + 1), 1)
    readonly property real rowHeight: Math.floor(Math.min(23 * app.unit, (height - 120 * app.unit) / rows))
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
    MouseArea { anchors.fill: parent; hoverEnabled: true; onClicked: help.close() }
    Rectangle {
        anchors.centerIn: parent
        width: help.columns * help.columnWidth + (help.columns - 1) * grid.gap + 48 * app.unit
        height: grid.height + 76 * app.unit
        radius: 9 * app.unit
        color: theme.panel
        border.width: 2
        border.color: theme.ink
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Keys")
        Say { x: 24 * app.unit; y: 14 * app.unit; size: 18; weight: 700; text: qsTr("Keys") }
        Say {
            anchors { right: parent.right; rightMargin: 24 * app.unit }
            y: 18 * app.unit
            size: 12.5
            color: theme.ink3
            text: qsTr("%1 more commands without a key are in the palette, Ctrl+K · any key closes this list").arg(app.keyList.withoutKey)
        }
        Item {
            id: grid
            readonly property real gap: 22 * app.unit
            x: 24 * app.unit
            y: 50 * app.unit
            height: help.rows * help.rowHeight
            Repeater {
                id: entries
                model: app.keyList
                Item {
                    id: entry
                    required property string title
                    required property string keys
                    required property bool heading
                    required property int index
                    readonly property var place: help.places[index] ?? {column: 0, row: 0}
                    x: place.column * (help.columnWidth + grid.gap)
                    y: place.row * help.rowHeight
                    width: help.columnWidth
                    height: help.rowHeight
                    Accessible.role: heading ? Accessible.Heading : Accessible.ListItem
                    Accessible.name: heading ? title : title + ": " + keys
                    Say {
                        width: parent.width - keysText.implicitWidth - 10 * app.unit
                        height: parent.height
                        verticalAlignment: entry.heading ? Text.AlignBottom : Text.AlignVCenter
                        size: entry.heading ? 12 : 13
                        weight: entry.heading ? 700 : 400
                        color: entry.heading ? theme.ink3 : theme.ink
                        text: entry.title
                    }
                    Say { id: keysText; anchors.right: parent.right; height: parent.height; size: 12.5; weight: 600; color: theme.ink2; text: entry.keys }
                    Rectangle { visible: entry.heading; anchors.bottom: parent.bottom; width: parent.width; height: 1; color: theme.line }
                }
            }
        }
    }
}
