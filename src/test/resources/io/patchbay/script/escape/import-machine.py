# ends: THROWN
def handle(data):
    import machine
    machine.mem32[0] = 1
