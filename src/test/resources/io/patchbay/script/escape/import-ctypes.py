# ends: THROWN
def handle(data):
    import ctypes
    ctypes.string_at(0)
