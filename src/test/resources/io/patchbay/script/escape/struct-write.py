# ends: THROWN
import struct
def handle(data):
    struct.pack_into("<I", bytearray(2), 100000, 1)
