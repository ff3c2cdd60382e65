// SPDX-License-Identifier: GPL-2.0-or-later
// The scenario of a run: a field that takes a name or a path, and the bundled ones that fit what stands in it.
import QtQuick

Column {
    id: pick
    property alias input: field.input
    spacing: 6 * app.unit
    function open() {
        field.text = app.run.scenario
        filter("")
        field.input.selectAll()
    }
    // What was chosen shows all others too; what is typed narrows them.
    function filter(text) {
        const found = []
        let at = -1
        for (let i = 0; i < app.scenarios.rowCount(); ++i) {
            const index = app.scenarios.index(i, 0)
            const name = app.scenarios.data(index, Qt.UserRole), title = app.scenarios.data(index, Qt.DisplayRole)
            if (text !== "" && !(name + " " + title).toLowerCase().includes(text.toLowerCase())) continue
            if (name === field.text) at = found.length
            found.push({ name: name, title: title })
        }
        list.model = found
        list.currentIndex = at
        if (at >= 0) list.positionViewAtIndex(at, ListView.Contain)
    }
    function choose(index) {
        if (index < 0 || index >= list.count) return
        list.currentIndex = index
        field.text = list.model[index].name
        app.run.scenario = field.text
    }
    function move(by) {
        choose(Math.max(0, Math.min(list.count - 1, list.currentIndex + by)))
    }
    FormField {
        id: field
        width: parent.width
        label: qsTr("Scenario")
        prompt: qsTr("a name from the list, or the path of a .yaml file")
        problem: app.run.scenarioProblem
        hint: app.run.scenarioTitle
        onEdited: { app.run.scenario = text; pick.filter(text) }
        input.Keys.onPressed: function(event) {
            if (event.key === Qt.Key_Down) pick.move(1)
            else if (event.key === Qt.Key_Up) pick.move(-1)
            else if (event.key === Qt.Key_PageDown) pick.move(5)
            else if (event.key === Qt.Key_PageUp) pick.move(-5)
            else return
            event.accepted = true
        }
    }
    Rectangle {
        x: 104 * app.unit
        width: parent.width - x
        height: 5 * list.rowHeight + 2 + more.height
        radius: 6 * app.unit
        color: theme.panel2
        border.width: 1
        border.color: theme.line
        MoreLine { id: more; of: list }
        ListView {
            id: list
            readonly property real rowHeight: Math.round(26 * app.unit)
            x: 1; y: 1
            width: parent.width - 2
            height: 5 * rowHeight
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Bundled scenarios")
            delegate: Rectangle {
                id: entry
                required property var modelData
                required property int index
                width: ListView.view.width
                height: list.rowHeight
                radius: 5 * app.unit
                color: ListView.isCurrentItem ? theme.nowRow : "transparent"
                border.width: ListView.isCurrentItem ? 1.5 : 0
                border.color: theme.nowMark
                Accessible.role: Accessible.ListItem
                Accessible.focusable: true
                Accessible.focused: ListView.isCurrentItem
                Accessible.name: modelData.name + ": " + modelData.title
                Say { id: name; x: 10 * app.unit; height: parent.height; width: 190 * app.unit; size: 13; weight: 650; text: entry.modelData.name }
                Say { anchors { left: name.right; right: parent.right; rightMargin: 8 * app.unit } height: parent.height; size: 12.5; color: theme.ink2; text: entry.modelData.title }
                MouseArea { anchors.fill: parent; onClicked: { pick.choose(entry.index); field.input.forceActiveFocus() } }
            }
            Say { visible: list.count === 0; x: 10 * app.unit; height: list.rowHeight; size: 12.5; color: theme.ink3; text: qsTr("None of the bundled ones: it is taken for a file.") }
        }
    }
}
