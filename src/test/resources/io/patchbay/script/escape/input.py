# ends: THROWN
def handle(data):
    return input()
