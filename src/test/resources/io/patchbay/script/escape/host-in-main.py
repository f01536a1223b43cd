# ends: THROWN
def handle(data):
    import __main__
    return {"payload": dir(__main__._host)}
