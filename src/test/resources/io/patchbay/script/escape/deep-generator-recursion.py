# ends: STACK
def handle(data):
    def deep():
        yield from deep()
    return list(deep())
