# ends: NOT_JSON
def handle(data):
    yield 1
