"""What lies in deploy/ names only what the product has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from prometheus_client.parser import text_string_to_metric_families

from crawler.web.health import measured
from crawler.wellbeing import Trouble, Wellbeing

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def test_alert_rules_ask_for_metrics_that_are_served() -> None:
    well = Wellbeing((Trouble("a", "b"),), 1, 1, 0, 0, 0, 0, 0, None)
    served = {family.name for family in text_string_to_metric_families(measured(well).decode())}
    text = (DEPLOY / "prometheus-alerts.yaml").read_text("utf-8")
    rules: list[dict[str, Any]] = yaml.safe_load(text)["groups"][0]["rules"]

    asked = {name for rule in rules for name in re.findall(r"tocsin_\w+", rule["expr"])}

    assert asked <= served
    assert all(rule["annotations"]["next"] for rule in rules)


def test_the_container_is_built_from_files_that_are_there() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))

    [service] = compose["services"].values()

    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
    assert "constraints.txt" in (DEPLOY / "Containerfile").read_text("utf-8")
