# ends: THROWN
def handle(data):
    import socket
    return {"payload": socket.getaddrinfo("localhost", 80)}
