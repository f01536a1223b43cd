# ends: THROWN
def handle(data):
    exec("import os")
