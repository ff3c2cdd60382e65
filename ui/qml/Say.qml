// SPDX-License-Identifier: GPL-2.0-or-later
// A piece of text in the window's own type, in design pixels.
import QtQuick

Text {
    property real size: 13
    property bool mono: false
    property int weight: 400
    color: theme.ink
    font.family: mono ? theme.mono : theme.sans
    font.pointSize: Math.max(1, size * app.unit * 0.75)
    font.weight: weight
    font.hintingPreference: Font.PreferNoHinting
    elide: Text.ElideRight
    verticalAlignment: Text.AlignVCenter
}
