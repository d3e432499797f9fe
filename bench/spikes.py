"""Draws the minutes that `make bench` wrote: what flowed, what the windows say, what sessions put at their end would say.

usage: spikes.py TABLE.csv CHART.png
"""
import csv
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plot  # noqa: E402 (the backend comes first)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    minutes = [int(row["minute"]) for row in rows]
    figure, axes = plot.subplots(figsize=(10, 4.5))
    series = [("at_end", "a session's bytes at its end", "#d95f02", 1.0),
              ("flowed", "what really flowed", "#444444", 2.5),
              ("windows", "FlowStream's windows", "#1b9e77", 1.5)]
    for name, label, colour, width in series:
        axes.plot(minutes, [int(row[name]) * 8 / 60 / 1e6 for row in rows], label=label, color=colour, linewidth=width)
    axes.set_xlabel("minute")
    axes.set_ylabel("Mbit/s")
    axes.set_ylim(bottom=0)
    axes.legend()
    figure.tight_layout()
    figure.savefig(sys.argv[2], dpi=110)


main()
