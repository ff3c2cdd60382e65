// SPDX-License-Identifier: GPL-2.0-or-later
// How many calls a second Play makes.
import QtQuick

Item {
    id: slider
    readonly property int least: 1
    readonly property int most: 10
    width: 132 * app.unit
    height: 40 * app.unit
    Accessible.role: Accessible.Slider
    Accessible.name: words.text
    Accessible.onIncreaseAction: app.trigger("play.faster")
    Accessible.onDecreaseAction: app.trigger("play.slower")
    Say { id: words; y: 2 * app.unit; size: 12; color: theme.ink2; text: app.player.speed === 1 ? qsTr("1 call a second") : qsTr("%1 calls a second").arg(app.player.speed) }
    Item {
        id: track
        y: 21 * app.unit
        width: parent.width
        height: 14 * app.unit
        readonly property real span: width - 12 * app.unit
        readonly property real at: 6 * app.unit + span * (app.player.speed - slider.least) / (slider.most - slider.least)
        Rectangle { x: 2; width: parent.width - 4; height: 3 * app.unit; radius: height / 2; color: theme.lineS; anchors.verticalCenter: parent.verticalCenter }
        Rectangle { x: 2; width: track.at; height: 3 * app.unit; radius: height / 2; color: theme.ink; anchors.verticalCenter: parent.verticalCenter }
        Rectangle {
            width: 12 * app.unit; height: width; radius: width / 2
            x: track.at - width / 2
            anchors.verticalCenter: parent.verticalCenter
            color: theme.panel
            border.width: 2.2 * app.unit
            border.color: theme.ink
        }
    }
    MouseArea {
        anchors.fill: parent
        function set(x) {
            const share = (x - 6 * app.unit) / track.span
            app.player.speed = Math.round(slider.least + share * (slider.most - slider.least))
        }
        onPressed: function(mouse) { set(mouse.x) }
        onPositionChanged: function(mouse) { set(mouse.x) }
    }
}
