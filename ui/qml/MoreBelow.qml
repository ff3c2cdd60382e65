// SPDX-License-Identifier: GPL-2.0-or-later
// At the foot of a list that goes on below it: nobody takes a line that is cut for the last one.
import QtQuick

Item {
    id: more
    required property ListView list
    visible: list.visible && list.contentHeight > list.height + 1 && !list.atYEnd
    height: Math.round(30 * app.unit)
    Rectangle {
        width: parent.width
        height: parent.height - foot.height
        gradient: Gradient {
            GradientStop { position: 0; color: Qt.rgba(theme.panel.r, theme.panel.g, theme.panel.b, 0) }
            GradientStop { position: 1; color: theme.panel }
        }
    }
    Rectangle {
        id: foot
        anchors.bottom: parent.bottom
        width: parent.width
        height: Math.round(16 * app.unit)
        color: theme.panel
        Say { anchors.centerIn: parent; size: 11.5; color: theme.ink3; text: qsTr("more below ▾") }
    }
}
