// SPDX-License-Identifier: GPL-2.0-or-later
// A watch that runs: what is watched, how much came, and the buttons that end it or go with it.
import QtQuick

Rectangle {
    id: box
    property real room: 270 * app.unit // what the steps' buttons leave
    readonly property real most: Math.min(250 * app.unit, Math.max(130 * app.unit, room - words.x - buttons.width - 14 * app.unit))
    width: words.x + Math.min(words.implicitWidth, most) + buttons.width + 14 * app.unit
    height: Math.round(47 * app.unit)
    radius: 8 * app.unit
    color: theme.panel
    border.width: 1
    border.color: theme.lineS
    Accessible.role: Accessible.StaticText
    Accessible.name: app.live.phase + ", " + app.live.title + ": " + app.live.counts

    Rectangle { // the lamp: its word stands beside it
        id: lamp
        x: 12 * app.unit
        y: 10 * app.unit
        width: Math.round(9 * app.unit)
        height: width
        radius: width / 2
        color: app.live.losing ? theme.diffMark : theme.nowMark
        border.width: 1
        border.color: theme.ink
    }
    Column {
        id: words
        x: 28 * app.unit
        y: 5 * app.unit
        Say {
            size: 13.5
            weight: 650
            width: Math.min(implicitWidth, box.most)
            text: app.live.phase + "  " + app.live.title
        }
        Say {
            size: 12
            color: app.live.losing ? theme.diffText : theme.ink2
            width: Math.min(implicitWidth, box.most)
            text: app.live.counts
        }
    }
    Row {
        id: buttons
        anchors { right: parent.right; rightMargin: 1; verticalCenter: parent.verticalCenter }
        Rectangle { width: 1; height: box.height - 2; color: theme.line }
        TransportButton { command: "live.follow"; icon: "last"; word: app.following ? qsTr("Stay") : qsTr("Follow"); least: 48; primary: app.following }
        TransportButton { command: "live.stop"; icon: "stop"; word: qsTr("Stop"); least: 46; last: true; first: true }
    }
}
