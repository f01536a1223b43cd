# ends: STACK
def handle(data):
    return handle(data) + 1
