// SPDX-License-Identifier: GPL-2.0-or-later
// A question about pointers: the memory before the step, which pointer, by how much.
import QtQuick
import Skbscope

Column {
    id: body
    spacing: 0
    GateView { width: parent.width; height: Math.round(262 * app.unit); controller: app; Accessible.role: Accessible.Graphic; Accessible.name: qsTr("sk_buff before the step") }
    Flow {
        width: parent.width
        spacing: 14 * app.unit
        bottomPadding: 16 * app.unit
        component Word: Say { size: 17; color: theme.ink2; height: 38 * app.unit }
        component Bar: Rectangle {
            default property alias parts: inner.data
            width: inner.width + 2
            height: Math.round(38 * app.unit)
            radius: 9 * app.unit
            color: theme.panel
            border.width: 1.5
            border.color: theme.lineS
            Row { id: inner; x: 1; y: 1; height: parent.height - 2 }
        }
        component Option: Rectangle {
            id: option
            property string word
            property bool on: false
            property bool mono: false
            property real least: 0
            signal pressed()
            width: Math.max(least, label.implicitWidth + 30 * app.unit)
            height: parent.height
            radius: 7 * app.unit
            color: on ? theme.ink : "transparent"
            Accessible.role: Accessible.RadioButton
            Accessible.name: word
            Accessible.checked: on
            Accessible.focusable: true
            Accessible.focused: on
            onOnChanged: if (on) reader.hear(option)
            Accessible.onPressAction: pressed()
            Say { id: label; anchors.centerIn: parent; size: 17; weight: 600; mono: option.mono; color: option.on ? theme.panel : theme.ink; text: option.word }
            MouseArea { anchors.fill: parent; onClicked: option.pressed() }
        }
        Word { text: qsTr("Your answer") }
        Bar {
            Repeater {
                model: ["head", "data", "tail", qsTr("data and tail"), "end", qsTr("none")]
                Option {
                    required property string modelData
                    required property int index
                    word: modelData
                    on: app.gate.pointer === index
                    onPressed: app.gate.choosePointer(index)
                }
            }
        }
        Word { text: qsTr("moves by"); visible: app.gate.moves }
        Bar {
            visible: app.gate.moves
            Option { word: "−"; onPressed: app.gate.nudge(-1) }
            Option { word: app.gate.amount; mono: true; least: 84 * app.unit; Accessible.role: Accessible.SpinBox; Accessible.name: qsTr("%1 bytes").arg(app.gate.amount) }
            Option { word: "+"; onPressed: app.gate.nudge(1) }
        }
        Word { text: qsTr("bytes"); visible: app.gate.moves }
        Word { visible: !app.gate.answered; size: 15; color: theme.ink3; text: qsTr("Drag it on the map, type, or use the arrows.") }
    }
}
