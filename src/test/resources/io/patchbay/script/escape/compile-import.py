# ends: THROWN
def handle(data):
    exec(compile("import socket", "/etc/passwd", "exec"), {})
