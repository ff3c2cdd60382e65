// SPDX-License-Identifier: GPL-2.0-or-later
// A run that is on its way: what runs, what is being done and for how long, and the button that cancels it.
import QtQuick

Rectangle {
    id: box
    readonly property bool roomy: win.width / app.unit >= 1500
    readonly property real room: (roomy ? 290 : 190) * app.unit
    readonly property string time: app.run.seconds < 60 ? app.run.seconds + " s" : Math.floor(app.run.seconds / 60) + " min " + app.run.seconds % 60 + " s"
    width: room + cancel.width + 22 * app.unit
    height: Math.round(47 * app.unit)
    radius: 8 * app.unit
    color: theme.panel
    border.width: 1
    border.color: theme.lineS
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("Running %1: %2").arg(app.run.title).arg(app.run.doing)
    Say { x: 12 * app.unit; y: 4 * app.unit; width: box.room; size: 13.5; weight: 650; text: app.run.title }
    Say { id: clock; anchors { right: cancel.left; rightMargin: 8 * app.unit } y: 21 * app.unit; size: 12; color: theme.ink2; text: box.time }
    Say { x: 12 * app.unit; y: 21 * app.unit; width: clock.x - x - 6 * app.unit; size: 12; color: theme.ink2; text: app.run.doing }
    Rectangle { // how much of it is done, where that is known
        x: 12 * app.unit
        y: box.height - height - 4 * app.unit
        width: box.room
        height: 4 * app.unit
        radius: 2 * app.unit
        visible: app.run.progress >= 0
        color: theme.panel2
        border.width: 1
        border.color: theme.lineS
        Rectangle { width: parent.width * Math.max(0, app.run.progress); height: parent.height; radius: parent.radius; color: theme.ink }
    }
    Rectangle { anchors { right: cancel.left; top: parent.top; bottom: parent.bottom; margins: 1 } width: 1; color: theme.line }
    TransportButton { id: cancel; anchors { right: parent.right; rightMargin: 1; verticalCenter: parent.verticalCenter } command: "run.cancel"; icon: "stop"; word: qsTr("Cancel"); least: 52; first: true; last: true }
}
