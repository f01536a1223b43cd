# ends: THROWN
def handle(data):
    import jsffi
    return jsffi.create_proxy(handle)
