# ends: MEMORY
def handle(data):
    def lists():
        while True:
            yield [0] * 1000
    return list(lists())
