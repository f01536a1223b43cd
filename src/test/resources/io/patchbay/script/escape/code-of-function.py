# ends: THROWN
def handle(data):
    return handle.__code__.co_consts.x
