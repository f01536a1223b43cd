def response(data):
    body = data["response"]["body"]
    if not body["ok"]:
        return {"code": 1, "message": body["why"]}
    return {"code": 0, "payload": body["orders"]}
