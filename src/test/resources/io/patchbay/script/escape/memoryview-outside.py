# ends: THROWN
def handle(data):
    view = memoryview(bytearray(4))
    view[1000000] = 1
