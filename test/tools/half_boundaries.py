#!/usr/bin/env python3
"""Writes what conversions of f16 have to tell apart, as .npy files:

    half_boundaries.py HALVES.npy SINGLES.npy

HALVES holds every f16 but NaNs with a payload; SINGLES every f16 as f32, the
numbers halfway to the next, their f32 neighbours, and f32's own special values.
"""
import struct
import sys


def write(path, descr, data, count):
    header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({count},), }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    with open(path, "wb") as out:
        out.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
        out.write(header.encode("latin1") + data)


def single_bits(x):
    return struct.unpack("<I", struct.pack("<f", x))[0]


INFINITY, NAN = 0x7C00, 0x7E00
halves = [sign | bits for sign in (0, 0x8000) for bits in [*range(INFINITY + 1), NAN]]

magnitudes = [0x1, 0x7FFFFF, 0x800000, 0x7F7FFFFF, 0x7F800000, 0x7FC00000]
for bits in range(INFINITY):
    here = struct.unpack("<e", struct.pack("<H", bits))[0]
    following = 65536.0 if bits + 1 == INFINITY else \
        struct.unpack("<e", struct.pack("<H", bits + 1))[0]
    middle = single_bits((here + following) / 2)
    magnitudes += [single_bits(here), middle - 1, middle, middle + 1]
singles = [sign | bits for sign in (0, 1 << 31) for bits in magnitudes]

write(sys.argv[1], "<f2", struct.pack(f"<{len(halves)}H", *halves), len(halves))
write(sys.argv[2], "<f4", struct.pack(f"<{len(singles)}I", *singles), len(singles))
