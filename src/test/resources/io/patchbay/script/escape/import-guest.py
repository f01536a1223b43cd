# ends: THROWN
def handle(data):
    import guest
    return guest
