# ends: THROWN
def handle(data):
    return bytearray(10 * 1024 ** 3)
