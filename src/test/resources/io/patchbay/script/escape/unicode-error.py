# ends: THROWN
def handle(data):
    return b"\xff\xfe".decode()
