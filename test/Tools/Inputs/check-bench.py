"""Reads what act-bench writes: check-bench.py SPEED.json SPEED.svg"""

import json
import sys
import xml.etree.ElementTree

with open(sys.argv[1], encoding="utf-8") as file:
    speed = json.load(file)
print(f"seed {speed['seed']}, rounds {speed['rounds']}")
for contest in speed["contests"]:
    results = contest["results"]
    for result in results:
        assert 0 < result["minimum_ns_per_element"] <= result["median_ns_per_element"]
    names = " ".join(result["name"] for result in results)
    print(f"{contest['function']} on {contest['inputs']}: {names}, error {results[-1]['ulp_inputs']}")
plot = xml.etree.ElementTree.parse(sys.argv[2]).getroot()
bars = plot.findall("{http://www.w3.org/2000/svg}rect")[1:]
print(len(bars), "bars")
