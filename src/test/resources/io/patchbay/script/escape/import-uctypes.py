# ends: THROWN
def handle(data):
    import uctypes
    return {"payload": uctypes.bytearray_at(0, 100)}
