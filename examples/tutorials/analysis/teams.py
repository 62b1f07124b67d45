"""Print how many authors the abstracts of each year have, on average."""

import json
from collections import defaultdict
from pathlib import Path
from statistics import mean

authors = defaultdict(list)
with Path("meetings.jsonl").open(encoding="utf-8") as lines:
    for line in lines:
        record = json.loads(line)
        authors[record["publication"]["year"]].append(len(record["authors"]))

print("year", "abstracts", "authors", sep="\t")
for year, numbers in sorted(authors.items()):
    print(year, len(numbers), round(mean(numbers), 1), sep="\t")
