# ends: THROWN
def handle(data):
    open("evil", "w").write("x")
