// SPDX-License-Identifier: GPL-2.0-or-later
// The lessons there are. Enter opens one where it was left; one whose file is broken says where.
import QtQuick
import Skbscope

Item {
    id: panel
    readonly property alias rows: list
    visible: false
    z: 105
    function open() {
        app.dismissOffer()
        visible = true
        app.modal = true
        list.currentIndex = Math.max(0, list.currentIndex)
        list.forceActiveFocus()
    }
    function close() {
        visible = false
        app.modal = false
    }
    function choose(index) {
        if (index < 0 || (list.itemAtIndex(index) && list.itemAtIndex(index).error !== "")) return
        close()
        app.lessons.open(index)
    }
    Connections {
        target: app
        function onLessonsRequested() { panel.open() }
    }
    Rectangle { anchors.fill: parent; color: theme.bg; opacity: 0.7 }
    MouseArea { anchors.fill: parent; hoverEnabled: true; onClicked: panel.close(); onWheel: function(wheel) { wheel.accepted = true } }
    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: Math.max(10, (parent.height - height) * 0.35)
        width: Math.min(820 * app.unit, parent.width - 40 * app.unit)
        height: Math.min(parent.height - 40 * app.unit, list.contentHeight + 118 * app.unit)
        radius: 12 * app.unit
        color: theme.panel
        border.width: 2
        border.color: theme.ink
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Lessons")
        MouseArea { anchors.fill: parent }
        Say { x: 24 * app.unit; y: 16 * app.unit; size: 20; weight: 700; text: qsTr("Lessons") }
        Say { x: 24 * app.unit; y: 44 * app.unit; size: 14; color: theme.ink2; text: qsTr("Each goes through a real trace, step by step, and asks before it shows.") }
        Say { anchors { right: parent.right; rightMargin: 24 * app.unit } y: 20 * app.unit; size: 13; color: theme.ink3; text: qsTr("Enter opens · Esc closes") }
        ListView {
            id: list
            x: 12 * app.unit
            y: 76 * app.unit
            width: parent.width - 24 * app.unit
            height: parent.height - y - 14 * app.unit
            model: app.lessons
            clip: true
            spacing: 4 * app.unit
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            keyNavigationEnabled: true
            keyNavigationWraps: true
            Keys.onReturnPressed: panel.choose(currentIndex)
            Keys.onEnterPressed: panel.choose(currentIndex)
            Keys.onSpacePressed: panel.choose(currentIndex)
            Keys.onEscapePressed: panel.close()
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Lessons")
            delegate: Rectangle {
                id: entry
                required property string title
                required property string summary
                required property string error
                required property string trace
                required property string languageNote
                required property int parts
                required property int leftAt
                required property int index
                width: ListView.view.width
                height: Math.round(Math.max(58 * app.unit, below.y + below.height + 9 * app.unit))
                radius: 7 * app.unit
                color: ListView.isCurrentItem ? theme.nowRow : mouse.containsMouse ? theme.panel2 : "transparent"
                border.width: ListView.isCurrentItem ? 1.5 : 0
                border.color: theme.nowMark
                Accessible.role: Accessible.ListItem
                Accessible.focusable: true
                Accessible.focused: ListView.isCurrentItem
                Accessible.name: title + ". " + (error !== "" ? qsTr("Cannot be opened: %1").arg(error) : summary + " " + status.text)
                Say { id: number; x: 14 * app.unit; y: 8 * app.unit; size: 16; weight: 700; color: theme.ink3; text: entry.index + 1 }
                Say { id: head; x: 44 * app.unit; y: 8 * app.unit; width: status.x - x - 10 * app.unit; size: 16; weight: 650; color: entry.error !== "" ? theme.ink3 : theme.ink; text: entry.title }
                Say {
                    id: below
                    x: 44 * app.unit
                    y: 31 * app.unit
                    width: parent.width - x - 14 * app.unit
                    size: 13.3
                    color: entry.error !== "" ? theme.diffText : theme.ink2
                    wrapMode: Text.Wrap
                    elide: Text.ElideNone
                    text: entry.error !== "" ? qsTr("Cannot be opened: %1").arg(entry.error) : entry.summary + (entry.languageNote !== "" ? "\n" + entry.languageNote : "")
                }
                Say {
                    id: status
                    anchors { right: parent.right; rightMargin: 14 * app.unit }
                    y: 9 * app.unit
                    size: 13
                    color: theme.ink3
                    text: entry.error !== "" ? "" : (entry.leftAt > 1 ? qsTr("left at %1 of %2").arg(entry.leftAt).arg(entry.parts) : qsTr("%1 parts").arg(entry.parts)) + " · " + entry.trace.split("/").pop()
                }
                MouseArea { id: mouse; anchors.fill: parent; hoverEnabled: true; onClicked: { list.currentIndex = entry.index; panel.choose(entry.index) } }
            }
        }
        MoreBelow { list: panel.rows; anchors { left: list.left; right: list.right; bottom: list.bottom } }
    }
}
