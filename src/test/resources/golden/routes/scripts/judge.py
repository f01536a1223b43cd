# A shop that says 200 to everything, and 409 to what it has already.
def handle(data):
    body = data["response"]["body"]
    if data["response"]["status"] == 409:
        return {"code": 0, "payload": {"id": data["payload"]["id"], "known": True}}
    if body["state"] == "busy":
        return {"code": 2, "message": "the shop is busy"}
    if body["state"] != "ok":
        return {"code": 1, "message": data["variables"]["ours"] + ": " + body["why"]}
    return None
