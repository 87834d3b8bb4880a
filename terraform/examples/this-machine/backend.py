#!/usr/bin/env python3
"""The backends of one region: a small web server at each address given, on port 80, in one process.

`GET /healthz` is 200 and the address. All else is 404. Killing the process kills all of them at once.
"""

import selectors
import socket
import sys

PORT = 80
LARGEST_REQUEST = 4096


def listen(address):
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((address, PORT))
    server.listen(256)
    server.setblocking(False)
    return server


def response(request, address):
    known = request.startswith(b"GET /healthz ")
    body = (address if known else "not here; try /healthz") + "\n"
    status = "200 OK" if known else "404 Not Found"
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return (head + body).encode()


def accept(ready, server):
    try:
        connection, _ = server.accept()
    except BlockingIOError:
        return
    connection.setblocking(False)
    ready.register(connection, selectors.EVENT_READ, server.getsockname()[0])


# A request comes in one packet here, and a response leaves in one.
def answer(ready, connection, address):
    try:
        request = connection.recv(LARGEST_REQUEST)
        if request:
            connection.send(response(request, address))
    except OSError:
        pass  # The client is gone, and wants nothing.
    ready.unregister(connection)
    connection.close()


def serve(addresses):
    ready = selectors.DefaultSelector()
    for address in addresses:
        ready.register(listen(address), selectors.EVENT_READ, None)
    while True:
        for key, _ in ready.select():
            if key.data is None:
                accept(ready, key.fileobj)
            else:
                answer(ready, key.fileobj, key.data)


serve(sys.argv[1:])
