# ends: SYNTAX
@micropython.viper
def handle(data):
    p = ptr8(0)
    return p[0]
