# ends: THROWN
def handle(data):
    import subprocess
    subprocess.run(["id"])
