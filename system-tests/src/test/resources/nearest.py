#!/usr/bin/env python3
"""Says which region is nearest to each client, without anything of Meridian.

Usage: nearest.py COUNTRIES DATABASE... -- REGION=LATITUDE,LONGITUDE... < ADDRESSES

Each database is asked with mmdblookup (Debian: mmdb-bin), the first that knows an address holds; the
distance is a haversine. The rule for a client without coordinates is the documented one (docs/geo.md):
it stands at the centroid of its country, which the file COUNTRIES lists ("US NA 39.54 -89.42" a line).
A client that nothing knows gets the regions as they are listed.

Prints a line for each address: the address, how it was placed (city, country or unknown), and the
regions, nearest first, with commas between.
"""

import math
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

EARTH_RADIUS_KM = 6371.0
VALUE = re.compile(r'"(country_code|latitude|longitude)":\s+"?([^"<\s]*)"?\s+<')


def record(database, address):
    """What a database says of an address; empty if it knows nothing, or is of the other family."""
    command = ["mmdblookup", "--file", database, "--ip", address]
    found = subprocess.run(command, capture_output=True, text=True)
    return dict(VALUE.findall(found.stdout)) if found.returncode == 0 else {}


def known(databases, address):
    """What the databases say together: a later one adds what an earlier one lacks."""
    merged = {}
    for database in databases:
        if ("ipv6" in database) == (":" in address):
            for field, value in record(database, address).items():
                if value:
                    merged.setdefault(field, value)
    return merged


def centroids(file):
    with open(file) as lines:
        rows = [line.split() for line in lines if not line.startswith("#")]
    return {row[0]: (float(row[2]), float(row[3])) for row in rows if row[0] != "*"}


def kilometres(one, other):
    (lat1, lon1), (lat2, lon2) = [tuple(map(math.radians, point)) for point in (one, other)]
    half = (math.sin((lat2 - lat1) / 2) ** 2
            + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2)
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def place(address, databases, countries):
    fields = known(databases, address)
    if "latitude" in fields and "longitude" in fields:
        return "city", (float(fields["latitude"]), float(fields["longitude"]))
    if fields.get("country_code") in countries:
        return "country", countries[fields["country_code"]]
    return "unknown", None


def line(address, databases, countries, regions):
    how, here = place(address, databases, countries)
    order = list(regions)
    if here is not None:
        order.sort(key=lambda region: kilometres(here, regions[region]))
    return " ".join([address, how, ",".join(order)])


def main(arguments):
    split = arguments.index("--")
    countries = centroids(arguments[0])
    databases = arguments[1:split]
    regions = {}
    for region in arguments[split + 1:]:
        name, _, location = region.partition("=")
        regions[name] = tuple(map(float, location.split(",")))
    addresses = sys.stdin.read().split()
    with ThreadPoolExecutor(4) as pool:
        for answer in pool.map(lambda a: line(a, databases, countries, regions), addresses):
            print(answer)


main(sys.argv[1:])
