# ends: THROWN
def handle(data):
    return {"payload": __import__("os").listdir("/")}
