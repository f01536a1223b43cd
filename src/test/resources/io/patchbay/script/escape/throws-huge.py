# ends: THROWN
def handle(data):
    raise ValueError("x" * 1000000)
