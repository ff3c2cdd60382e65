// SPDX-License-Identifier: GPL-2.0-or-later
// On the first start: that there are lessons. It covers nothing that is needed, takes no key, and goes away with the
// first step.
import QtQuick

Rectangle {
    id: offer
    visible: app.offersLessons
    z: 54
    width: row.width + 30 * app.unit
    height: Math.round(54 * app.unit)
    radius: 9 * app.unit
    color: theme.panel
    border.width: 2
    border.color: theme.ink
    Accessible.role: Accessible.Notification
    Accessible.name: words.text + " " + qsTr("Control L opens them.")
    Connections {
        target: app.selection
        function onStepChanged() { app.dismissOffer() }
    }
    Row {
        id: row
        anchors.centerIn: parent
        spacing: 12 * app.unit
        Say { id: words; anchors.verticalCenter: parent.verticalCenter; size: 15; text: qsTr("New here? %1 lessons lead through the course.").arg(app.lessons.rowCount()) }
        WordButton { anchors.verticalCenter: parent.verticalCenter; height: Math.round(32 * app.unit); command: "lesson.open"; word: qsTr("Lessons"); key: "Ctrl L" }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: no.implicitWidth + 20 * app.unit
            height: Math.round(32 * app.unit)
            radius: 5 * app.unit
            color: "transparent"
            Accessible.role: Accessible.Button
            Accessible.name: qsTr("Not now")
            Accessible.onPressAction: app.dismissOffer()
            Say { id: no; anchors.centerIn: parent; size: 12.5; color: theme.ink2; text: qsTr("Not now") }
            MouseArea { anchors.fill: parent; onClicked: app.dismissOffer() }
        }
    }
}
