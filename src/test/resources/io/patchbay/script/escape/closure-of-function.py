# ends: THROWN
def handle(data):
    return patchbay.log.__closure__[0].cell_contents
