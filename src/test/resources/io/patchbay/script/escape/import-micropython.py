# ends: THROWN
def handle(data):
    import micropython
    micropython.mem_info()
