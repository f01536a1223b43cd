# ends: THROWN
def handle(data):
    raise BaseException()
