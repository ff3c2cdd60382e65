// SPDX-License-Identifier: GPL-2.0-or-later
// One of a few words; arrows choose, Tab goes on.
import QtQuick

Row {
    id: choice
    property string label
    property var options: []
    property int current: 0
    property real labelWidth: 96
    signal chosen(int index)
    spacing: 8 * app.unit
    Say { width: choice.labelWidth * app.unit; height: box.height; size: 13.3; weight: 600; text: choice.label }
    Rectangle {
        id: box
        width: row.width + 4
        height: Math.round(34 * app.unit)
        radius: 6 * app.unit
        color: theme.panel
        border.width: activeFocus ? 2 : 1
        border.color: activeFocus ? theme.ink : theme.lineS
        activeFocusOnTab: true
        Accessible.role: Accessible.RadioButton
        Accessible.name: choice.label + ": " + choice.options[choice.current]
        Accessible.focusable: true
        Keys.onPressed: function(event) {
            const back = event.key === Qt.Key_Left || event.key === Qt.Key_Up
            if (!back && event.key !== Qt.Key_Right && event.key !== Qt.Key_Down) return
            const to = choice.current + (back ? -1 : 1)
            if (to >= 0 && to < choice.options.length) choice.chosen(to)
            event.accepted = true
        }
        Row {
            id: row
            x: 2; y: 2
            Repeater {
                model: choice.options
                Rectangle {
                    id: option
                    required property string modelData
                    required property int index
                    readonly property bool on: index === choice.current
                    width: word.implicitWidth + 24 * app.unit
                    height: box.height - 4
                    radius: 5 * app.unit
                    color: on ? theme.ink : "transparent"
                    Say { id: word; anchors.centerIn: parent; size: 13.3; weight: option.on ? 650 : 400; text: option.modelData; color: option.on ? theme.panel : theme.ink }
                    MouseArea { anchors.fill: parent; onClicked: { choice.chosen(option.index); box.forceActiveFocus() } }
                }
            }
        }
    }
}
