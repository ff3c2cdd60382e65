// SPDX-License-Identifier: GPL-2.0-or-later
import QtQuick
import Skbscope

Item {
    id: card
    readonly property var model: app.functionCard
    function look(right, down) { sections.contentY = Math.max(0, Math.min(sections.contentHeight - sections.height, sections.contentY + 40 * down * app.unit)) }
    function press(pinning) {}
    readonly property bool wide: width > 640 * app.unit // then the clocks stand beside the name
    readonly property real needed: title.height + place.height + sections.contentHeight + clocks.height + 24 * app.unit
    BadgeView { x: 12 * app.unit; y: 11 * app.unit; width: Math.round(21 * app.unit); height: width; letter: card.model.layer; theme: window_theme }
    property var window_theme: theme
    Say {
        id: title
        x: (card.model.layer === " " ? 12 : 41) * app.unit
        y: 8 * app.unit
        width: (card.wide && clocks.visible ? clocks.x : parent.width) - x - 8 * app.unit
        height: 27 * app.unit
        mono: true; size: 18; weight: 700
        fontSizeMode: Text.HorizontalFit
        minimumPointSize: 9 * app.unit
        text: card.model.name
    }
    Say {
        id: place
        x: 12 * app.unit
        anchors.top: title.bottom
        width: (card.wide && clocks.visible ? clocks.x : parent.width) - 20 * app.unit
        height: 19 * app.unit
        // Rich text is cut, not elided: the caller's name is a text of its own.
        readonly property var caller: card.model.calledBy === "" ? [] : qsTr("called by `%1`").arg(card.model.calledBy).split("`")
        size: 12.3
        color: theme.ink3
        text: card.model.place + (caller.length > 1 ? ", " + caller[0] : "")
        Say {
            visible: place.caller.length > 1
            x: place.implicitWidth
            width: Math.max(0, place.width - x)
            height: place.height
            mono: true; size: 12
            color: theme.ink3
            text: place.caller.length > 1 ? place.caller[1] : ""
        }
    }
    ListView {
        id: sections
        anchors { top: place.bottom; topMargin: 3 * app.unit; left: parent.left; leftMargin: 12 * app.unit; right: parent.right; rightMargin: 8 * app.unit; bottom: card.wide ? parent.bottom : clocks.top; bottomMargin: card.wide ? 4 * app.unit : 0 }
        model: card.model
        clip: true
        cacheBuffer: 0 // nothing is made ahead: a step replaces the whole list
        boundsBehavior: Flickable.StopAtBounds
        delegate: Column {
            id: section
            required property string text
            required property string id
            width: ListView.view.width
            Accessible.role: Accessible.Paragraph
            Accessible.name: section.id + ": " + app.plain(section.text)
            Say { topPadding: 5 * app.unit; size: 12; weight: 700; color: theme.ink3; text: section.id }
            Say {
                width: parent.width
                size: 13.3
                wrapMode: Text.Wrap
                textFormat: Text.RichText
                text: app.rich(section.text)
            }
        }
    }
    MoreBelow { list: sections; anchors { left: sections.left; right: sections.right; bottom: sections.bottom } }
    // What the kernel's clock measured, and what the model charges: beside each other, each under its own name.
    Row {
        id: clocks
        visible: card.model.kernelTime !== "" || card.model.modelCost !== ""
        x: card.wide ? Math.round(parent.width / 2) : 12 * app.unit
        y: card.wide ? 4 * app.unit : parent.height - height
        width: parent.width - x - 8 * app.unit
        height: visible ? Math.round(56 * app.unit) : 0
        component Clock: Item {
            id: clock
            property string label
            property string said
            visible: said !== ""
            width: card.model.kernelTime !== "" && card.model.modelCost !== "" ? clocks.width / 2 : clocks.width
            height: clocks.height
            Accessible.role: Accessible.StaticText
            Accessible.name: label + ": " + said
            Rectangle { visible: !card.wide; width: parent.width; height: 1; color: theme.line }
            Say { y: 3 * app.unit; width: parent.width; height: 14 * app.unit; size: 12; weight: 700; color: theme.ink3; text: clock.label }
            Say { y: 17 * app.unit; width: parent.width - 8 * app.unit; height: 38 * app.unit; size: 12; wrapMode: Text.Wrap; maximumLineCount: 2; verticalAlignment: Text.AlignTop; text: clock.said }
        }
        Clock { label: qsTr("Kernel's time"); said: card.model.kernelTime }
        Clock { label: qsTr("Model's cost"); said: card.model.modelCost }
    }
}
