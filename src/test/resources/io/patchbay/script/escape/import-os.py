# ends: THROWN
import os
def handle(data):
    return {"payload": os.listdir("/")}
