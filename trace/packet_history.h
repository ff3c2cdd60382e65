// SPDX-License-Identifier: GPL-2.0-or-later
// The past of any packet of a side. What is kept of all packets is where their records are and who was cloned from
// whom; the past of a family is made when it is asked for, and the families asked for last are kept. Internal to
// trace/.
#pragma once

#include "trace/family_history.h"

#include <list>
#include <mutex>

namespace skbscope::trace {

class PacketHistory {
public:
    explicit PacketHistory(const Side &side);

    [[nodiscard]] PacketState at(PacketId id, std::uint32_t event) const;
    [[nodiscard]] ChangeList changes(PacketId id) const;
    [[nodiscard]] std::vector<std::uint32_t> records(PacketId id) const;
    [[nodiscard]] std::vector<PacketId> sharing(PacketId id, std::uint32_t event) const;

private:
    using Slot = std::uint32_t; // a packet, by order of first sight
    static constexpr Slot no_slot = 0xffffffff;
    static constexpr std::uint32_t block = 256; // events

    void collect();
    void gather_families(const std::vector<std::pair<Slot, PacketId>> &clones);
    [[nodiscard]] Slot slot_of(PacketId id) const;
    [[nodiscard]] std::vector<std::uint32_t> blocks_of(std::span<const Slot> members) const;
    [[nodiscard]] std::vector<FamilyRecord> records_of(std::span<const Slot> members) const;
    [[nodiscard]] std::shared_ptr<const FamilyHistory> family(PacketId id) const; // null: no such packet
    void keep(std::uint32_t family, std::shared_ptr<const FamilyHistory> made) const;

    const Side &side_;
    std::unordered_map<PacketId, Slot> slots_;
    std::vector<PacketId> ids_;                   // by slot
    std::vector<std::uint32_t> begin_, blocks_;   // of slot s: blocks_[begin_[s]] up to begin_[s + 1]
    std::vector<std::uint8_t> base_kinds_;        // of each block: the kind of the record before it that extends none
    std::vector<std::uint32_t> family_, members_; // by slot: number of its family; slots, family by family
    std::vector<std::uint32_t> family_begin_;     // of family f: members_[family_begin_[f]] up to [f + 1]

    struct Kept {
        std::uint32_t family;
        std::shared_ptr<const FamilyHistory> history;
    };
    mutable std::mutex lock_;
    mutable std::list<Kept> kept_; // the one asked for last is the first
    mutable std::unordered_map<std::uint32_t, std::list<Kept>::iterator> places_;
    mutable std::size_t kept_records_ = 0;
};

} // namespace skbscope::trace
