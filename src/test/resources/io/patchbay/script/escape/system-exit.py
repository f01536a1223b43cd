# ends: THROWN
def handle(data):
    raise SystemExit(1)
