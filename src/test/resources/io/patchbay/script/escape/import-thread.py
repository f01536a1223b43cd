# ends: THROWN
def handle(data):
    import _thread
    _thread.start_new_thread(handle, (data,))
