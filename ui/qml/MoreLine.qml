// SPDX-License-Identifier: GPL-2.0-or-later
// Under a list of whole rows that is longer than its place: says that it goes on. A short list takes no room for it.
import QtQuick

Item {
    id: more
    required property ListView of
    readonly property bool goesOn: of.contentHeight > of.height + 1
    x: of.x
    y: of.y + of.height
    width: of.width
    height: goesOn ? Math.round(18 * app.unit) : 0
    Say { anchors.centerIn: parent; size: 11.5; color: theme.ink3; visible: more.goesOn && !more.of.atYEnd; text: qsTr("more below ▾") }
}
