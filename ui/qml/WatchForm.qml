// SPDX-License-Identifier: GPL-2.0-or-later
// Watch packets on a real kernel: which, where, on which device.
import QtQuick

FormBox {
    id: form
    readonly property var work: app.watchForm
    readonly property var problems: work.problems
    title: qsTr("Watch a real kernel")
    word: work.starting ? qsTr("Starting ...") : qsTr("Watch")
    can: !work.starting
    first: filter.input
    bad: problems[""] !== undefined && !work.starting
    status: work.starting ? work.doing + " ..." : problems[""] !== undefined ? problems[""] : qsTr("Probes are taken off when it ends (Ctrl+E).")
    function fields() {
        return { filter: filter.text, host: where.current === 1 ? host.text : "", device: device.text, drops: drops.current === 1 }
    }
    onAccepted: {
        if (where.current === 1 && host.text.trim() === "") host.input.forceActiveFocus()
        else work.start(fields())
    }
    onDismissed: work.cancel()
    Connections {
        target: app
        function onWatchRequested() {
            form.work.look()
            form.open()
        }
    }
    Connections {
        target: form.work
        function onBegun() { if (form.visible) form.close() }
    }
    FormField {
        id: filter
        width: parent.width
        label: qsTr("Filter")
        mono: true
        prompt: "udp port 7000"
        hint: qsTr("As for tcpdump. None: every packet.")
        problem: form.problems.filter !== undefined ? form.problems.filter : ""
        onEdited: form.work.edit(form.fields())
    }
    FormChoice {
        id: where
        label: qsTr("Kernel")
        options: [qsTr("This host"), qsTr("Another machine, by ssh")]
        onChosen: function(index) { current = index; form.work.edit(form.fields()) }
    }
    FormField {
        id: host
        width: parent.width
        visible: where.current === 1
        label: qsTr("Machine")
        prompt: qsTr("HOST or USER@HOST")
        hint: qsTr("As ssh takes it. The agent is copied there, and gone again afterwards.")
        problem: form.problems.host !== undefined ? form.problems.host : ""
        onEdited: form.work.edit(form.fields())
    }
    FormField {
        id: device
        width: parent.width
        label: qsTr("Device")
        prompt: qsTr("any")
        hint: qsTr("Only packets that pass this device.")
        problem: form.problems.device !== undefined ? form.problems.device : ""
        onEdited: form.work.edit(form.fields())
    }
    FormChoice {
        id: drops
        label: qsTr("Calls")
        options: [qsTr("The whole path"), qsTr("Drops alone")]
        onChosen: function(index) { current = index }
    }
}
