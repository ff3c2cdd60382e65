#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the seeds of the targets `receive` (and `packets`, which reads the same) and `skbuff` into tests/fuzz/corpus.

    tests/fuzz/seeds.py
"""
import os
import struct

HERE = os.path.dirname(os.path.abspath(__file__))

# --- receive: a frame is flags, size (2 bytes, little endian), with ETHERNET a kind, then its bytes; WAIT: and how long
ETHERNET, LENGTH, CHECKSUM, ICMP, TAP1, WAIT = 1, 2, 4, 8, 16, 32
MENDED = ETHERNET | LENGTH | CHECKSUM
BROADCAST, ARP, IPV4 = 0, 1, 2  # kinds of Ethernet header
ME, HOST, NOBODY, BEHIND, GROUP = '10.9.0.1', '10.9.0.2', '10.9.0.77', '10.9.1.2', '224.1.1.1'


def address(text):
    return bytes(int(x) for x in text.split('.'))


def frame(payload, flags=MENDED, kind=IPV4, wait=None):
    out = bytes([flags | (WAIT if wait is not None else 0)]) + struct.pack('<H', len(payload))
    if flags & ETHERNET:
        out += bytes([kind])
    return out + payload + (bytes([wait]) if wait is not None else b'')


def ip(payload, protocol=17, source=HOST, to=ME, ident=1, offset=0, ttl=64, options=b''):
    words = 5 + len(options) // 4
    head = struct.pack('!BBHHHBBH', 0x40 | words, 0, 0, ident, offset, ttl, protocol, 0)
    return head + address(source) + address(to) + options + payload


def udp(port=7000, data=b'abcdefgh', source=7001):
    return struct.pack('!HHHH', source, port, 8 + len(data), 0) + data


def icmp(kind, code=0, rest=b'\x12\x34\0\1', data=b''):
    return struct.pack('!BBH', kind, code, 0) + rest + data


def arp(operation, sender=HOST, target=ME):
    return (struct.pack('!HHBBH', 1, 0x800, 6, 4, operation) + b'\2\0\0\0\0\2' + address(sender) + bytes(6) +
            address(target))


MORE, DONT = 0x2000, 0x4000
RECEIVE = {
    'arp-request': frame(arp(1), ETHERNET, ARP),
    'arp-reply-unasked': frame(arp(2), ETHERNET, ARP),
    'udp-to-socket': frame(ip(udp())),
    'udp-to-connected-socket': frame(ip(udp(7001))),
    'udp-empty': frame(ip(udp(data=b''))),
    'udp-cut-short': frame(ip(udp()[:6])),
    'udp-closed-port': frame(ip(udp(4000))),
    'udp-multicast': frame(ip(udp(), to=GROUP), kind=BROADCAST),
    'udp-broadcast': frame(ip(udp(), to='10.9.0.255'), kind=BROADCAST),
    'udp-two-for-gro': frame(ip(udp(), ident=1)) + frame(ip(udp(), ident=2)),
    'ping': frame(ip(icmp(8, data=b'a' * 56), 1), MENDED | ICMP),
    'ping-reply': frame(ip(icmp(0, data=b'a' * 56), 1), MENDED | ICMP),
    'ping-from-nobody': frame(ip(icmp(8), 1, source=NOBODY), MENDED | ICMP, wait=50),
    'icmp-port-unreachable': frame(ip(icmp(3, 3, bytes(4), ip(udp(7001, source=7001), source=ME, to=HOST)), 1),
                                   MENDED | ICMP),
    'icmp-fragmentation-needed': frame(ip(icmp(3, 4, b'\0\0\2\x40', ip(udp(), source=ME, to=HOST)), 1), MENDED | ICMP),
    'icmp-redirect': frame(ip(icmp(5, 1, address(NOBODY), ip(udp(), source=ME, to=HOST)), 1), MENDED | ICMP),
    'fragments-in-order': frame(ip(udp(data=b'a' * 24), offset=MORE)) + frame(ip(b'b' * 24, offset=4)),
    'fragments-backwards': frame(ip(b'b' * 24, offset=4)) + frame(ip(udp(data=b'a' * 24), offset=MORE)),
    'fragments-overlapping': frame(ip(udp(data=b'a' * 24), offset=MORE)) + frame(ip(b'b' * 24, offset=MORE | 2)) +
                             frame(ip(b'c' * 24, offset=5)),
    'fragment-that-waits': frame(ip(udp(), offset=MORE), wait=170) + frame(ip(udp(), offset=MORE), wait=170),
    'forward': frame(ip(udp(), to=BEHIND)),
    'forward-ttl-ends': frame(ip(udp(), to=BEHIND, ttl=1)),
    'forward-too-large': frame(ip(udp(data=b'a' * 1000), to=BEHIND)),
    'forward-too-large-df': frame(ip(udp(data=b'a' * 1000), to=BEHIND, offset=DONT)),
    'forward-to-nobody': frame(ip(udp(), to='10.9.1.77'), wait=50),
    'forward-back': frame(ip(udp(), source=BEHIND, to=HOST), MENDED | TAP1),
    'options-record-route': frame(ip(udp(), options=b'\7\7\4\0\0\0\0\0')),
    'options-time-stamp': frame(ip(udp(), options=b'\x44\x0c\5\0' + bytes(8))),
    'options-source-route': frame(ip(udp(), options=b'\x83\7\4' + address(BEHIND) + b'\0')),
    'options-router-alert': frame(ip(udp(), options=b'\x94\4\0\0')),
    'no-such-protocol': frame(ip(b'abcd', 200)),
    'source-is-me': frame(ip(udp(), source=ME)),
    'bad-header-sum': frame(ip(udp()), ETHERNET | LENGTH),
    'vlan-tag': frame(b'\2\0\0\0\0\1\2\0\0\0\0\2\x81\0\0\x64\x08\0' + ip(udp()), 0),
    'length-in-type': frame(b'\2\0\0\0\0\1\2\0\0\0\0\2\0\x10' + bytes(16), 0),
}

# --- skbuff: an operation's number in skbuff.cpp's list, then the bytes it takes
OPS = '''allocate put push pull pull_and_back trim reserve put_too_much push_too_much store read_part sum trim_sum pull_sum
clone copy partial_copy copy_expand more_headroom expand linearize may_pull condense cow share unshare morph pad add_frag
append_frag add_member coalesce split segment cut_merged free_one queue_tail queue_head dequeue from_tail unlink
splice_behind splice_before queue_after purge ref_frag'''.split()


def op(name, *values):
    return bytes([OPS.index(name), *values])


def packet(room=200, headroom=64, length=100, kind=0):
    return op('allocate', room, kind, headroom, length)


FRAGS = packet() + op('add_frag', 0, 0, 40, 10) + op('add_frag', 0, 1, 80, 0)
PAIR = packet() + packet(kind=1)
SKBUFF = {
    'data-area': packet() + op('push', 0, 14) + op('pull', 0, 14) + op('put', 0, 20) + op('trim', 0, 50),
    'headroom': op('reserve', 100, 0, 32) + packet() + op('more_headroom', 0, 100) + op('expand', 0, 30, 30),
    'overruns': packet() + op('put_too_much', 0, 9) + op('push_too_much', 0, 9),
    'kinds-of-buffer': b''.join(packet(kind=k) for k in range(4)) + op('sum', 2, 10, 20),
    'clone-then-write': packet() + op('clone', 0) + op('push', 1, 14) + op('put', 0, 20) + op('free_one', 0),
    'fclone': packet(kind=1) + op('clone', 0) + op('clone', 1) + op('free_one', 0) + op('free_one', 0),
    'copies': FRAGS + op('copy', 0) + op('partial_copy', 0) + op('copy_expand', 0, 20, 20) + op('store', 1, 3, 9),
    'shared': packet() + op('share', 0) + op('unshare', 0) + op('cow', 0, 32) + op('morph', 0),
    'fragments': FRAGS + op('may_pull', 0, 120) + op('linearize', 0) + op('read_part', 0, 5, 50),
    'fragments-pulled': FRAGS + op('pull', 0, 150) + op('trim', 0, 20) + op('pull_sum', 0, 10) + op('trim_sum', 0, 5),
    'frag-list': PAIR + op('add_member', 0, 0) + op('sum', 0, 20, 120) + op('clone', 0) + op('linearize', 0),
    'members-joined': PAIR + op('coalesce', 0, 0) + FRAGS + op('coalesce', 0, 0),
    'split': FRAGS + op('split', 0, 130) + op('split', 0, 50),
    'segments': FRAGS + op('segment', 0, 20, 10),
    'segments-of-merged': op('cut_merged', 6, 100, 3),
    'queue': PAIR + op('queue_tail', 0, 0) + op('queue_head', 0, 0) + op('dequeue', 0) + op('from_tail', 0),
    'queue-inside': PAIR + packet() + op('queue_tail', 0, 0) + op('queue_after', 0, 0, 0) + op('unlink', 0, 0),
    'queues-spliced': PAIR + op('queue_tail', 0, 0) + op('queue_tail', 0, 1) + op('splice_behind', 0) +
                      op('splice_before', 1) + op('purge', 0),
    'padded': packet(length=20) + op('pad', 0, 60) + op('condense', 0) + op('append_frag', 0, 50, 0, 20),
}


def write(target, seeds):
    folder = os.path.join(HERE, 'corpus', target)
    os.makedirs(folder, exist_ok=True)
    for name, content in seeds.items():
        with open(os.path.join(folder, name), 'wb') as out:
            out.write(content)


# TRACED is asked of the first byte alone: the whole input is recorded.
TRACED = 64
for name in ('ping', 'udp-two-for-gro', 'fragments-overlapping', 'forward-too-large', 'forward-to-nobody'):
    RECEIVE[name + '-traced'] = bytes([RECEIVE[name][0] | TRACED]) + RECEIVE[name][1:]

write('receive', RECEIVE)
write('skbuff', SKBUFF)
