# ends: TIMEOUT
def handle(data):
    def key(value):
        while True:
            pass
    return sorted([1, 2], key=key)
