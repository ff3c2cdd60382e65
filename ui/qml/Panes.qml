// SPDX-License-Identifier: GPL-2.0-or-later
// Where each pane stands. Three columns on a wide window, two on a narrower one, tabs where nothing else fits; panes that
// share a place become its tabs.
import QtQuick
import Skbscope

Item {
    id: panes
    readonly property real u: app.unit
    readonly property real gap: 6 * u
    readonly property real wide: width / u       // design pixels
    readonly property real high: height / u
    readonly property string kind: wide >= 1480 ? "columns" : wide >= (narrow ? 1050 : 1180) ? "two" : "tabs"
    property bool narrow: false // a lesson stands beside
    readonly property real callsWidth: calls.width
    readonly property var titles: ({calls: qsTr("Calls"), stack: qsTr("Stack"), memory: "sk_buff", bytes: qsTr("Bytes ⇄ headers"), card: qsTr("Function"), source: qsTr("Source")})
    property var chosen: app.firstTabs() // by place
    property var below // the pane under all these, last in the order of F6
    readonly property var order: [calls, stack, memory, bytes, card, source, below]

    // place -> {x, y, w, h, panes}
    readonly property var places: kind === "columns" ? columns() : kind === "two" ? two() : one()
    // The heights of stack and sk_buff, one above the other; memory 0: no room, it becomes a tab. The map of all hosts needs
    // the higher one.
    function heights(enough) {
        if (high >= enough) return {stack: 294, memory: 230}
        return high >= 590 && app.map.zoom !== 0 ? {stack: 232, memory: 198} : {stack: 294, memory: 0}
    }
    // Below each other from the top; `last` are the tabs of the place that takes the rest.
    function stacked(out, x, w, tall, last) {
        out.top = {x: x, y: 0, w: w, h: tall.stack, panes: ["stack"]}
        const y = tall.stack + 6, rest = y + (tall.memory > 0 ? tall.memory + 6 : 0)
        if (tall.memory > 0) out.memory = {x: x, y: y, w: w, h: tall.memory, panes: ["memory"]}
        out.middle = {x: x, y: rest, w: w, h: high - rest, panes: tall.memory > 0 ? last : ["memory"].concat(last)}
        return out
    }
    function columns() {
        const extra = Math.max(0, wide - 1588)
        const callsWide = Math.min(640, 640 + (wide - 1588)) + Math.min(extra, 160)
        const middle = 606, right = wide - callsWide - middle - 12
        const mx = callsWide + 6, rx = mx + middle + 6
        const out = {left: {x: 0, y: 0, w: callsWide, h: high, panes: ["calls"]},
                     card: {x: rx, y: 0, w: right, h: Math.min(Math.max(390, high * 0.44), high * 0.55), panes: ["card"]}}
        out.source = {x: rx, y: out.card.h + 6, w: right, h: high - out.card.h - 6, panes: ["source"]}
        return stacked(out, mx, middle, heights(640), ["bytes"])
    }
    function two() {
        const left = wide * 0.42, x = left + 6
        return stacked({left: {x: 0, y: 0, w: left, h: high, panes: ["calls"]}}, x, wide - x, heights(760), ["bytes", "card", "source"])
    }
    function one() { return {all: {x: 0, y: 0, w: wide, h: high, panes: ["calls", "stack", "memory", "bytes", "card", "source"]}} }

    function placeOf(name) {
        for (const key in places)
            if (places[key].panes.indexOf(name) >= 0) return key
        return ""
    }
    function currentOf(key) {
        const here = places[key].panes
        return here.indexOf(chosen[key]) >= 0 ? chosen[key] : here[0]
    }
    function choose(name) {
        if (placeOf(name) === "") return
        const next = Object.assign({}, chosen)
        next[placeOf(name)] = name
        chosen = next
        app.keepTabs(next)
    }
    // Without a focus the calls have it: there is always somewhere to look.
    function focused() {
        const at = order.find(p => p.activeFocus)
        return at ? at : calls
    }
    // F6: the next pane, bringing it to the front of its place.
    function nextPane(direction) {
        let at = order.findIndex(p => p.activeFocus)
        at = at < 0 ? (direction > 0 ? 0 : order.length - 1) : (at + direction + order.length) % order.length
        choose(order[at].name)
        order[at].forceActiveFocus(Qt.TabFocusReason)
    }
    Connections {
        target: app
        enabled: panes.visible
        function onPaneRequested(direction) { panes.nextPane(direction) }
        function onPaneShown(name) { panes.choose(name) }
        function onLookRequested(right, down) { panes.focused().view.look(right, down) }
        function onPressRequested(pinning) { panes.focused().view.press(pinning) }
    }

    component Place: Pane {
        id: place
        readonly property string key: { panes.places; return panes.placeOf(name) }
        readonly property var rect: panes.places[key]
        title: panes.titles[name]
        x: Math.round(rect.x * panes.u); y: Math.round(rect.y * panes.u)
        width: Math.round((rect.x + rect.w) * panes.u) - x
        height: Math.round((rect.y + rect.h) * panes.u) - y
        visible: panes.currentOf(key) === name
        tabs: rect.panes.length < 2 ? [] : rect.panes.map(n => ({name: n, title: panes.titles[n]}))
        onTabChosen: function(name) { panes.choose(name) }
    }
    component Told: Item { // shows the view's tip beside what it belongs to
        required property var view
        Connections {
            target: view
            function onHovered() { win.showTip(view.tip, view, view.tipAt.x, view.tipAt.y) }
        }
    }

    Place {
        id: calls
        name: "calls"
        question: app.session.hasModel && app.session.hasKernel ? qsTr("Where are we, and do %1?").arg(app.session.agreeWords) : qsTr("Where are we?")
        view: callsView
        headRight: Row {
            anchors.verticalCenter: parent ? parent.verticalCenter : undefined
            readonly property bool both: app.session.hasModel && app.session.hasKernel
            spacing: 6 * app.unit
            WordButton { command: "filter.open"; word: qsTr("Filter"); key: "/" }
            WordButton { visible: parent.both; command: "difference.next"; word: qsTr("Next difference"); key: "D" }
            WordButton { visible: parent.both; command: "difference.list"; word: qsTr("All"); key: "Ctrl D" }
        }
        FilterBox { id: filterBox; width: parent.width; onFinished: calls.forceActiveFocus() }
        CallsView { id: callsView; anchors { left: parent.left; right: parent.right; top: filterBox.bottom; bottom: parent.bottom } controller: app }
        ReadableRows { rows: app.calls; name: qsTr("Calls") }
        Told { view: callsView }
    }
    Place {
        id: stack
        name: "stack"
        question: qsTr("Which layer has the packet, and who runs it?")
        view: stackView
        headRight: Row {
            anchors.verticalCenter: parent ? parent.verticalCenter : undefined
            spacing: 6 * app.unit
            Switch {
                options: [qsTr("all"), qsTr("way"), qsTr("layer")]
                current: app.map.zoom
                onChosen: function(index) { app.map.zoom = index }
            }
            Switch {
                visible: app.session.hasModel && app.session.hasKernel
                options: app.session.sideWords
                current: app.selection.kernelSide ? 1 : 0
                onChosen: function(index) { if (index !== current) app.trigger("side.toggle") }
            }
        }
        StackView { id: stackView; anchors.fill: parent; controller: app }
        ReadableRows { rows: app.map.zoom === 1 ? app.stack : app.map; name: qsTr("Stations") }
        Told { view: stackView }
    }
    Place {
        id: memory
        name: "memory"
        question: qsTr("Which bytes are the packet now?")
        view: memoryView
        headRight: Row {
            anchors.verticalCenter: parent ? parent.verticalCenter : undefined
            spacing: 5 * app.unit
            MarkView { anchors.verticalCenter: parent.verticalCenter; width: Math.round(14 * app.unit); height: width; mark: app.memory.mark; theme: panes.colours }
            Say { size: 12; weight: 500; color: theme.ink2; text: app.memory.agreement; width: Math.min(implicitWidth, memory.tabs.length > 1 ? 250 * app.unit : memory.width - 120 * app.unit) }
        }
        MemoryView { id: memoryView; anchors.fill: parent; controller: app }
        ReadableRows { rows: app.memory; name: "sk_buff" }
        Told { view: memoryView }
    }
    readonly property var colours: theme
    Place {
        id: bytes
        name: "bytes"
        question: qsTr("What does this byte mean?")
        view: bytesView
        headRight: Row {
            anchors.verticalCenter: parent ? parent.verticalCenter : undefined
            spacing: 6 * app.unit
            Say { anchors.verticalCenter: parent.verticalCenter; size: 12; weight: 500; color: theme.ink2; text: app.bytes.note }
            Switch {
                anchors.verticalCenter: parent.verticalCenter
                visible: app.session.hasModel && app.session.hasKernel
                options: app.session.sideWords
                current: app.selection.kernelSide ? 1 : 0
                onChosen: function(index) { if (index !== current) app.trigger("side.toggle") }
            }
        }
        BytesView { id: bytesView; anchors.fill: parent; controller: app }
        ReadableRows { rows: app.bytes; name: qsTr("Bytes") }
        Told { view: bytesView }
    }
    Place {
        id: card
        name: "card"
        question: qsTr("What is it for, why now?")
        view: cardView
        framed: app.functionCard.frame
        FunctionCard { id: cardView; anchors.fill: parent }
    }
    Place {
        id: source
        name: "source"
        question: qsTr("How is it done?")
        headRight: Say { height: parent ? parent.height : 0; size: 12; color: theme.ink2; text: qsTr("model C++") }
        view: sourceView
        SourceView { id: sourceView; anchors.fill: parent }
    }
}
