// SPDX-License-Identifier: GPL-2.0-or-later
// Put the model's stack on a real tap or veth: which, with which address, and how its simulated card works.
import QtQuick

FormBox {
    id: form
    readonly property var work: app.attachForm
    readonly property var problems: work.problems
    function problem(field) { return problems[field] !== undefined ? problems[field] : "" }
    title: qsTr("Put the model on a device")
    word: work.starting ? qsTr("Starting ...") : qsTr("Attach")
    boxWidth: 720
    can: !work.starting
    first: device.input
    bad: problem("") !== "" && !work.starting
    status: work.starting ? work.doing + " ..." : problem("") !== "" ? problem("") : qsTr("The model answers there until Ctrl+E; the device is left as it was.")
    function fields() {
        return { device: device.text, address: address.text, peer: peer.text, netns: netns.text, gateway: gateway.text, mode: ["no-napi", "napi", "gro"][mode.current], cpus: cpus.text, queues: queues.text }
    }
    function edited() { work.edit(fields()) }
    onAccepted: work.start(fields())
    onDismissed: work.cancel()
    Connections {
        target: app
        function onAttachRequested() {
            form.work.look()
            form.open()
        }
    }
    Connections {
        target: form.work
        function onBegun() { if (form.visible) form.close() }
    }
    FormField {
        id: device
        width: parent.width
        label: qsTr("Device")
        mono: true
        prompt: "tap0"
        hint: qsTr("Down goes through the list. A name that no device has: a tap of that name is made, and gone afterwards.")
        problem: form.problem("device")
        onEdited: form.edited()
        input.Keys.onPressed: function(event) {
            if (event.key !== Qt.Key_Down && event.key !== Qt.Key_Up) return
            devices.choose(Math.max(0, Math.min(devices.count - 1, devices.at() + (event.key === Qt.Key_Down ? 1 : -1))))
            event.accepted = true
        }
    }
    Rectangle {
        x: 104 * app.unit
        width: parent.width - x
        height: Math.min(5 * devices.rowHeight, Math.max(devices.rowHeight, devices.contentHeight)) + 2
        radius: 6 * app.unit
        color: theme.panel2
        border.width: 1
        border.color: theme.line
        ListView {
            id: devices
            readonly property real rowHeight: Math.round(26 * app.unit)
            function at() {
                for (let i = 0; i < count; ++i) if (model[i].name === device.text) return i
                return -1
            }
            function choose(index) {
                if (index >= count) return
                device.text = model[index].name
                positionViewAtIndex(index, ListView.Contain)
                form.edited()
            }
            anchors { fill: parent; margins: 1 }
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: form.work.devices
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Devices of this machine")
            delegate: Rectangle {
                id: entry
                required property var modelData
                required property int index
                readonly property bool on: modelData.name === device.text
                width: ListView.view.width
                height: Math.max(devices.rowHeight, Math.round(says.implicitHeight + 10 * app.unit)) // a reason is said whole
                radius: 5 * app.unit
                color: on ? theme.nowRow : "transparent"
                border.width: on ? 1.5 : 0
                border.color: theme.nowMark
                Accessible.role: Accessible.ListItem
                Accessible.focusable: true
                Accessible.focused: ListView.isCurrentItem
                Accessible.name: modelData.name + ", " + modelData.kind + ", " + modelData.state + (modelData.problem !== "" ? ", " + modelData.problem : "")
                Say { id: name; x: 10 * app.unit; width: 110 * app.unit; height: parent.height; mono: true; size: 13; weight: 600; color: entry.modelData.problem === "" ? theme.ink : theme.ink3; text: entry.modelData.name }
                Say { id: kind; anchors.left: name.right; width: 76 * app.unit; height: parent.height; size: 12.5; color: theme.ink2; text: entry.modelData.kind }
                Say {
                    id: says
                    anchors { left: kind.right; right: parent.right; rightMargin: 8 * app.unit }
                    height: parent.height
                    size: 12.5
                    wrapMode: Text.Wrap
                    elide: Text.ElideNone
                    textFormat: Text.PlainText
                    color: entry.modelData.problem === "" ? theme.ink2 : theme.ink3
                    text: entry.modelData.problem === "" ? entry.modelData.state : entry.modelData.problem
                }
                MouseArea { anchors.fill: parent; onClicked: { devices.choose(entry.index); device.input.forceActiveFocus() } }
            }
            Say { visible: devices.count === 0; x: 10 * app.unit; height: devices.rowHeight; size: 12.5; color: theme.ink3; text: qsTr("No device was found.") }
        }
        MoreBelow { list: devices; anchors { left: devices.left; right: devices.right; bottom: devices.bottom } }
    }
    FormField { id: address; width: parent.width; label: qsTr("Address"); mono: true; prompt: "10.9.0.2/24"; hint: qsTr("The model's, with the length of its prefix."); problem: form.problem("address"); onEdited: form.edited() }
    FormChoice { id: mode; label: qsTr("Card"); options: [qsTr("An interrupt a packet"), "NAPI", qsTr("NAPI with GRO")]; current: 2; onChosen: function(index) { current = index } }
    Row {
        width: parent.width
        spacing: 16 * app.unit
        FormField { id: cpus; width: 200 * app.unit; label: qsTr("CPUs"); text: "1"; problem: form.problem("cpus"); onEdited: form.edited() }
        FormField { id: queues; width: 200 * app.unit; labelWidth: 60; label: qsTr("Queues"); text: "1"; problem: form.problem("queues"); onEdited: form.edited() }
    }
    FormField { id: gateway; width: parent.width; label: qsTr("Gateway"); mono: true; prompt: qsTr("none"); problem: form.problem("gateway"); onEdited: form.edited() }
    FormField { id: peer; width: parent.width; label: qsTr("Host's end"); mono: true; prompt: "10.9.0.1/24"; hint: qsTr("Of a tap that is made here: this machine's address on it."); problem: form.problem("peer"); onEdited: form.edited() }
    FormField { id: netns; width: parent.width; label: qsTr("Namespace"); mono: true; prompt: qsTr("this one"); hint: qsTr("A name of ip netns, where the device is."); problem: form.problem("netns"); onEdited: form.edited() }
}
