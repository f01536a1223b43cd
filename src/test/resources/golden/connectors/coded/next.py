def next(answer, page):
    seen = (page["state"]["seen"] if page["state"] else 0) + page["records"]
    return {"query": {"from": seen}, "state": {"seen": seen}} if seen < answer["body"]["total"] else None
