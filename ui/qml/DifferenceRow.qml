// SPDX-License-Identifier: GPL-2.0-or-later
// A line of the list of differences: a reason with its count, or one difference below it.
import QtQuick
import Skbscope

Rectangle {
    id: line
    required property string text
    required property bool head
    required property string title
    required property string count
    required property bool folded
    required property int mark
    required property string letter
    required property string sentence
    required property string evidence
    required property string place
    required property bool here
    required property int index
    property bool focused: false
    property var colours: theme
    signal chosen()

    radius: 5 * app.unit
    color: here ? theme.nowRow : head ? theme.panel2 : "transparent"
    Accessible.role: Accessible.ListItem
    Accessible.focusable: true
    Accessible.focused: ListView.isCurrentItem
    Accessible.name: text
    Accessible.description: evidence
    Accessible.selected: here
    Accessible.onPressAction: chosen()
    Rectangle { // now, told by a bar as well
        visible: line.here
        width: 4 * app.unit
        height: parent.height
        color: theme.nowMark
    }
    Say {
        visible: line.head
        x: 7 * app.unit
        width: 16 * app.unit
        height: parent.height
        size: 11
        color: theme.ink2
        text: line.folded ? "▸" : "▾"
    }
    MarkView {
        id: shape
        x: 26 * app.unit
        anchors.verticalCenter: parent.verticalCenter
        width: Math.round(16 * app.unit); height: width
        mark: line.mark
        theme: line.colours
    }
    BadgeView {
        id: badge
        visible: !line.head && line.letter !== " "
        x: 50 * app.unit
        anchors.verticalCenter: parent.verticalCenter
        width: Math.round(18 * app.unit); height: width
        letter: line.head ? "" : line.letter
        theme: line.colours
    }
    Say {
        id: title
        x: (line.head ? 50 : 74) * app.unit
        width: line.head ? implicitWidth : Math.min(implicitWidth, line.width * 0.34)
        height: parent.height
        mono: !line.head
        size: line.head ? 13.3 : 12.5
        weight: line.head || line.here ? 700 : 400
        text: line.title
    }
    Say {
        anchors { left: title.right; leftMargin: 12 * app.unit; right: where.left; rightMargin: 10 * app.unit }
        height: parent.height
        size: 12.5
        color: theme.ink2
        text: line.head ? line.count : line.sentence
    }
    Say {
        id: where
        anchors { right: parent.right; rightMargin: 8 * app.unit }
        height: parent.height
        size: 12
        color: theme.ink2
        text: line.place
    }
    Rectangle { // the focus
        anchors.fill: parent
        radius: parent.radius
        color: "transparent"
        visible: line.focused
        border.width: 2
        border.color: theme.ink
    }
    MouseArea { anchors.fill: parent; onClicked: line.chosen() }
}
