# ends: STACK
def handle(data):
    return sorted([1, 2], key=handle)
