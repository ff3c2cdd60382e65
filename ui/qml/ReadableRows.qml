// SPDX-License-Identifier: GPL-2.0-or-later
// The real list behind a drawn pane, for screen readers: same rows, same order. It is there only while one listens.
import QtQuick

Loader {
    id: loader
    property var rows
    property string name
    anchors.fill: parent
    active: app.readers
    z: -1
    sourceComponent: ListView {
        opacity: 0
        interactive: false
        model: loader.rows
        Accessible.role: Accessible.List
        Accessible.name: loader.name
        delegate: Item {
            required property string text
            width: 100
            height: 18
            Accessible.role: Accessible.ListItem
            Accessible.name: text
        }
    }
}
