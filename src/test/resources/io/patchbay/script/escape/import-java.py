# ends: THROWN
def handle(data):
    from java.lang import Runtime
    Runtime.getRuntime().exec("id")
