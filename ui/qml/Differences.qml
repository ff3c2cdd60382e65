// SPDX-License-Identifier: GPL-2.0-or-later
// Every difference between model and kernel, by its reason. Enter goes there in all panes and the list stays; it leaves
// the calls in sight. Esc closes.
import QtQuick

Item {
    id: panel
    visible: false
    z: 104
    property real highest: 0
    property real lowest: height
    property real taken: 0 // by a lesson, on the left: the calls stand further to the right then
    function open() {
        visible = true
        app.modal = true
        app.differences.open = true
        field.text = app.differences.query
        // the worst stand at the top: the view begins there, at the call that is looked at only if that is in sight, too
        const here = app.differences.currentLine()
        list.currentIndex = here <= list.page ? here : 1
        list.positionViewAtBeginning()
        list.forceActiveFocus()
    }
    function close() {
        visible = false
        app.modal = false
        app.differences.open = false
    }
    Connections {
        target: app
        function onDifferencesRequested() { panel.open() }
    }
    MouseArea { anchors.fill: parent; hoverEnabled: true; onClicked: panel.close(); onWheel: function(wheel) { wheel.accepted = true } }
    Rectangle {
        id: box
        anchors { right: parent.right; rightMargin: 6 * app.unit }
        y: panel.highest
        width: Math.min(820 * app.unit, (parent.width - panel.taken) * 0.58)
        height: panel.lowest - panel.highest
        radius: 9 * app.unit
        color: theme.panel
        border.width: 2
        border.color: theme.ink
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Differences between %1").arg(app.session.sideWords.join(qsTr(" and ")))
        Accessible.description: app.differences.headline.replace(/[*`]/g, "")
        Keys.onPressed: function(event) {
            if (event.key !== Qt.Key_Escape) return
            panel.close()
            event.accepted = true
        }
        MouseArea { anchors.fill: parent }
        Say { id: name; x: 14 * app.unit; y: 9 * app.unit; height: 24 * app.unit; size: 14; weight: 700; text: qsTr("Differences") }
        Say {
            anchors { left: name.right; leftMargin: 12 * app.unit; right: parent.right; rightMargin: 14 * app.unit }
            y: 9 * app.unit
            height: 24 * app.unit
            size: 12.5
            color: theme.ink3
            horizontalAlignment: Text.AlignRight
            text: app.differences.found + " · " + qsTr("Enter goes there · Esc closes")
        }
        Say { id: measure; visible: false; size: 13.3; textFormat: Text.RichText; text: headline.text }
        Say {
            id: headline
            x: 14 * app.unit
            y: 33 * app.unit
            width: parent.width - 28 * app.unit
            height: 22 * app.unit
            size: 13.3 * Math.max(0.85, Math.min(1, width / Math.max(1, measure.implicitWidth))) // rich text has no fit of its own
            textFormat: Text.RichText
            text: app.rich(app.differences.headline)
        }
        Field {
            id: field
            x: 12 * app.unit
            y: 60 * app.unit
            width: parent.width - 24 * app.unit
            prompt: qsTr("Filter: function, reason, value, host, context")
            onTextChanged: {
                app.differences.query = text
                list.currentIndex = Math.min(1, list.count - 1)
            }
            input.KeyNavigation.tab: kinds
            input.KeyNavigation.backtab: list
            input.Keys.onPressed: function(event) {
                if (event.key === Qt.Key_Down && list.count > 0) list.forceActiveFocus()
                else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) list.choose(list.currentIndex)
                else return
                event.accepted = true
            }
        }
        DifferenceKinds {
            id: kinds
            x: 12 * app.unit
            y: field.y + field.height + 8 * app.unit
            width: parent.width - 24 * app.unit
            KeyNavigation.tab: list
            KeyNavigation.backtab: field.input
        }
        ListView {
            id: list
            x: 8 * app.unit
            y: kinds.y + kinds.height + 8 * app.unit
            width: parent.width - 16 * app.unit
            height: Math.floor((why.y - 8 * app.unit - y) / rowHeight) * rowHeight // whole rows
            readonly property real rowHeight: Math.round(26 * app.unit)
            readonly property int page: Math.max(1, Math.floor(height / rowHeight) - 1)
            model: app.differences
            clip: true
            cacheBuffer: 0
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            highlightFollowsCurrentItem: true
            KeyNavigation.tab: field.input
            KeyNavigation.backtab: kinds
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Differences by reason")
            function choose(line) {
                if (line < 0 || line >= count) return
                currentIndex = line
                app.differences.choose(line)
            }
            function fold(closed) {
                const head = app.differences.headOf(currentIndex)
                if (head < 0) return
                if (itemAtIndex(head) === null) positionViewAtIndex(head, ListView.Contain)
                currentIndex = head
                if (currentItem && currentItem.folded !== closed) app.differences.toggleFold(head)
            }
            Keys.onPressed: function(event) {
                if (event.key === Qt.Key_Up && currentIndex <= 0) field.input.forceActiveFocus()
                else if (event.key === Qt.Key_Up) --currentIndex
                else if (event.key === Qt.Key_Down) currentIndex = Math.min(count - 1, currentIndex + 1)
                else if (event.key === Qt.Key_PageDown) currentIndex = Math.min(count - 1, currentIndex + page)
                else if (event.key === Qt.Key_PageUp) currentIndex = Math.max(0, currentIndex - page)
                else if (event.key === Qt.Key_Home) currentIndex = 0
                else if (event.key === Qt.Key_End) currentIndex = count - 1
                else if (event.key === Qt.Key_Left) fold(true)
                else if (event.key === Qt.Key_Right) fold(false)
                else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter || event.key === Qt.Key_Space) choose(currentIndex)
                else return
                event.accepted = true
            }
            delegate: DifferenceRow {
                width: ListView.view.width
                height: list.rowHeight
                focused: ListView.isCurrentItem && list.activeFocus
                onChosen: { list.forceActiveFocus(); list.choose(index) }
            }
            Say { visible: list.count === 0; x: 14 * app.unit; height: list.rowHeight; size: 13.3; color: theme.ink2; text: app.differences.nothing }
        }
        Say { // of the one under the keys, whole and with what proves it
            id: why
            readonly property var item: list.currentItem
            x: 14 * app.unit
            y: parent.height - height - 8 * app.unit
            width: parent.width - 28 * app.unit
            height: 54 * app.unit
            size: 12.5
            color: theme.ink2
            wrapMode: Text.Wrap
            maximumLineCount: 3
            verticalAlignment: Text.AlignTop
            text: !item || item.head ? qsTr("Left and Right fold a reason, Tab goes to the filter and the kinds.") : item.title + ": " + item.sentence + "." + (item.evidence === "" ? "" : " " + qsTr("Evidence: %1").arg(item.evidence))
        }
        Rectangle { x: 14 * app.unit; y: why.y - 4 * app.unit; width: parent.width - 28 * app.unit; height: 1; color: theme.line }
    }
}
