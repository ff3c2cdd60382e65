// SPDX-License-Identifier: GPL-2.0-or-later
// Which marks are shown: a click, or Space on the one that Left and Right chose, hides a kind or brings it back. The
// last one keeps only what nobody explained.
import QtQuick
import Skbscope

Flow {
    id: kinds
    readonly property var entries: app.differences.kinds
    property int at: 0
    property var colours: theme
    spacing: 6 * app.unit
    activeFocusOnTab: true
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Kinds of difference")
    function flip(index) {
        if (index < entries.length) app.differences.toggleKind(entries[index].mark)
        else app.differences.unexplainedOnly = !app.differences.unexplainedOnly
    }
    Keys.onPressed: function(event) {
        if (event.key === Qt.Key_Left) at = Math.max(0, at - 1)
        else if (event.key === Qt.Key_Right) at = Math.min(entries.length, at + 1)
        else if (event.key === Qt.Key_Space || event.key === Qt.Key_Return || event.key === Qt.Key_Enter) flip(at)
        else return
        event.accepted = true
    }
    component Chip: Rectangle {
        id: chip
        property int mark: -1
        property string word
        property string count
        property bool on
        property int index
        width: row.width + 16 * app.unit
        height: Math.round(24 * app.unit)
        radius: 6 * app.unit
        color: on ? theme.panel2 : theme.panel
        border.width: kinds.activeFocus && kinds.at === index ? 2 : 1
        border.color: kinds.activeFocus && kinds.at === index ? theme.ink : theme.lineS
        Accessible.role: Accessible.CheckBox
        Accessible.name: count === "" ? word : word + ": " + count
        Accessible.checked: on
        Accessible.onPressAction: kinds.flip(index)
        Row {
            id: row
            x: 8 * app.unit
            height: parent.height
            spacing: 6 * app.unit
            Rectangle { // the switch, so that it is not told by the colour alone
                anchors.verticalCenter: parent.verticalCenter
                width: Math.round(11 * app.unit); height: width
                radius: 2 * app.unit
                color: chip.on ? theme.ink : theme.panel
                border.width: 1
                border.color: theme.ink2
            }
            MarkView { visible: chip.mark >= 0; anchors.verticalCenter: parent.verticalCenter; width: Math.round(15 * app.unit); height: width; mark: chip.mark; theme: kinds.colours }
            Say { height: parent.height; size: 12.3; color: chip.on ? theme.ink : theme.ink3; text: chip.word }
            Say { height: parent.height; size: 12.3; visible: chip.count !== ""; weight: 700; color: chip.on ? theme.ink : theme.ink3; text: chip.count }
        }
        MouseArea { anchors.fill: parent; onClicked: { kinds.at = chip.index; kinds.flip(chip.index) } }
    }
    Repeater {
        model: kinds.entries.length
        Chip {
            required index
            readonly property var entry: kinds.entries[index] || ({mark: -1, words: "", count: "", on: false})
            mark: entry.mark
            word: entry.words
            count: entry.count
            on: entry.on
        }
    }
    Chip {
        index: kinds.entries.length
        word: qsTr("unexplained only")
        on: app.differences.unexplainedOnly
    }
}
