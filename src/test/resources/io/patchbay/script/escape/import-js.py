# ends: THROWN
def handle(data):
    import js
    return {"payload": js.eval("1")}
