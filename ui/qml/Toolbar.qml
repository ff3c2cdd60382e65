// SPDX-License-Identifier: GPL-2.0-or-later
import QtQuick

Rectangle {
    id: bar
    color: theme.panel
    readonly property bool roomy: width / app.unit > 1560
    readonly property bool airy: width / app.unit > 1720
    readonly property bool wideEnough: width / app.unit > 1330 // else keys and palette have them
    readonly property bool tight: width / app.unit < 1120 // then words without their keys, which the tips say
    // Where the steps' buttons stand, in the middle unless the right side needs the room; what is left of them has all the rest.
    readonly property real stepsAt: Math.min((width - steps.width) / 2 + 10 * app.unit, tools.x - steps.width - 14 * app.unit)
    readonly property real leftRoom: stepsAt - left.x - 14 * app.unit
    Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: theme.line }
    Row {
        id: left
        x: 12 * app.unit
        height: parent.height
        spacing: 14 * app.unit
        Say { anchors.verticalCenter: parent.verticalCenter; size: 16; weight: 700; text: "skbscope"; visible: bar.roomy }
        ScenarioChooser {
            anchors.verticalCenter: parent.verticalCenter
            visible: !app.live.running && !app.run.running
            room: bar.leftRoom - x - (run.visible ? run.width + left.spacing : 0)
        }
        ToolButton { id: run; anchors.verticalCenter: parent.verticalCenter; visible: bar.leftRoom > 250 * app.unit && !app.live.running && !app.run.running; command: "run.open"; word: qsTr("Run"); key: bar.airy ? "F9" : "" }
        RunBox { anchors.verticalCenter: parent.verticalCenter; visible: app.run.running }
        LiveBox { anchors.verticalCenter: parent.verticalCenter; visible: app.live.running; room: bar.leftRoom - x }
    }
    Row {
        id: steps
        x: Math.max(left.x + left.width + 14 * app.unit, bar.stepsAt)
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4 * app.unit
        component Group: Rectangle {
            default property alias buttons: inner.data
            width: inner.width + 2
            height: Math.round(45 * app.unit) + 2
            radius: 8 * app.unit
            color: theme.panel
            Row { id: inner; x: 1; y: 1; height: parent.height - 2 }
            Rectangle { anchors.fill: parent; z: 1; radius: parent.radius; color: "transparent"; border.width: 1; border.color: theme.lineS }
        }
        component Side: Rectangle {
            property string word
            property bool first: false // else the last one of its group
            width: Math.round(17 * app.unit)
            height: Math.round(45 * app.unit)
            radius: 7 * app.unit
            color: theme.panel2
            Rectangle { x: parent.first ? parent.width - width : 0; width: parent.width / 2; height: parent.height; color: parent.color }
            Say { anchors.centerIn: parent; rotation: -90; size: 10.3; weight: 600; color: theme.ink3; text: parent.word }
        }
        Group { TransportButton { command: "step.first"; icon: "first"; word: qsTr("Start"); least: 42; first: true; last: true } }
        Group {
            Side { word: qsTr("Back"); first: true }
            TransportButton { command: "step.back.out"; icon: "out"; word: qsTr("Out") }
            TransportButton { command: "step.back.over"; icon: "over"; word: qsTr("Over"); mirrored: true }
            TransportButton { command: "step.back.into"; icon: "into"; word: qsTr("Into"); last: true }
        }
        Group {
            TransportButton { command: "step.into"; icon: "into"; word: qsTr("Into"); primary: true; first: true }
            TransportButton { command: "step.over"; icon: "over"; word: qsTr("Over") }
            TransportButton { command: "step.out"; icon: "out"; word: qsTr("Out"); last: true }
            Side { word: qsTr("Forward") }
        }
        Group { TransportButton { command: "step.last"; icon: "last"; word: qsTr("End"); least: 42; first: true; last: true } }
        Group {
            TransportButton {
                command: "play.toggle"
                icon: app.player.playing ? "pause" : "play"
                word: app.player.playing ? qsTr("Pause") : qsTr("Play")
                first: true
                last: true
            }
        }
        Item { width: 6 * app.unit; height: 1 }
        SpeedSlider { anchors.verticalCenter: parent.verticalCenter; visible: bar.roomy }
    }
    Row {
        id: tools
        anchors { right: parent.right; rightMargin: 12 * app.unit; verticalCenter: parent.verticalCenter }
        spacing: 10 * app.unit
        ToolButton { command: "palette.open"; word: bar.tight ? qsTr("Find") : qsTr("Find or run"); key: bar.tight ? "" : "Ctrl K" }
        ToolButton { visible: bar.width / app.unit > 1040; command: "gate.ask"; word: qsTr("Predict"); key: bar.tight ? "" : "Q" }
        ToolButton { visible: bar.wideEnough; command: "lesson.open"; word: qsTr("Lessons"); key: bar.airy ? "Ctrl L" : "" }
        ToolButton { command: "view.theme"; icon: "theme" }
        ToolButton { command: "help.keys"; word: bar.tight ? "" : qsTr("Keys"); key: "?" }
    }
}
