// SPDX-License-Identifier: GPL-2.0-or-later
// The C++ of the function that runs; its TRACE_FN line is where a step into it stands.
import QtQuick
import Skbscope

Item {
    id: view
    property int at: -1 // the line that is pointed at, by pointer or keys
    // Alt+arrows: to the next line that calls something the trace shows.
    function look(right, down) {
        const step = down + right
        for (let i = at + step, n = lines.count; i >= 0 && i < n; i += step)
            if (app.source.callAt(i) >= 0) {
                at = i
                lines.positionViewAtIndex(i, ListView.Contain)
                return app.hoverCall(app.source.callAt(i))
            }
    }
    function press(pinning) {
        if (at < 0) return
        pinning ? app.pinCall(app.source.callAt(at)) : app.goToCall(app.source.callAt(at))
    }
    Say {
        anchors { fill: parent; margins: 14 * app.unit }
        visible: app.source.message !== ""
        text: app.source.message
        color: theme.ink3
        wrapMode: Text.Wrap
        verticalAlignment: Text.AlignTop
    }
    Say {
        id: file
        x: 12 * app.unit
        y: 5 * app.unit
        width: parent.width - 20 * app.unit
        visible: app.source.file !== ""
        mono: true; size: 11.5
        color: theme.ink3
        elide: Text.ElideLeft
        text: app.source.file
    }
    MoreBelow { z: 1; list: lines; anchors { left: lines.left; right: lines.right; bottom: lines.bottom } }
    ListView {
        id: lines
        anchors { left: parent.left; right: parent.right; top: file.bottom; topMargin: 3 * app.unit; bottom: parent.bottom }
        visible: app.source.message === ""
        model: app.source
        clip: true
        cacheBuffer: 0 // nothing is made ahead: a step replaces every line
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Source of the model")
        delegate: Rectangle {
            id: line
            required property int number
            required property string markup
            required property string text
            required property bool current
            required property int frame
            required property int call
            required property int index
            width: ListView.view.width
            height: Math.round(Math.max(16.9 * app.unit, words.implicitHeight)) // whole pixels: a line looks the same wherever it stands
            readonly property int indent: text.search(/\S|$/)
            color: current ? theme.nowRow : "transparent"
            border.width: current ? 1.5 : 0
            border.color: theme.nowMark
            Rectangle { anchors.fill: parent; color: "transparent"; border.width: 2; border.color: theme.ink; visible: line.frame === 2 }
            Loader { anchors.fill: parent; active: line.frame === 1; sourceComponent: DashView { color: theme.ink } }
            Accessible.role: Accessible.ListItem
            Accessible.name: number + ": " + text
            Say {
                width: 30 * app.unit
                height: Math.round(16.9 * app.unit)
                mono: true; size: 11
                horizontalAlignment: Text.AlignRight
                color: theme.ink3
                elide: Text.ElideNone
                text: line.number
            }
            Say { // half the indent, and long lines go on below their own beginning: the pane is narrow
                id: words
                x: (38 + 3.6 * line.indent) * app.unit
                width: parent.width - x - 4 * app.unit
                mono: true; size: 12
                weight: line.current ? 700 : 400
                textFormat: Text.StyledText // rich text makes a document of each line
                wrapMode: Text.WrapAtWordBoundaryOrAnywhere
                lineHeightMode: Text.FixedHeight
                lineHeight: 16.9 * app.unit
                text: line.markup.replace("$comment", theme.ink3)
            }
            MouseArea { // a line that calls something leads there
                anchors.fill: parent
                enabled: line.call >= 0
                hoverEnabled: true
                cursorShape: line.call >= 0 ? Qt.PointingHandCursor : Qt.ArrowCursor
                onEntered: { view.at = line.index; app.hoverCall(line.call) }
                onExited: { view.at = -1; app.hoverCall(-1) }
                onClicked: function(mouse) { mouse.modifiers & Qt.ControlModifier ? app.pinCall(line.call) : app.goToCall(line.call) }
            }
        }
    }
    Connections {
        target: app.source
        function onUpdated() {
            if (app.source.currentLine < 0) return
            lines.forceLayout() // the lines have other heights now
            lines.positionViewAtIndex(app.source.currentLine, ListView.Contain)
        }
        function onFunctionChanged() {
            view.at = -1
            lines.forceLayout()
            lines.positionViewAtBeginning()
        }
    }
}
