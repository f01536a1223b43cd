# ends: THROWN
def handle(data):
    import sys
    return {"payload": list(sys.modules)}
