"""The users: sessions arrive at random, look around, buy; impatient ones try again when a page fails.

usage: load.py GATEWAY_URL SESSIONS_PER_SECOND
"""

import asyncio
import random
import sys

import aiohttp

PAGE_TIMEOUT_S = 8
ATTEMPTS = 3
BEFORE_RETRY_S = (0.5, 1.5)
THINKING_S = (0.5, 2.5)
PRODUCTS = 400


class Session:
    def __init__(self, http, gateway, number):
        self.http = http
        self.gateway = gateway
        self.user = f"user{number % 9000}"

    async def run(self):
        if await self.open("GET", f"/home?user={self.user}") is None:
            return
        for _ in range(random.randint(1, 3)):
            await self.think()
            sku = f"sku-{min(int(random.paretovariate(0.6)), PRODUCTS)}"
            product = await self.open("GET", f"/products/{sku}?user={self.user}")
            if product is None:
                return
            if random.random() < 0.7:
                await self.open("POST", f"/carts/{self.user}", {"sku": sku, "quantity": random.randint(1, 3), "price_cents": product["price_cents"]})
        if random.random() < 0.85:
            await self.think()
            order = await self.open("POST", "/checkout", {"user": self.user, "email": f"{self.user}@example.net"})
            if order is not None:
                await self.think()
                await self.open("GET", f"/orders/{order['id']}")

    async def open(self, method, path, body=None):
        """The page's content; None when it is refused, or still fails at the last attempt."""
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(random.uniform(*BEFORE_RETRY_S))
            try:
                async with self.http.request(method, self.gateway + path, json=body) as answer:
                    if answer.status < 400:
                        return await answer.json()
                    if answer.status < 500:
                        return None
            except (aiohttp.ClientError, asyncio.TimeoutError):
                pass
        return None

    async def think(self):
        await asyncio.sleep(random.uniform(*THINKING_S))


async def main(gateway, sessions_per_second):
    running = set()
    timeout = aiohttp.ClientTimeout(total=PAGE_TIMEOUT_S)
    async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0)) as http:
        while True:
            await asyncio.sleep(random.expovariate(sessions_per_second))
            task = asyncio.create_task(Session(http, gateway, random.randrange(1_000_000)).run())
            running.add(task)
            task.add_done_callback(running.discard)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], float(sys.argv[2])))
