// SPDX-License-Identifier: GPL-2.0-or-later
// A sequence whose elements are made when they are asked for, from tables that say the same in fewer bytes. Elements
// are values: nothing points into the list.
#pragma once

#include <QtGlobal>
#include <cstddef>
#include <iterator>

namespace skbscope::ui {

template <class Owner, class T> class MadeList {
public:
    using Make = T (Owner::*)(quint32) const;

    class Iterator {
    public:
        using iterator_category = std::random_access_iterator_tag;
        using value_type = T;
        using reference = T;
        using pointer = void;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;
        Iterator(const MadeList *list, std::ptrdiff_t at) : list_(*list), at_(at) {}
        T operator*() const { return list_[std::size_t(at_)]; }
        T operator[](std::ptrdiff_t n) const { return list_[std::size_t(at_ + n)]; }
        Iterator &operator+=(std::ptrdiff_t n) { return at_ += n, *this; }
        Iterator &operator-=(std::ptrdiff_t n) { return at_ -= n, *this; }
        Iterator &operator++() { return ++at_, *this; }
        Iterator &operator--() { return --at_, *this; }
        Iterator operator++(int) { return {&list_, at_++}; }
        Iterator operator--(int) { return {&list_, at_--}; }
        friend Iterator operator+(Iterator i, std::ptrdiff_t n) { return i += n; }
        friend Iterator operator-(Iterator i, std::ptrdiff_t n) { return i -= n; }
        friend std::ptrdiff_t operator-(const Iterator &a, const Iterator &b) { return a.at_ - b.at_; }
        friend bool operator==(const Iterator &a, const Iterator &b) { return a.at_ == b.at_; }
        friend auto operator<=>(const Iterator &a, const Iterator &b) { return a.at_ <=> b.at_; }

    private:
        MadeList list_;
        std::ptrdiff_t at_ = 0;
    };

    MadeList() = default;
    MadeList(const Owner *owner, Make make, std::size_t size) : owner_(owner), make_(make), size_(size) {}
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] T operator[](std::size_t i) const { return (owner_->*make_)(quint32(i)); }
    [[nodiscard]] Iterator begin() const { return {this, 0}; }
    [[nodiscard]] Iterator end() const { return {this, std::ptrdiff_t(size_)}; }

private:
    const Owner *owner_ = nullptr;
    Make make_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace skbscope::ui
