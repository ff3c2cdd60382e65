// SPDX-License-Identifier: GPL-2.0-or-later
// The sk_buff as memory: where head, data, tail and end point, what lies between them, which pointer moved last.
#pragma once

#include "ui/models/decode.h"
#include "ui/models/moment.h"
#include "ui/models/pane_model.h"

namespace skbscope::ui {

struct MemorySegment {
    enum State : quint8 {
        freeRoom,  // head- and tailroom
        inPacket,  // between data and tail
        passed,    // a header that was read: in memory, no longer in the packet
        unwritten, // room taken, bytes not there yet
    };
    QString name; // "IPv4"; empty for free room
    char layer = 'A';
    int from = 0, to = 0; // bytes from head
    State state = freeRoom;
    [[nodiscard]] int length() const { return to - from; }
};

// Another sk_buff on the same buffer.
struct MemorySharer {
    trace::PacketId packet = trace::no_packet;
    int data = 0, tail = 0; // bytes from head
    quint32 len = 0;
};

// An sk_buff on the frag_list.
struct MemoryChained {
    trace::PacketId packet = trace::no_packet;
    quint32 len = 0;
};

struct MemoryField {
    QString name, value, before; // before: what it was one step ago, when it changed in this step
};

struct MemoryMap {
    bool present = false; // false: there is no sk_buff at this step
    bool freed = false;
    QString absence; // why there is nothing to draw
    trace::PacketId packet = trace::no_packet;
    trace::Snapshot skb{};
    std::vector<MemorySegment> segments; // 0 .. end, without holes
    std::optional<PointerMove> move = {};
    std::vector<MemorySegment> segmentsBefore = {}; // the same buffer before that move; empty: it was another one
    bool moveIsNow = false;                         // it happened in this very step
    quint32 moveCallsAgo = 0;
    int sharedInfo = 0;         // bytes of skb_shared_info behind end, 0: not known
    std::vector<quint32> frags; // sizes, as far as they are known
    bool fragsInferred = false; // some size follows from how data_len grew
    std::vector<MemorySharer> sharers = {};
    quint32 fragListBytes = 0;             // in chained sk_buffs; 0: no frag_list, or its size is not known
    std::vector<MemoryChained> chain = {}; // empty: which sk_buffs they are was not recorded
    quint32 merged = 0;                    // frames that GRO put into it so far
    Owner owner = {};
    std::vector<MemoryField> fields;
    std::optional<trace::RowMark> mark = {}; // how the sides compare here
    QString agreement;                       // "both sides agree"
};

[[nodiscard]] MemoryMap memoryMapAt(const TraceDocument &document, quint32 step, SideKind side);
[[nodiscard]] std::vector<MemorySegment> memorySegments(const trace::PacketState &packet);
// What hangs on the buffer beside its own bytes: clones, pages, chained sk_buffs; and who has it.
void addCompanions(MemoryMap &map, const Moment &moment);
// "2 frags of 200 bytes"; one phrase a thing, for screen readers and for the drawing's captions.
[[nodiscard]] QStringList companionWords(const MemoryMap &map);
[[nodiscard]] QString ownerWords(const MemoryMap &map); // "b backlog, 1 of 1,000 in it; charged to socket ..."
// "pull 14: data 2 → 16, by skb_pull_inline() in eth_type_trans, 15 calls ago"; markup. Without `by` only what and
// when.
[[nodiscard]] QString moveSentence(const MemoryMap &map, bool by = true);

class MemoryMapModel : public PaneModel {
    Q_OBJECT
    Q_PROPERTY(QString agreement READ agreement NOTIFY updated)
    Q_PROPERTY(int mark READ mark NOTIFY updated)

public:
    explicit MemoryMapModel(Selection *selection, QObject *parent = nullptr);
    [[nodiscard]] const MemoryMap &map() const { return map_; }
    [[nodiscard]] const MemoryMap &before() const { return before_; } // one selection ago: where animations start
    [[nodiscard]] QString agreement() const { return map_.agreement; }
    [[nodiscard]] int mark() const { return map_.mark ? int(*map_.mark) : -1; }

private:
    void update();
    Selection *selection_;
    MemoryMap map_, before_;
};

} // namespace skbscope::ui
