# ends: THROWN
def handle(data):
    return _host.ask("done", "1")
