# ends: THROWN
def handle(data):
    return {"payload": len(().__class__.__bases__[0].__subclasses__())}
