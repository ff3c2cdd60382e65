// SPDX-License-Identifier: GPL-2.0-or-later
// Breakpoints and watches: written in the field above, switched and removed in the list below. Esc closes.
import QtQuick

Item {
    id: stops
    visible: false
    z: 105
    property real lowest: height // the dots on the timeline stay in sight
    function open() {
        visible = true
        app.modal = true
        field.text = ""
        app.breakpoints.clearError()
        field.input.forceActiveFocus()
    }
    function close() {
        visible = false
        app.modal = false
    }
    Connections {
        target: app
        function onBreakpointsRequested() { stops.open() }
    }
    MouseArea { anchors.fill: parent; hoverEnabled: true; onClicked: stops.close() }
    Rectangle {
        anchors { right: parent.right; rightMargin: 12 * app.unit }
        y: stops.lowest - height
        width: 560 * app.unit
        height: list.y + list.height + help.height + 18 * app.unit
        radius: 9 * app.unit
        color: theme.panel
        border.width: 2
        border.color: theme.ink
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Breakpoints and watches")
        MouseArea { anchors.fill: parent }
        Say { x: 14 * app.unit; y: 9 * app.unit; height: 24 * app.unit; size: 14; weight: 700; text: qsTr("Breakpoints and watches") }
        Say {
            anchors { right: parent.right; rightMargin: 14 * app.unit }
            y: 9 * app.unit
            height: 24 * app.unit
            size: 12.5
            color: theme.ink3
            text: qsTr("F5 runs to the next one, Ctrl+F5 back")
        }
        Field {
            id: field
            x: 12 * app.unit
            y: 36 * app.unit
            width: parent.width - 24 * app.unit
            mono: true
            prompt: "ip_rcv    len > 100    data changed    drop    watch users"
            onTextChanged: app.breakpoints.clearError()
            input.Keys.onPressed: function(event) {
                if (event.key === Qt.Key_Escape) stops.close()
                else if (event.key === Qt.Key_Down && list.count > 0) { list.currentIndex = 0; list.forceActiveFocus() }
                else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) {
                    if (app.breakpoints.add(field.text)) field.text = ""
                    else if (app.breakpoints.errorAt >= 0) field.input.cursorPosition = Math.min(app.breakpoints.errorAt, field.text.length)
                } else return
                event.accepted = true
            }
        }
        Say {
            id: error
            x: 14 * app.unit
            y: field.y + field.height + 4 * app.unit
            width: parent.width - 28 * app.unit
            visible: app.breakpoints.error !== ""
            size: 12.5
            color: theme.diffText
            textFormat: Text.RichText
            wrapMode: Text.Wrap
            text: app.rich(app.breakpoints.error)
            Accessible.role: Accessible.AlertMessage
            Accessible.name: app.breakpoints.error
        }
        ListView {
            id: list
            x: 8 * app.unit
            y: error.y + (error.visible ? error.height + 6 * app.unit : 2 * app.unit)
            width: parent.width - 16 * app.unit
            height: Math.min(8, Math.max(1, count)) * rowHeight
            readonly property real rowHeight: Math.round(34 * app.unit)
            model: app.breakpoints
            clip: true
            cacheBuffer: 0
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Breakpoints and watches")
            Keys.onPressed: function(event) {
                if (event.key === Qt.Key_Escape) stops.close()
                else if (event.key === Qt.Key_Up && currentIndex === 0) field.input.forceActiveFocus()
                else if (event.key === Qt.Key_Up) --currentIndex
                else if (event.key === Qt.Key_Down) currentIndex = Math.min(count - 1, currentIndex + 1)
                else if (event.key === Qt.Key_Space || event.key === Qt.Key_Return) currentItem.flip()
                else if (event.key === Qt.Key_Delete || event.key === Qt.Key_Backspace) {
                    app.breakpoints.remove(currentIndex)
                    if (count === 0) field.input.forceActiveFocus()
                } else return
                event.accepted = true
            }
            delegate: Rectangle {
                id: entry
                required property string condition
                required property string detail
                required property string text
                required property bool on
                required property bool here
                required property int index
                function flip() { app.breakpoints.setEnabled(index, !on) }
                width: ListView.view.width
                height: list.rowHeight
                radius: 5 * app.unit
                color: here && on ? theme.nowRow : "transparent"
                border.width: ListView.isCurrentItem && list.activeFocus ? 2 : 0
                border.color: theme.ink
                Accessible.role: Accessible.CheckBox
                Accessible.focusable: true
                Accessible.focused: ListView.isCurrentItem
                Accessible.name: text
                Accessible.checked: on
                Accessible.onPressAction: flip()
                Item { // the dot that stands in the tree and on the timeline is the switch
                    width: parent.height
                    height: parent.height
                    Rectangle {
                        anchors.centerIn: parent
                        width: Math.round(13 * app.unit); height: width; radius: width / 2
                        color: entry.on ? theme.ink : theme.panel
                        border.width: 2
                        border.color: theme.ink
                    }
                    MouseArea { anchors.fill: parent; onClicked: entry.flip() }
                }
                Say {
                    id: what
                    x: parent.height + 2 * app.unit
                    width: Math.min(implicitWidth, entry.width * 0.45)
                    height: parent.height
                    mono: true; size: 13; weight: 600
                    color: entry.on ? theme.ink : theme.ink3
                    text: entry.condition
                }
                Say {
                    anchors { left: what.right; leftMargin: 12 * app.unit; right: remove.left; rightMargin: 8 * app.unit }
                    height: parent.height
                    size: 12.5
                    color: theme.ink2
                    text: entry.on ? entry.detail : qsTr("off, %1").arg(entry.detail)
                }
                Rectangle {
                    id: remove
                    anchors { right: parent.right; rightMargin: 6 * app.unit; verticalCenter: parent.verticalCenter }
                    width: word.implicitWidth + 16 * app.unit
                    height: Math.round(24 * app.unit)
                    radius: 5 * app.unit
                    color: over.containsMouse ? theme.panel2 : theme.panel
                    border.width: 1
                    border.color: theme.lineS
                    Accessible.role: Accessible.Button
                    Accessible.name: qsTr("Remove %1").arg(entry.condition)
                    Accessible.onPressAction: app.breakpoints.remove(entry.index)
                    Say { id: word; anchors.centerIn: parent; size: 12; text: qsTr("Remove") }
                    MouseArea { id: over; anchors.fill: parent; hoverEnabled: true; onClicked: app.breakpoints.remove(entry.index) }
                }
            }
            Say { visible: list.count === 0; x: 14 * app.unit; height: list.rowHeight; size: 13.3; color: theme.ink3; text: qsTr("None yet. B sets one on the current function.") }
        }
        Say {
            id: help
            x: 14 * app.unit
            y: list.y + list.height + 6 * app.unit
            width: parent.width - 28 * app.unit
            size: 12.5
            color: theme.ink3
            wrapMode: Text.Wrap
            text: qsTr("A field is read on the side that is looked at (M). Space switches, Delete removes, Esc closes.")
        }
    }
}
