// SPDX-License-Identifier: GPL-2.0-or-later
// Two or three words, one of them on.
import QtQuick

Rectangle {
    id: control
    property var options: []
    property int current: 0
    signal chosen(int index)
    width: row.width + 2
    height: Math.round(20 * app.unit)
    radius: 6 * app.unit
    color: theme.panel
    border.color: theme.lineS
    border.width: 1
    Row {
        id: row
        x: 1; y: 1
        Repeater {
            model: control.options
            Rectangle {
                id: option
                required property string modelData
                required property int index
                width: word.implicitWidth + 16 * app.unit
                height: control.height - 2
                radius: 5 * app.unit
                color: control.current === index ? theme.ink : "transparent"
                Accessible.role: Accessible.RadioButton
                Accessible.name: modelData
                Accessible.checkable: true
                Accessible.checked: control.current === index
                Accessible.onPressAction: control.chosen(index)
                Say { id: word; anchors.centerIn: parent; size: 12; text: option.modelData; color: control.current === option.index ? theme.panel : theme.ink2 }
                MouseArea { anchors.fill: parent; onClicked: control.chosen(option.index) }
            }
        }
    }
}
