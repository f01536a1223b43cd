# ends: THROWN
def handle(data):
    import gc
    gc.collect()
