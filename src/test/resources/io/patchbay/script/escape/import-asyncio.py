# ends: THROWN
def handle(data):
    import asyncio
    asyncio.run(handle(data))
