"""What a run measures, from the environment; `docs/performance.md` says what each is for."""

import os

SIZES = tuple(sorted(int(number) for number in os.environ.get("BENCH_IDEAS", "1000,10000").split(",")))
COMMENTS, VOTES = 10, 3
# A meeting for so many ideas.
IDEAS_OF_A_MEETING = 5
SECONDS = float(os.environ.get("BENCH_SECONDS", "1.5"))
PARTS = os.environ.get("BENCH_PARTS", "growth,speed,writes,followers,day").split(",")
FOLDER = os.environ.get("BENCH_FOLDER", "")
DATABASE_URL = os.environ.get("DATABASE_URL", "")
WORKERS = 2
# Forms of each kind that are sent for one rate, and the people who send them.
FORMS, WRITERS = 500, 100
VISITORS, MEMBERS = 500, 100
FOLLOWERS = 20_000
# How many processes wanted a core before the run; from one on, the machine is busy.
WANTED = os.getloadavg()[0]
IS_QUIET = WANTED < 1
SECRET = "a key for measurements alone, which opens nothing"
HOST = "127.0.0.1"
# What a browser of today says; each server is asked the same.
HEADERS = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "fr-CA,fr;q=0.9", "Accept": "text/html"}
