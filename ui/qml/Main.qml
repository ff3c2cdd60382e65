// SPDX-License-Identifier: GPL-2.0-or-later
import QtQuick
import QtQuick.Window
import Skbscope

Window {
    id: win
    visible: true
    minimumWidth: 900
    minimumHeight: 620
    color: theme.bg
    title: "skbscope: " + app.scenarioName + (app.unsaved ? " " + qsTr("(not saved)") : "")
    onClosing: function(close) { close.accepted = app.files.mayClose() }
    Connections {
        target: app.files
        function onCloseAllowed() { win.close() }
    }
    readonly property real u: app.unit
    readonly property real edge: Math.round(6 * u)
    readonly property bool low: height / u < 940 // design pixels: banner and timeline leave the room to the panes

    function showTip(text, item, x, y) {
        tip.text = text
        if (text === "") return
        const at = item.mapToItem(win.contentItem, x, y)
        tip.x = Math.max(4, Math.min(at.x, win.width - tip.width - 4))
        tip.y = at.y + 4 + tip.height > win.height ? at.y - tip.height - 26 * u : at.y + 4
    }

    Banner { // what a screen reader reads first
        id: banner
        visible: !app.present.on
        x: edge
        y: toolbar.height + edge
        width: parent.width - 2 * edge
        low: win.low
        height: Math.round((low ? 44 : 74) * u)
    }
    Toolbar {
        id: toolbar
        visible: !app.present.on
        width: parent.width
        height: Math.round(54 * u)
    }
    Panes {
        id: panes
        visible: !app.present.on
        below: timeline
        x: edge + lesson.taken
        y: banner.y + banner.height + edge
        width: parent.width - edge - x
        height: timeline.y - edge - y
        narrow: lesson.taken > 0
    }
    LessonPane {
        id: lesson
        readonly property real taken: visible ? width + edge : 0
        x: edge
        y: panes.y
        width: Math.round(340 * u)
        height: panes.height
    }
    FocusScope {
        id: timeline
        visible: !app.present.on
        readonly property string name: "timeline"
        readonly property var view: timelineView
        activeFocusOnTab: true
        x: edge
        y: status.y - edge - height
        width: parent.width - 2 * edge
        height: Math.round((win.low ? 96 : 134) * u)
        Accessible.role: Accessible.Pane
        Accessible.name: qsTr("Timeline")
        Accessible.description: qsTr("When, and what is still to come?")
        Rectangle {
            anchors.fill: parent
            radius: 7 * u
            color: theme.panel
            border.width: 1
            border.color: theme.line
        }
        TimelineView {
            id: timelineView
            anchors { fill: parent; margins: 1 }
            controller: app
            onHovered: win.showTip(timelineView.tip, timelineView, timelineView.tipAt.x, timelineView.tipAt.y)
        }
        ReadableRows { rows: app.timeline; name: qsTr("What happened") }
        Rectangle { // the focus ring
            anchors.fill: parent
            radius: 7 * u
            color: "transparent"
            border.width: 2
            border.color: theme.ink
            visible: timeline.activeFocus
        }
        MouseArea { // a click anywhere takes the focus and goes on to what lies below
            anchors.fill: parent
            z: 1
            onPressed: function(mouse) { timeline.forceActiveFocus(Qt.MouseFocusReason); mouse.accepted = false }
        }
    }
    StatusBar {
        id: status
        visible: !app.present.on
        y: parent.height - height
        width: parent.width
        height: Math.round(24 * u)
    }
    Loader { // made when it is first needed: two more panes cost every step
        id: presentation
        anchors.fill: parent
        active: app.present.on
        source: "Presentation.qml"
        z: 40
    }
    Rectangle {
        id: tip
        property alias text: tipText.text
        visible: text !== ""
        z: 50
        width: tipText.width + 16 * u
        height: tipText.height + 8 * u
        radius: 4 * u
        color: theme.ink
        Say {
            id: tipText
            x: 8 * u
            y: 4 * u
            width: Math.min(implicitWidth, 520 * u)
            size: 12.5
            color: theme.panel
            wrapMode: Text.Wrap
            elide: Text.ElideNone
        }
    }
    Notice {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: app.replay.notice !== "" && !stopList.visible
        y: win.height - (app.present.on ? 86 * app.present.pixel : 4 * u) - height // off the panes, which hold what it is about
    }
    FindBar {
        x: panes.x + 1 // over the legend and the heads of the calls
        y: panes.y + 29 * u
        width: panes.callsWidth - 2
    }
    LessonOffer { anchors { right: parent.right; rightMargin: edge } y: timeline.y - height - 10 * u }
    LessonList { anchors.fill: parent }
    Gate { anchors.fill: parent }
    SaveBox { anchors.fill: parent; from: banner.y + banner.height + edge + 60 * u }
    KeyHelp { anchors.fill: parent }
    Breakpoints { id: stopList; anchors.fill: parent; lowest: timeline.y - edge }
    Differences { anchors.fill: parent; highest: banner.y + banner.height + edge; lowest: timeline.y - edge; taken: lesson.taken }
    Picker { anchors.fill: parent }
    FileChooser { anchors.fill: parent }
    Question { anchors.fill: parent }
    DropShade { anchors.fill: parent }
    RunForm { anchors.fill: parent }
    AttachForm { anchors.fill: parent }
    WatchForm { anchors.fill: parent }
    Rectangle { // nothing to look at but the lecturer
        anchors.fill: parent
        z: 200
        visible: app.present.blank !== 0
        color: app.present.blank === 2 ? "white" : "black"
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("The screen is blank: any key shows it again")
        MouseArea { anchors.fill: parent; cursorShape: Qt.BlankCursor; onClicked: app.trigger("present.show") }
    }
}
