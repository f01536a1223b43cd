# ends: SYNTAX
@micropython.native
def handle(data):
    return data
