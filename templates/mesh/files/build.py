#!/usr/bin/env python3
"""Builds the dbt projects of this repository, each after those that it uses.

Works with dbt v1 and with dbt v2 (Fusion); needs nothing but Python and dbt.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parent

# How dbt v2 finds the models of other projects: each project's public models in a file of this folder.
PUBLICATIONS = ROOT / "target" / "publications"


def main():
    arguments = parse_arguments()
    uses = {folder.name: used_projects(folder) for folder in project_folders()}
    if not uses:
        sys.exit("build.py: there is no folder with a dbt_project.yml here")
    order = build_order(uses)
    wanted = needed_for(arguments.project or order, uses)
    order = [name for name in order if name in wanted]

    if arguments.list:
        for name in order:
            print(name + (f" (uses {', '.join(sorted(uses[name]))})" if uses[name] else ""))
        return

    version = dbt_version(arguments.dbt)
    print(f"dbt v{version}: {' -> '.join(order)}", flush=True)
    results = {}
    for name in order:
        missing = sorted(used for used in uses[name] if results[used] != "built")
        if missing:
            results[name] = f"skipped, because {missing[0]} is not built"
            continue
        print(f"\n=== {name} ===", flush=True)
        results[name] = "built" if build(name, arguments.dbt, version, uses) else "FAILED"

    print()
    for name, result in results.items():
        print(f"{name}: {result}")
    if any(result != "built" for result in results.values()):
        sys.exit(1)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", nargs="*", help="build these and the projects that they use (all, if none is named)")
    parser.add_argument("--list", action="store_true", help="show the order and build nothing")
    parser.add_argument("--dbt", default=os.environ.get("DBT", "dbt"), help="the dbt command (DBT, or dbt)")
    return parser.parse_args()


def project_folders():
    return sorted(file.parent for file in ROOT.glob("*/dbt_project.yml"))


def used_projects(folder):
    """The projects beside this one that it installs as a package or whose models it uses."""
    found = set()
    for file, key in (("packages.yml", "local"), ("dbt_loom.config.yml", "path")):
        path = folder / file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        found.update(re.findall(rf"""^[^#\n]*\b{key}:\s*["']?\.\./([\w.-]+)""", text, re.MULTILINE))
    return found


def build_order(uses):
    for name, used in uses.items():
        for other in sorted(used - uses.keys()):
            sys.exit(f"build.py: {name} uses {other}, which is no project here")
    try:
        return list(TopologicalSorter({name: sorted(used) for name, used in uses.items()}).static_order())
    except CycleError as error:
        sys.exit(f"build.py: these projects use each other in a circle: {' -> '.join(reversed(error.args[1]))}")


def needed_for(names, uses):
    needed, todo = set(), list(names)
    while todo:
        name = todo.pop().rstrip("/")
        if name not in uses:
            sys.exit(f"build.py: there is no project {name}; there are {', '.join(sorted(uses))}")
        if name not in needed:
            needed.add(name)
            todo.extend(uses[name])
    return needed


def dbt_version(dbt):
    """1 or 2."""
    if shutil.which(dbt) is None:
        sys.exit(f"build.py: {dbt} is not installed; pip install -r requirements.txt")
    said = subprocess.run([dbt, "--version"], capture_output=True, text=True, cwd=ROOT)
    found = re.search(r"(?:installed:|dbt(?:-\w+)?)\s+v?(\d+)\.\d", said.stdout + said.stderr)
    if found is None:
        sys.exit(f"build.py: {dbt} --version does not tell its version:\n{said.stdout}{said.stderr}")
    return int(found[1])


def build(name, dbt, version, uses):
    folder = ROOT / name
    environment = dict(os.environ)

    def run(*command, **more):
        return subprocess.run([dbt, *command], cwd=folder, env={**environment, **more}).returncode == 0

    if (folder / "packages.yml").exists() and not run("deps"):
        return False
    if version == 1:
        return run("build")

    # v2 must not see projects that this one does not use: an older publication of its own, or of those that use it.
    seen = PUBLICATIONS / name
    shutil.rmtree(seen, ignore_errors=True)
    seen.mkdir(parents=True)
    for used in needed_for(uses[name], uses):
        shutil.copy(PUBLICATIONS / f"{used}.json", seen)
    environment["DBT_CLOUD_PUBLICATIONS_DIR"] = str(seen)
    publication = str(PUBLICATIONS / f"{name}.json")
    return run("parse", DBT_CLOUD_PUBLICATION_FILE_PATH=publication) and run("build")


if __name__ == "__main__":
    main()
